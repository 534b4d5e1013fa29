"""How many rows the files of an import had: what could not be used is counted in rows, what was stored may be made of several."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Of imports that were made before nobody knows."""
    op.add_column("imports", sa.Column("rows", sa.Integer, nullable=True))
