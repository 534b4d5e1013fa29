"""What a route asks of whoever calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desireline.accounts.model import SignedIn
from desireline.accounts.rights import Right, first_role, right_told, role_told
from desireline.base import AccessError, NotSignedInError, phrase

if TYPE_CHECKING:
    from litestar.connection import ASGIConnection
    from litestar.handlers.base import BaseRouteHandler


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets a request through whose sender has the right.

    Raises
    ------
    NotSignedInError
        Nobody is signed in.
    AccessError
        Their role does not have it.
    """

    right: Right

    async def __call__(self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        """Look who it is; it waits for nothing, and asynchronous guards are called without a thread."""
        user = connection.scope.get("user")
        if not isinstance(user, SignedIn):
            raise NotSignedInError(
                phrase("expected somebody who is signed in"),
                hint=phrase("sign in, or send a key: Authorization: Bearer …"),
            )
        if not user.may(self.right):
            raise AccessError(
                phrase(
                    "expected the right to {right}, which {role} does not have",
                    right=right_told(self.right),
                    role=role_told(user.role),
                ),
                hint=phrase("it comes with {role}; an admin can give it", role=role_told(first_role(self.right))),
            )


def needs(right: Right) -> Guard:
    """The guard of a route or a router: ``guards=[needs(Right.DRAW)]``."""
    return Guard(right)
