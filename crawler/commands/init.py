"""`newsloom init`: a commented newsloom.toml and the folders that it names."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from crawler.config import FILE, load_config
from crawler.output import say
from items.errors import NewsloomError
from items.topics import vocabulary

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom init /srv/newsloom --contact you@example.org"

_TEMPLATE = """\
# newsloom.toml: every key is optional; what stands behind a # is its default.

# Where everything is kept: SQLite in a file. A relative path counts from this file.
#database = "sqlite:///data/newsloom.db"

# The folder that the world sees: point your web server at it.
#public = "public"

# Your own site files, ID.toml; one of them wins over the bundled one of the same id.
#sites = "sites"

# The lock, and what else belongs to this machine alone.
#data = "data"

[crawl]
# An e-mail or web address where the owner of a site reaches you. It is sent with every request.
{contact}

# The sites to crawl, as `newsloom sites list` names them; empty means all.
#only = []

# An HTTP proxy for every request.
#proxy = "http://proxy.example:3128/"

# Hosts that may be fetched from though they are not on the public web, such as "intranet.example", "10.0.0.5:8080".
#allow_hosts = []

# How many requests a run sends to one domain at most, and how much it takes from it.
#requests = 10000
#megabytes = 1000

# Hours for which a feed, sitemap or listing is left alone at most, whatever its server or its site's rhythm says.
#rest = 24

# Seconds that an answer may take, and how often a failed request is tried again.
#timeout = 30
#retries = 2

[captures]
# Every answer is kept as it came, so that pages can be read again without asking for them: how large a file grows,
# and after how many days it is removed (0: never).
#keep = true
#megabytes = 256
#days = 0
# For workers on many machines: where files are brought into once they are closed.
#bucket = "s3://bucket/captures"

[publish]
# Where `public` is served. Feeds and release name this address, so set it before you publish to the world.
#base_url = "http://localhost:8000/"

# Object storage that `public` is brought into after each publication (needs the extra `s3`).
#bucket = "s3://news/public"

# How the feeds are called, how many stories each holds, and how many minutes readers may wait between two looks.
#title = "newsloom"
#entries = 100
#minutes = 60

# WebSub hubs: feeds name them, and they are told of each feed that says something new.
#hubs = []

# Tell in Atom feeds of stories that were taken away (RFC 6721). Some validators warn of what they don't know.
#tombstones = false

# Whether the release holds the raw answers too (WARC), of sites whose rights policy is `full`.
#captures = false

[worker]
# For `newsloom worker`, on PostgreSQL: sites that one worker crawls at once, minutes between two crawls of a site,
# seconds that news waits for more before it is published, seconds without a sign of life after which a worker is dead.
#jobs = 4
#minutes = 60
#publish_seconds = 60
#patience = 30

[notify]
# Who is told when a site gets into trouble, out of it, or falls quiet: a command that gets JSON on its standard input,
# an address that the same is posted to, mail.
#command = "/usr/local/bin/tell"
#webhook = "https://chat.example/hook"
#mail = []
#mail_from = "newsloom@localhost"
#smtp = "localhost:25"

# Feeds of your own, each at feeds/own/NAME: stories that meet every filter which is given, by any of its values.
{topics}
#[[feeds]]
#name = "cotton-asia"
#title = "Cotton in Asia"
#topics = ["cotton"]
#countries = ["CN", "IN"]
#languages = ["zh", "en"]
#sites = []
#sources = []
#words = ["cotton yarn*", "棉纱"]
#without = ["advertisement*"]
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="where (default: here)")
    parser.add_argument("--contact", help="where the owner of a site reaches you; asked for on a terminal")


def run(options: argparse.Namespace) -> int:
    """Write the file and make the folders; never over a file that is there."""
    file = options.folder / FILE
    if file.exists():
        raise NewsloomError(f"{file} is there already; remove it first if you want a new one")
    contact = options.contact
    if contact is None and sys.stdin.isatty() and sys.stdout.isatty():
        contact = input("Where can the owner of a site reach you (e-mail or web address)? ").strip()
    quoted = (contact or "").replace("\\", "\\\\").replace('"', '\\"')
    write_config(options.folder, f'contact = "{quoted}"' if quoted else '#contact = "you@example.org"')
    if not options.quiet:
        say(f"wrote {file}; `newsloom sites list` names the sites, `newsloom crawl` begins")
    return 0


def write_config(folder: Path, contact: str) -> None:
    """Write newsloom.toml into a folder and make the folders that it names.

    Raises:
        NewsloomError: the folder can't be written to.
    """
    topics = fill(", ".join(vocabulary().names), 118, initial_indent="# Topics: ", subsequent_indent="# ")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(_TEMPLATE.format(contact=contact, topics=topics), encoding="utf-8")
        config = load_config(folder / FILE)
        for made in (config.data_folder, config.public_folder, config.home / config.sites):
            made.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NewsloomError(f"{folder}: can't be written to: {error.strerror}") from None
