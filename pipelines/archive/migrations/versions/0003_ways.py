"""How far each way to articles was read, and the gaps that were left."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TIME = sa.String(20)


def upgrade() -> None:
    """Add ways and gaps."""
    op.create_table(
        "ways",
        sa.Column("site", sa.String(63)),
        sa.Column("url", sa.String),
        sa.Column("walked", _TIME, nullable=False),
        sa.Column("newest", sa.String),
        sa.PrimaryKeyConstraint("site", "url", name="pk_ways"),
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("site", sa.String(63), nullable=False),
        sa.Column("way", sa.String, nullable=False),
        sa.Column("opened", _TIME, nullable=False),
        sa.Column("closed", _TIME),
        sa.Column("newer", sa.String),
        sa.Column("newer_date", sa.String),
        sa.Column("older", sa.String),
        sa.Column("past", _TIME),
        sa.Column("resume", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
    )
    op.create_index("ix_gaps_site_closed", "gaps", ["site", "closed"])
