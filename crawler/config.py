"""newsloom.toml: what an operator may set. Every key has a default; a wrong one is an error that says what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator

from items.article import Line, Model
from items.errors import ConfigError
from items.rule import Url
from items.site import explain_validation
from items.topics import vocabulary
from pipelines.publish.feeds.shelves import OwnFeed

if TYPE_CHECKING:
    from pipelines.archive.captures import Captures

FILE = "newsloom.toml"


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else url + "/"


def _check_host(host: str) -> str:
    try:
        known = urlsplit(f"//{host}" if host.count(":") < 2 or "[" in host else f"//[{host}]")
        if known.hostname and not (known.path or known.query or known.username) and known.port != 0:
            return host
    except ValueError:
        pass
    raise ValueError(f"{host!r} is no host: write a name or an address, with a port or without, like 10.0.0.5:8080")


Host = Annotated[str, AfterValidator(_check_host)]


class CrawlConfig(Model):
    """How the crawl goes about it."""

    contact: str | None = None
    """An e-mail or web address where a site's owner reaches you; part of the User-Agent."""
    only: list[str] = []
    """Ids of the sites to crawl; empty means every site that there is a file for."""
    proxy: Url | None = None
    """An HTTP proxy for every request."""
    allow_hosts: list[Host] = []
    """Hosts that may be fetched from though they are not on the public web: `intranet.example`, `10.0.0.5:8080`."""
    timeout: float = Field(30, gt=0, le=600)
    """Seconds that an answer may take."""
    retries: int = Field(2, ge=0, le=10)
    """How often a request is tried again that failed in a way that may pass."""
    requests: int = Field(10_000, ge=1)
    """How many requests a run sends to one registrable domain at most."""
    megabytes: int = Field(1_000, ge=1)
    """How much a run takes from one registrable domain at most."""
    rest: float = Field(24, ge=0, le=720)
    """Hours for which a list is left alone at most, whatever its server or its site's rhythm says."""
    samples: bool = False
    """Serve the bundled sample sites on loopback while crawling, and crawl those: what `newsloom demo` does."""


class CapturesConfig(Model):
    """Whether and how long the answers of servers are kept as they came."""

    keep: bool = True
    """Write every answer into WARC files under `data`, for `newsloom replay`."""
    days: int = Field(0, ge=0)
    """A file into which nothing was written for so many days is removed after a crawl; 0 keeps them for ever."""
    megabytes: int = Field(256, ge=1, le=4096)
    """How large a file grows before another is begun."""
    bucket: str | None = None
    """Object storage that closed files are brought into, such as `s3://bucket/captures`: for many machines."""


class PublishConfig(Model):
    """What is published."""

    title: str = "newsloom"
    """How the feeds are called."""
    base_url: Annotated[Url, AfterValidator(_with_slash)] = "http://localhost:8000/"
    """Where the published folder is served: feeds and release name this address, so set it before you publish."""
    bucket: str | None = None
    """Object storage that the published folder is brought into, such as `s3://bucket/prefix`."""
    entries: int = Field(100, ge=1, le=1000)
    """Stories in a feed."""
    minutes: int = Field(60, ge=1)
    """How long a feed reader may wait before it asks again."""
    hubs: list[Url] = []
    """WebSub hubs: every feed names them, and they are told of each that says something new."""
    tombstones: bool = False
    """Tell in Atom feeds of stories that were taken away (RFC 6721)."""
    captures: bool = False
    """Publish the raw answers of article pages too, as WARC, of sites whose rights policy is `full`."""


class WorkerConfig(Model):
    """How `newsloom worker` goes about it; every worker of an archive is given the same."""

    jobs: int = Field(4, ge=1, le=100)
    """Sites that one worker crawls at once, each in a process of its own."""
    minutes: int = Field(60, ge=1)
    """Between two crawls of a site."""
    publish_seconds: int = Field(60, ge=0)
    """How long news waits for more, before all of it is published."""
    patience: float = Field(30, ge=1, le=3600)
    """Seconds without a sign of life after which a worker counts as dead, and its jobs go to others."""


