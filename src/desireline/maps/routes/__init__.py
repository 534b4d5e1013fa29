"""The routes of maps: ``/api/maps``, and ``/api/shared`` for people without an account."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.middleware.rate_limit import RateLimitConfig

from desireline.accounts import Right, needs
from desireline.maps.answers import ConflictBody, conflict_answer
from desireline.maps.routes import comments, copies, documents, exports, library, shared, shares, versions
from desireline.maps.storing import MergeConflictError
from desireline.maps.uploading import ExistsError


def answer_conflict(_: Request[Any, Any, Any], error: MergeConflictError) -> Response[ConflictBody]:
    """What two people changed in one place, with 409."""
    told = tuple(conflict_answer(each) for each in error.conflicts)
    return Response(ConflictBody(error.code, error.message, error.hint, told), status_code=409)


def _answer_exists(_: Request[Any, Any, Any], error: ExistsError) -> Response[ConflictBody]:
    return Response(ConflictBody(error.code, error.message, error.hint, ()), status_code=409)


router = Router(
    path="/maps",
    guards=[needs(Right.LOOK)],
    route_handlers=[
        library.library,
        library.documents,
        library.steps_of_maps,
        library.templates,
        library.catalogue,
        documents.document,
        documents.save_document,
        documents.add_document,
        documents.add_map,
        copies.duplicate_map,
        copies.draw_future,
        documents.import_files,
        documents.fill_in,
        documents.remove_document,
        documents.validate,
        versions.versions,
        versions.version,
        versions.compare,
        versions.compare_maps,
        versions.restore_version,
        exports.drawing,
        exports.thumbnail,
        exports.file,
        comments.comments,
        comments.add_comment,
        comments.edit_comment,
        comments.resolve_comment,
        comments.reopen_comment,
        comments.delete_comment,
        comments.my_mentions,
        comments.unsettled,
        comments.mentionable,
        shares.list_shares,
        shares.add_share,
        shares.remove_share,
    ],
    exception_handlers={MergeConflictError: answer_conflict, ExistsError: _answer_exists},
    tags=["maps"],
)
"""Maps and the documents that they name."""

LIMIT = RateLimitConfig(rate_limit=("minute", 240), store="shared_rate_limit")
"""For one address; a page of a shared map asks for a handful of things."""

shared_router = Router(
    path="/shared",
    route_handlers=[
        shared.shared_link,
        shared.open_link,
        shared.shared_drawing,
        shared.shared_file,
        shared.shared_comments,
        shared.shared_personas,
    ],
    middleware=[LIMIT.middleware],
    tags=["shared"],
)
"""What is open to whoever has a link: the token in the path is what opens it."""
