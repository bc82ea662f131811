"""The archive's tables. `records` is the truth and is only ever appended to; the others are what is looked up.

The index of words (`search_words`) is each database's own kind of table: see `search.py`.

Times are RFC 3339 text in UTC with whole seconds, so that they sort as text, read the same on every database, and are
what a release prints.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy import Uuid as UuidType

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TIME = String(20)
_REDACTED = text("type = 'redaction'")

clock = Table(
    "clock",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", _TIME, nullable=False),  # of its one row: no record is written, nor day closed, before it
)

records = Table(
    "records",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("recorded", _TIME, nullable=False),
    Column("type", String(9), nullable=False),  # article, tombstone, merge, redaction
    Column("subject", UuidType, nullable=False),  # the article's id, or the story's for a merge
    Column("version", Integer),  # null for a merge
    Column("line", LargeBinary, nullable=False),  # canonical JSON
    UniqueConstraint("subject", "version"),
    Index(None, "recorded", "seq"),
    Index("ix_records_redactions", "recorded", sqlite_where=_REDACTED, postgresql_where=_REDACTED),
    sqlite_autoincrement=True,  # a number is never given twice
)

stories = Table(
    "stories",
    metadata,
    Column("id", UuidType, primary_key=True),
    Column("original", UuidType, nullable=False),
    Column("published", _TIME, nullable=False, index=True),  # of its original: what feeds are ordered by
    Column("updated", _TIME, nullable=False),  # when its original was published, or its title or text last changed
    Column("reason", String, nullable=False, server_default=""),  # why its original is the original, in a few words
)

articles = Table(
    "articles",
    metadata,
    Column("id", UuidType, primary_key=True),
    Column("site", String(63), nullable=False),
    Column("canonical_url", String, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("seq", Integer, ForeignKey("records.seq"), nullable=False, index=True),  # its current record
    Column("story", UuidType, ForeignKey("stories.id"), nullable=False, index=True),
    Column("text_hash", String(71), nullable=False),  # of normalised title and text: decides versions
    Column("body_key", String(32), index=True),  # of the text's letters: equal in exact copies; null when too short
    Column("credited", Boolean, nullable=False),  # whether it credits a source other than its own site
    Column("credits", String(63)),  # the site that it credits, where that is one we know
    Column("language", String(35), index=True),
    Column("published", _TIME, nullable=False),  # for ordering; first sight where the page gives no date
    Column("first_seen", _TIME, nullable=False),
    Column("last_seen", _TIME, nullable=False),
    Column("next_check", _TIME),  # when to look at it again; null for never
    Column("misses", Integer, nullable=False),  # checks in a row that found it gone
    Column("removed", Boolean, nullable=False),
    Index(None, "site", "next_check"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("url", String, primary_key=True),
    Column("article", UuidType, ForeignKey("articles.id"), nullable=False, index=True),
)

sketches = Table(
    "sketches",
    metadata,
    # Copies find each other by equal keys. A key that is common is no longer written, so a look-up reads few rows.
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # the article's current record
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    metadata,
    Column("article", UuidType, ForeignKey("articles.id"), primary_key=True),  # the one that came later
    Column("other", UuidType, ForeignKey("articles.id"), primary_key=True, index=True),
    Column("kind", String(11), nullable=False),  # copy: of one story; possible, translation: shown, never merged
    Column("certainty", Float, nullable=False),  # from 0 to 1
    Column("reason", String, nullable=False),  # what the decision saw, in a few words
)

rulings = Table(
    "rulings",
    metadata,
    # What an operator decided of two articles, the smaller id first; it stands above every other decision.
    Column("article", UuidType, ForeignKey("articles.id"), primary_key=True),
    Column("other", UuidType, ForeignKey("articles.id"), primary_key=True, index=True),
    Column("same", Boolean, nullable=False),  # whether they are of one story
    Column("at", _TIME, nullable=False),
)

differences = Table(
    "differences",
    metadata,
    # What a version changed; it quotes two records, and goes with either.
    Column("seq", Integer, ForeignKey("records.seq"), primary_key=True, autoincrement=False),  # the later version's
    Column("article", UuidType, nullable=False, index=True),
    Column("said", LargeBinary, nullable=False),  # JSON; see pipelines.archive.differences
)

related = Table(
    "related",
    metadata,
    # Related reading as edges: an address leads to its article through `addresses`, once there is one.
    Column("article", UuidType, ForeignKey("articles.id"), primary_key=True),
    Column("url", String, primary_key=True, index=True),
)

searchable = Table(
    "searchable",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),  # of its one row: records up to here are in the index `search_words`
)

sites = Table(
    "sites",
    metadata,
    Column("id", String(63), primary_key=True),
    Column("template", String, nullable=False),  # what recurs on its pages, as the parser wrote it
    Column("learned", _TIME, nullable=False),
)

ways = Table(
    "ways",
    metadata,
    Column("site", String(63), primary_key=True),
    Column("url", String, primary_key=True),  # of its first page
    Column("walked", _TIME, nullable=False),  # the end of the newest run that read it from its top
    Column("newest", String),  # the article at its top then
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("site", String(63), nullable=False),
    Column("way", String, nullable=False),
    Column("opened", _TIME, nullable=False),
    Column("closed", _TIME),
    Column("newer", String),  # the oldest article that was read above it
    Column("newer_date", String),
    Column("older", String),  # the newest article below it; null when it goes down to the beginning
    Column("past", _TIME),  # what was known then lies below it
    Column("resume", String, nullable=False),  # where to walk on
    Column("number", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Index(None, "site", "closed"),
)

untold = Table(  # stories that changed since the feeds were last told of them; see pipelines.archive.untold
    "untold",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story", UuidType, nullable=False),
    sqlite_autoincrement=True,
)

tellings = Table(  # what feeds were told, and when anew: only ever appended to
    "tellings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story", UuidType, nullable=False, index=True),
    Column("parts", String, nullable=False),  # numbers of the records it was told from, original first; "" when gone
    Column("topics", String, nullable=False),  # ids of its topics, with spaces between
    Column("published", _TIME, nullable=False),
    Column("updated", _TIME, nullable=False),
    Column("size", Integer, nullable=False),  # bytes of its text as HTML
    # What is shown beside it, as kind:number of a record, with spaces between; see pipelines.publish.stories.
    Column("beside", String, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("path", String, nullable=False, unique=True),  # below feeds/, without the format's ending
    Column("uuid", UuidType, nullable=False),  # its id in every format, for ever
    Column("name", String),  # what it is named by: a source as first printed, a language's tag, ...
    Column("told", Integer, nullable=False),  # newest telling that changed what it holds
)

sorting = Table(  # one row: a digest of the rules by which stories were last sorted into feeds
    "sorting",
    metadata,
    Column("rules", String(16), primary_key=True),
)

feed_entries = Table(  # what each feed holds now
    "feed_entries",
    metadata,
    Column("feed", Integer, ForeignKey("feeds.id"), primary_key=True, autoincrement=False),
    Column("story", UuidType, primary_key=True),
    Column("telling", Integer, ForeignKey("tellings.id"), nullable=False),
    Column("published", _TIME, nullable=False),
    Column("pending", Boolean, nullable=False),  # not yet in a closed history document
    Index(None, "feed", "published", "story"),
    Index(None, "story"),
    Index("ix_feed_entries_pending", "feed", sqlite_where=text("pending"), postgresql_where=text("pending")),
)

IS_PENDING = text("feed_entries.pending")
"""In the index's own words and without an order asked for: else SQLite reads all that a feed ever held."""

