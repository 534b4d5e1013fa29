"""What several people do on one map at once: every update of its shared document, as it came."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "map_rooms",
        sa.Column("map", sa.String(63), primary_key=True),
        sa.Column("room", sa.String(32), nullable=False),
        sa.Column("based_on", sa.Integer, nullable=False),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "map_updates",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("map", sa.String(63), nullable=False, index=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
