"""The archive's clock, redactions, and the words that are searched for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TIME = sa.String(20)
_REDACTED = sa.text("type = 'redaction'")


def upgrade() -> None:
    """Add what releases and searching stand on; the clock starts at the newest record."""
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clock"),
    )
    op.execute("INSERT INTO clock (id, at) SELECT 1, coalesce(max(recorded), '') FROM records")
    op.create_index(
        "ix_records_redactions", "records", ["recorded"], sqlite_where=_REDACTED, postgresql_where=_REDACTED
    )
    op.create_index("ix_articles_seq", "articles", ["seq"])
    op.create_table(
        "searchable",
        sa.Column("id", sa.Integer),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_searchable"),
    )
    op.execute("INSERT INTO searchable (id, seq) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        # The words come split and folded: this tokenizer only cuts at the spaces between them.
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5 (words, content = '', detail = none, tokenize = 'ascii')"
        )
    else:
        op.execute("CREATE TABLE search_words (seq integer PRIMARY KEY REFERENCES records, words tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")