feed_documents = Table(  # RFC 5005 documents of a feed's history, in their order; the last one is being filled
    "feed_documents",
    metadata,
    Column("feed", Integer, ForeignKey("feeds.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(20), nullable=False),  # its month, and which part of it when one was not enough
    Column("changed", Integer, nullable=False),  # newest telling when it was closed, or lost what was taken back
    UniqueConstraint("feed", "name"),
)

feed_history = Table(  # what closed documents hold: only ever appended to
    "feed_history",
    metadata,
    Column("feed", Integer, ForeignKey("feeds.id"), primary_key=True, autoincrement=False),
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("telling", Integer, ForeignKey("tellings.id"), primary_key=True, autoincrement=False),
)

feed_removals = Table(  # stories that were taken away and that a feed held
    "feed_removals",
    metadata,
    Column("feed", Integer, ForeignKey("feeds.id"), primary_key=True, autoincrement=False),
    Column("story", UuidType, primary_key=True),
    Column("removed", _TIME, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started", _TIME, nullable=False),
    Column("finished", _TIME),
)

run_sites = Table(
    "run_sites",
    metadata,
    Column("run", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("site", String(63), primary_key=True),
    Column("listed", Integer, nullable=False),
    Column("known", Integer, nullable=False),  # counted only: a row for each would outgrow the articles
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("site", String(63), nullable=False),
    Column("url", String, nullable=False, index=True),
    Column("kind", String(7), nullable=False),
    Column("outcome", String(9), nullable=False),
    Column("cause", String(12)),
    Column("reason", String),
    Column("http_status", Integer),
    Column("article", UuidType),
    UniqueConstraint("run", "site", "url"),  # each URL has one end in a run
)

answers = Table(
    "answers",
    metadata,
    Column("url", String, primary_key=True),
    Column("etag", String),
    Column("modified", String),  # Last-Modified, as the server wrote it
    Column("content_type", String),
    Column("body", LargeBinary),  # zlib, of lists alone: what "not modified" stands for
    Column("digest", String(32), nullable=False),  # of the body
    Column("payload", String(40)),  # of the body as it came over the wire: what a revisit is told by
    Column("captured", _TIME),  # when that was captured whole
    Column("fetched", _TIME, nullable=False),  # the last answer with a body
    Column("changed", _TIME, nullable=False),  # the last one whose body was another
    Column("next_check", _TIME, nullable=False),  # not to be asked for before, unless a person wants it
)

held = Table(  # pages that were fetched and whose article is not kept yet: see `items.run.Held`
    "held",
    metadata,
    Column("site", String(63), primary_key=True),
    Column("asked", String, primary_key=True),
    Column("listed", String, nullable=False),  # its article goes by this
    Column("at", _TIME, nullable=False),
    Column("said", String, nullable=False),  # JSON
    Column("body", LargeBinary, nullable=False),  # zlib
)

robots = Table(
    "robots",
    metadata,
    Column("origin", String, primary_key=True),  # https://www.example.org
    Column("body", LargeBinary, nullable=False),
    Column("fetched", _TIME, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("domain", String(255), primary_key=True),
    Column("until", _TIME, nullable=False),  # its server asked to be left alone
)

signs = Table(
    "signs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("site", String(63), nullable=False, index=True),
    Column("page", LargeBinary, nullable=False),  # what an article page showed of each field; gone once it is judged
)

health = Table(
    "health",
    metadata,
    Column("site", String(63), primary_key=True),
    Column("state", LargeBinary, nullable=False),  # what was learned of the site, as `crawler.health` wrote it
    Column("verdict", String(11), nullable=False),
    Column("since", _TIME, nullable=False),
    Column("evidence", String, nullable=False),  # JSON
    Column("told", String(11)),  # the verdict that was last told to those who want to be notified
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("site", String(63), nullable=False),
    Column("at", _TIME, nullable=False),
    Column("verdict", String(11), nullable=False),
    Column("evidence", String, nullable=False),
    Index(None, "at", "id"),
)
