"""The first tables: batches, identifiers, evidence, sources, imports, quarantine, cuts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    big = sa.BigInteger()
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("accepted_at", sa.String(32), nullable=False),
        sa.Column("interactions", sa.Integer, nullable=False),
        sa.Column("last_arrival", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "identifiers",
        sa.Column("id", big.with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("value", sa.String(500), nullable=False),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_identifiers_batch_id", "identifiers", ["batch_id"])
    op.create_table(
        "evidence",
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("first", big, primary_key=True),
        sa.Column("second", big, primary_key=True),
        sa.Column("source", sa.String(100), primary_key=True),
        sa.Column("first_at", big, nullable=False),
        sa.Column("last_at", big, nullable=False),
        sa.Column("observations", sa.Integer, nullable=False),
        sa.Column("sample_arrival", big, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "replaced",
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("arrival", big, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("imported_at", sa.String(32), nullable=False),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("stored", sa.Integer, nullable=False),
        sa.Column("replaced", sa.Integer, nullable=False),
        sa.Column("duplicates", sa.Integer, nullable=False),
        sa.Column("quarantined", sa.Integer, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("unusable_identifiers", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_batch_id", "imports", ["batch_id"])
    op.create_index("ix_imports_source", "imports", ["source"])
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("content", big, nullable=False),
        sa.Column("settled_by", sa.Integer, sa.ForeignKey("batches.id", ondelete="SET NULL")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quarantine_batch_id", "quarantine", ["batch_id"])
    op.create_index("ix_quarantine_source", "quarantine", ["source"])
    op.create_index("ix_quarantine_settled_by", "quarantine", ["settled_by"])
    op.create_index(
        "ix_quarantine_waiting",
        "quarantine",
        ["source", "content"],
        unique=True,
        sqlite_where=sa.text("settled_by IS NULL"),
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_marks_batch_id", "marks", ["batch_id"])
    op.create_index("ix_marks_source", "marks", ["source"])
    op.create_table(
        "schedules",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("query", sa.Text),
        sa.Column("table", sa.Text),
        sa.Column("mark", sa.Text),
        sa.Column("overlap_seconds", sa.Integer),
        sa.Column("mapping", sa.Text),
        sa.Column("every_seconds", sa.Integer, nullable=False),
        sa.Column("added_at", sa.String(32), nullable=False),
        sa.Column("ran_at", sa.String(32)),
        sa.Column("outcome", sa.Text),
        sa.Column("error", sa.Text),
    )
    op.create_table(
        "read_files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("schedule", sa.String(100), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("size", big, nullable=False),
        sa.Column("modified", big, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_read_files_batch_id", "read_files", ["batch_id"])
    op.create_index("ix_read_files_schedule", "read_files", ["schedule"])
    op.create_table(
        "cuts",
        sa.Column("first", big, primary_key=True),
        sa.Column("second", big, primary_key=True),
        sa.Column("made_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
