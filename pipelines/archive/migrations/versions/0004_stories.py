"""Sketches by which copies are found, links between articles, an operator's rulings, related reading as edges."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what stories stand on."""
    op.add_column("stories", sa.Column("reason", sa.String, nullable=False, server_default=""))
    op.add_column("articles", sa.Column("credits", sa.String(63)))
    op.create_table(
        "sketches",
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", "seq", name="pk_sketches"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "links",
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("other", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(11), nullable=False),
        sa.Column("certainty", sa.Float, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("article", "other", name="pk_links"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_links_article"),
        sa.ForeignKeyConstraint(["other"], ["articles.id"], name="fk_links_other"),
    )
    op.create_index("ix_links_other", "links", ["other"])
    op.create_table(
        "rulings",
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("other", sa.Uuid, nullable=False),
        sa.Column("same", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("article", "other", name="pk_rulings"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_rulings_article"),
        sa.ForeignKeyConstraint(["other"], ["articles.id"], name="fk_rulings_other"),
    )
    op.create_index("ix_rulings_other", "rulings", ["other"])
    op.create_table(
        "related",
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("url", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("article", "url", name="pk_related"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_related_article"),
    )
    op.create_index("ix_related_url", "related", ["url"])
