"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TIME = sa.String(20)


def upgrade() -> None:
    """Make every table of an empty archive."""
    op.create_table(
        "records",
        sa.Column("seq", sa.Integer, autoincrement=True),
        sa.Column("recorded", _TIME, nullable=False),
        sa.Column("type", sa.String(9), nullable=False),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("line", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_records"),
        sa.UniqueConstraint("subject", "version", name="uq_records_subject_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_records_recorded_seq", "records", ["recorded", "seq"])
    op.create_table(
        "stories",
        sa.Column("id", sa.Uuid),
        sa.Column("original", sa.Uuid, nullable=False),
        sa.Column("published", _TIME, nullable=False),
        sa.Column("updated", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_published", "stories", ["published"])
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid),
        sa.Column("site", sa.String(63), nullable=False),
        sa.Column("canonical_url", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("story", sa.Uuid, nullable=False),
        sa.Column("text_hash", sa.String(71), nullable=False),
        sa.Column("body_key", sa.String(32)),
        sa.Column("credited", sa.Boolean, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("published", _TIME, nullable=False),
        sa.Column("first_seen", _TIME, nullable=False),
        sa.Column("last_seen", _TIME, nullable=False),
        sa.Column("next_check", _TIME),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("canonical_url", name="uq_articles_canonical_url"),
        sa.ForeignKeyConstraint(["seq"], ["records.seq"], name="fk_articles_seq"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_articles_story"),
    )
    op.create_index("ix_articles_story", "articles", ["story"])
    op.create_index("ix_articles_body_key", "articles", ["body_key"])
    op.create_index("ix_articles_language", "articles", ["language"])
    op.create_index("ix_articles_site_next_check", "articles", ["site", "next_check"])
    op.create_table(
        "addresses",
        sa.Column("url", sa.String),
        sa.Column("article", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_addresses"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_addresses_article"),
    )
    op.create_index("ix_addresses_article", "addresses", ["article"])
    op.create_table(
        "sites",
        sa.Column("id", sa.String(63)),
        sa.Column("template", sa.String, nullable=False),
        sa.Column("learned", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("started", _TIME, nullable=False),
        sa.Column("finished", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "run_sites",
        sa.Column("run", sa.Integer),
        sa.Column("site", sa.String(63)),
        sa.Column("listed", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("run", "site", name="pk_run_sites"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_run_sites_run"),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("site", sa.String(63), nullable=False),
        sa.Column("url", sa.String, nullable=False),
        sa.Column("kind", sa.String(7), nullable=False),
        sa.Column("outcome", sa.String(9), nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("http_status", sa.Integer),
        sa.Column("article", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("run", "site", "url", name="uq_ledger_run_site_url"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_ledger_run"),
    )
    op.create_index("ix_ledger_url", "ledger", ["url"])
