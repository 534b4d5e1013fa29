"""How people arrange Home, and which findings they have seen or dismissed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "home_views",
        sa.Column("person", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("function", sa.String(16), primary_key=True),
        sa.Column("tiles", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "home_findings",
        sa.Column("person", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("finding", sa.String(16), primary_key=True),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("marked_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
