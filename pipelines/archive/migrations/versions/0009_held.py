"""Pages that were fetched and whose article is not kept yet, so that nobody asks for them again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "held",
        sa.Column("site", sa.String(63)),
        sa.Column("asked", sa.String),
        sa.Column("listed", sa.String, nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("said", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("site", "asked", name="pk_held"),
    )
