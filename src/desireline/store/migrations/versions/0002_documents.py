"""Documents in versions: maps, personas, metrics, opportunities; and the files of the folder where they also lie."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "document_versions",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("ident", sa.String(63), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("based_on", sa.Integer),
        sa.Column("text", sa.Text),
        sa.Column("digest", sa.String(64)),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("label", sa.String(500)),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "document_files",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("ident", sa.String(63), primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
