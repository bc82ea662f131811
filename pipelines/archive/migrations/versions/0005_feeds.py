"""What feeds hold, what they were told, and what of it is closed history."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TIME = sa.String(20)


def upgrade() -> None:
    """Make the tables of the feeds; every story that is there is yet to be told."""
    op.create_table(
        "untold",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("story", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_untold"),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO untold (story) SELECT id FROM stories")
    op.create_table(
        "tellings",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("story", sa.Uuid, nullable=False),
        sa.Column("parts", sa.String, nullable=False),
        sa.Column("topics", sa.String, nullable=False),
        sa.Column("published", _TIME, nullable=False),
        sa.Column("updated", _TIME, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tellings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tellings_story", "tellings", ["story"])
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("uuid", sa.Uuid, nullable=False),
        sa.Column("name", sa.String),
        sa.Column("told", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("path", name="uq_feeds_path"),
    )
    op.create_table(
        "sorting",
        sa.Column("rules", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("rules", name="pk_sorting"),
    )
    op.create_table(
        "feed_entries",
        sa.Column("feed", sa.Integer, autoincrement=False),
        sa.Column("story", sa.Uuid),
        sa.Column("telling", sa.Integer, nullable=False),
        sa.Column("published", _TIME, nullable=False),
        sa.Column("pending", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("feed", "story", name="pk_feed_entries"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_entries_feed"),
        sa.ForeignKeyConstraint(["telling"], ["tellings.id"], name="fk_feed_entries_telling"),
    )
    op.create_index("ix_feed_entries_feed_published_story", "feed_entries", ["feed", "published", "story"])
    op.create_index("ix_feed_entries_story", "feed_entries", ["story"])
    pending = sa.text("pending")
    op.create_index("ix_feed_entries_pending", "feed_entries", ["feed"], sqlite_where=pending, postgresql_where=pending)
    op.create_table(
        "feed_documents",
        sa.Column("feed", sa.Integer, autoincrement=False),
        sa.Column("number", sa.Integer, autoincrement=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("feed", "number", name="pk_feed_documents"),
        sa.UniqueConstraint("feed", "name", name="uq_feed_documents_feed_name"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_documents_feed"),
    )
    op.create_table(
        "feed_history",
        sa.Column("feed", sa.Integer, autoincrement=False),
        sa.Column("document", sa.Integer, autoincrement=False),
        sa.Column("telling", sa.Integer, autoincrement=False),
        sa.PrimaryKeyConstraint("feed", "document", "telling", name="pk_feed_history"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_history_feed"),
        sa.ForeignKeyConstraint(["telling"], ["tellings.id"], name="fk_feed_history_telling"),
    )
    op.create_table(
        "feed_removals",
        sa.Column("feed", sa.Integer, autoincrement=False),
        sa.Column("story", sa.Uuid),
        sa.Column("removed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("feed", "story", name="pk_feed_removals"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_removals_feed"),
    )
