"""What each version changed, kept; what stands beside a story, told; sketches for articles older than sketches."""

import orjson
import sqlalchemy as sa
from alembic import op

from items.article import Record
from pipelines.archive.differences import keep_difference
from pipelines.archive.tables import articles, links, records, sketches, untold
from pipelines.dedupe import body_key
from pipelines.stories.decide import write_sketch

revision = "0008"
down_revision = "0007"

_AT_ONCE = 500


def upgrade() -> None:
    """Make the table and the column, and fill in what is missing."""
    op.add_column("tellings", sa.Column("beside", sa.String, nullable=False, server_default=""))
    op.create_table(
        "differences",
        sa.Column("seq", sa.Integer, autoincrement=False),
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("said", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_differences"),
        sa.ForeignKeyConstraint(["seq"], ["records.seq"], name="fk_differences_seq"),
    )
    op.create_index("ix_differences_article", "differences", ["article"])
    connection = op.get_bind()
    _fill_differences(connection)
    _fill_sketches(connection)
    _tell_what_is_linked(connection)


def _tell_what_is_linked(connection: sa.Connection) -> None:
    """Have every story that is linked to others told anew."""
    for end in (links.c.article, links.c.other):
        linked = sa.select(articles.c.story).join(links, articles.c.id == end).where(links.c.kind != "copy").distinct()
        connection.execute(sa.insert(untold).from_select(["story"], linked))


def _fill_differences(connection: sa.Connection) -> None:
    later = sa.select(records.c.subject).where(records.c.type == "article", records.c.version > 1).distinct()
    for article in connection.execute(later).scalars().all():
        versions = sa.select(records.c.seq, records.c.line).where(
            records.c.subject == article, records.c.type == "article"
        )
        before = None
        for seq, line in connection.execute(versions.order_by(records.c.seq)).all():
            said = orjson.loads(line)
            if before is not None:
                keep_difference(connection, seq, before, said)
            before = said


def _fill_sketches(connection: sa.Connection) -> None:
    """Sketches, and the keys of exact copies, of articles that were kept when there were none."""
    have = set(connection.execute(sa.select(sketches.c.seq).distinct()).scalars())
    copies = set(connection.execute(sa.select(links.c.article).where(links.c.kind == "copy")).scalars())
    rows = sa.select(articles.c.id, articles.c.seq).where(articles.c.removed.is_(False)).order_by(articles.c.seq)
    missing = [(i, seq) for i, seq in connection.execute(rows).all() if seq not in have and i not in copies]
    for start in range(0, len(missing), _AT_ONCE):
        some = {seq: i for i, seq in missing[start : start + _AT_ONCE]}
        lines = sa.select(records.c.seq, records.c.line).where(records.c.seq.in_(some)).order_by(records.c.seq)
        for seq, line in connection.execute(lines).all():
            record = Record.model_validate(orjson.loads(line))
            key = sa.update(articles).where(articles.c.id == some[seq]).values(body_key=body_key(record))
            connection.execute(key)
            write_sketch(connection, record, seq)