class FeedConfig(Model):
    """A feed of your own: stories that meet every filter which is given, by any of its values."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    """Its address: `feeds/own/NAME`."""
    title: Line
    description: str = ""
    sites: list[str] = []
    """Ids of sites."""
    languages: list[str] = []
    """BCP 47; `zh` is `zh-Hant` too."""
    countries: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]] = []
    """ISO 3166-1 alpha-2, of the sites."""
    sources: list[Line] = []
    """Names that articles credit, however they are spelt."""
    topics: list[str] = []
    words: list[Line] = []
    """Words or phrases in title or text; `*` at the end lets the last word go on."""
    without: list[Line] = []
    """Words or phrases that keep a story out."""

    @field_validator("topics")
    @classmethod
    def _check_topics(cls, value: list[str]) -> list[str]:
        for topic in value:
            if topic not in vocabulary().names:
                raise ValueError(f"{topic!r} is no topic; there are {', '.join(vocabulary().names)}")
        return value

    @model_validator(mode="after")
    def _filters(self) -> FeedConfig:
        given = (self.sites, self.languages, self.countries, self.sources, self.topics, self.words, self.without)
        if not any(given):
            raise ValueError("lets every story in, as the feed `all` does; give it sites, topics, words, ...")
        return self

    @property
    def own(self) -> OwnFeed:
        """As publishing takes it."""
        return OwnFeed(
            name=self.name,
            title=self.title,
            description=self.description,
            sites=tuple(self.sites),
            languages=tuple(self.languages),
            countries=tuple(self.countries),
            sources=tuple(self.sources),
            topics=tuple(self.topics),
            words=tuple(self.words),
            without=tuple(self.without),
        )


class NotifyConfig(Model):
    """Who is told when a site's verdict changes: once, not at each run."""

    command: str | None = None
    """A command that gets the news as JSON on its standard input."""
    webhook: Url | None = None
    """An address that the same JSON is posted to."""
    mail: list[str] = []
    """Addresses that get a mail."""
    mail_from: str = "newsloom@localhost"
    smtp: str = "localhost:25"
    """The server that takes the mail, as host:port."""


class Config(Model):
    """Everything that newsloom.toml may say."""

    database: str = "sqlite:///data/newsloom.db"
    """SQLAlchemy URL of the archive; a relative SQLite path counts from the configuration file."""
    data: str = "data"
    """Folder for the lock and what else belongs to this machine alone."""
    public: str = "public"
    """Folder that the world sees."""
    sites: str = "sites"
    """Folder of your own site files; one of them wins over a bundled one of the same id."""
    crawl: CrawlConfig = CrawlConfig()
    captures: CapturesConfig = CapturesConfig()
    publish: PublishConfig = PublishConfig()
    notify: NotifyConfig = NotifyConfig()
    worker: WorkerConfig = WorkerConfig()
    feeds: list[FeedConfig] = []

    home: Path = Field(default_factory=Path.cwd, exclude=True)
    """The folder that relative paths count from."""

    @field_validator("feeds")
    @classmethod
    def _check_names(cls, value: list[FeedConfig]) -> list[FeedConfig]:
        names = [feed.name for feed in value]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two of them are named {twice[0]!r}; a name is an address")
        return value

    @property
    def data_folder(self) -> Path:
        """`data`, absolute."""
        return self.home / self.data

    @property
    def captures_folder(self) -> Path:
        """Where the captures lie."""
        return self.data_folder / "captures"

    @property
    def all_captures(self) -> Captures:
        """Those, and what of them was brought into the bucket."""
        from pipelines.archive.captures import Captures  # noqa: PLC0415  # brings the database along: a second

        return Captures(self.captures_folder, self.captures.bucket)

    @property
    def public_folder(self) -> Path:
        """`public`, absolute."""
        return self.home / self.public

    @property
    def database_url(self) -> str:
        """`database`, with a relative SQLite path made absolute."""
        scheme = "sqlite:///"
        if self.database.startswith(scheme):
            return scheme + str(self.home / self.database.removeprefix(scheme))
        return self.database


def load_config(path: Path | None = None) -> Config:
    """Read a configuration file; without a path `newsloom.toml` here, or the defaults if there is none.

    Raises:
        ConfigError: the named file isn't there, or a file says something it can't mean.
    """
    file = path or Path(FILE)
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        if "home" in said:
            raise ConfigError(f"{file}: home: is no key that newsloom knows; remove or correct it")
        return Config.model_validate(said | {"home": file.resolve().parent})
    except FileNotFoundError:
        if path is not None:
            raise ConfigError(f"{file}: is not there; `newsloom init` writes one") from None
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: can't be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is no TOML: {error}") from None
    except ValidationError as error:
        raise ConfigError(f"{file}: {explain_validation(error)}") from None
