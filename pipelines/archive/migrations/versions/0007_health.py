"""Health: what pages showed, what was learned of each site, each change of a verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TIME = sa.String(20)


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "signs",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("site", sa.String(63), nullable=False),
        sa.Column("page", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signs"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_signs_run"),
    )
    op.create_index("ix_signs_site", "signs", ["site"])
    op.create_table(
        "health",
        sa.Column("site", sa.String(63)),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("verdict", sa.String(11), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("told", sa.String(11)),
        sa.PrimaryKeyConstraint("site", name="pk_health"),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("site", sa.String(63), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("verdict", sa.String(11), nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_verdicts_run"),
    )
    op.create_index("ix_verdicts_at_id", "verdicts", ["at", "id"])
