"""What servers answered and asked for; why a URL's turn ended."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TIME = sa.String(20)


def upgrade() -> None:
    """Make the tables of fetching, and room for causes in the ledger."""
    op.add_column("ledger", sa.Column("cause", sa.String(12)))
    op.create_table(
        "answers",
        sa.Column("url", sa.String),
        sa.Column("etag", sa.String),
        sa.Column("modified", sa.String),
        sa.Column("content_type", sa.String),
        sa.Column("body", sa.LargeBinary),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("payload", sa.String(40)),
        sa.Column("captured", _TIME),
        sa.Column("fetched", _TIME, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.Column("next_check", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_answers"),
    )
    op.create_table(
        "robots",
        sa.Column("origin", sa.String),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("fetched", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )
    op.create_table(
        "pauses",
        sa.Column("domain", sa.String(255)),
        sa.Column("until", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("domain", name="pk_pauses"),
    )
