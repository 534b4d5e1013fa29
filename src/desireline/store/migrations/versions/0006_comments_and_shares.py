"""Comments on maps, and links under which a map can be looked at from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "map_comments",
        sa.Column("comment", sa.Integer, primary_key=True),
        sa.Column("map", sa.String(63), nullable=False, index=True),
        sa.Column("reply_to", sa.Integer, sa.ForeignKey("map_comments.comment", ondelete="CASCADE"), index=True),
        sa.Column("place_kind", sa.String(16), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("written_at", sa.String(32), nullable=False),
        sa.Column("edited_at", sa.String(32)),
        sa.Column("resolved_at", sa.String(32)),
        sa.Column("resolved_by", sa.String(200)),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "map_mentions",
        sa.Column("comment", sa.Integer, sa.ForeignKey("map_comments.comment", ondelete="CASCADE"), primary_key=True),
        sa.Column("person", sa.Integer, primary_key=True, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "map_shares",
        sa.Column("share", sa.Integer, primary_key=True),
        sa.Column("map", sa.String(63), nullable=False, index=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("password", sa.String(200)),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("measured", sa.Boolean, nullable=False),
        sa.Column("downloads", sa.Boolean, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32)),
        sa.Column("revoked_at", sa.String(32)),
        sa.Column("opened_at", sa.String(32)),
        sa.Column("opened", sa.Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
