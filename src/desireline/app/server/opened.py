"""The workspace between requests: what was opened stays open, and is looked at again when its settings change."""

from __future__ import annotations

import threading

from desireline.interactions import IdentifierSettings
from desireline.store import Workspace
from desireline.store.workspace import SETTINGS_FILE


class OpenWorkspace:
    """Gives the workspace as its settings file says now.

    The journey index needs nothing here: it is compared with the log for every answer and stays mapped into memory while it
    is the same.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stamp = self._now()
        self._lock = threading.Lock()

    def current(self) -> Workspace:
        """The workspace.

        Raises
        ------
        SettingsError
            The settings were changed to something that cannot be; the next request looks again.
        """
        if self._now() == self._stamp:
            return self._workspace
        with self._lock:
            stamp = self._now()
            if stamp != self._stamp:
                changed = Workspace(self._workspace.folder)
                IdentifierSettings.read(changed.section("identifiers"))
                self._workspace, self._stamp = changed, stamp
        return self._workspace

    def _now(self) -> tuple[int, int] | None:
        try:
            found = (self._workspace.folder / SETTINGS_FILE).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size
