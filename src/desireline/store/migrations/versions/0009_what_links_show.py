"""What a link to a map shows beside it: comments, personas, the maps below."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Links that were made before show the personas in the drawing, as they did, and nothing more."""
    for name, default in (("comments", sa.false()), ("personas", sa.true()), ("below", sa.false())):
        op.add_column("map_shares", sa.Column(name, sa.Boolean, nullable=False, server_default=default))
