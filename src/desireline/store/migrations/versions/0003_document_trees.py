"""What the texts of documents say, read once: derived, may be emptied at any time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "document_trees",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("tree", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
