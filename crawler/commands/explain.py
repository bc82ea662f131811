"""`newsloom explain URL`: everything known of one URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.config import load_config
from crawler.output import say, say_json
from crawler.sites import all_sites
from items.domain import registrable_domain
from pipelines.archive import Archive
from pipelines.archive.account import account_of
from pipelines.archive.ways import open_gaps

if TYPE_CHECKING:
    import argparse

    from crawler.config import Config

EXAMPLE = "newsloom explain https://www.example.org/news/1.html"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("url")


def run(options: argparse.Namespace) -> int:
    """Tell; 2 when nothing is known of the URL."""
    config = load_config(options.config)
    archive = Archive(config.database_url)
    with archive.reading() as connection:
        events = account_of(connection, options.url)
        domain = registrable_domain(options.url)
        gaps = [gap for gap in open_gaps(connection) if registrable_domain(gap.way) == domain]
    archive.close()
    why_not = [] if events else [*_why_not(config, options.url), *(f"it may lie in a gap: {gap}" for gap in gaps)]
    if options.json:
        say_json({"url": options.url, "events": events, "unknown": why_not})
    else:
        for event in events:
            say(f"{event['at']}  {_told(event)}")
        for line in why_not:
            say(line)
    return 0 if events else 2


def _why_not(config: Config, url: str) -> list[str]:
    """Why no run has met a URL, as far as the site files tell."""
    sites, _ = all_sites(config)
    of_domain = [site for site in sites.values() if site.domain == registrable_domain(url)]
    if not of_domain:
        return [f"no run has met it, and no site file is for {registrable_domain(url) or 'it'}"]
    lines = []
    for site in of_domain:
        if site.is_article(url):
            lines.append(f"no run has met it: no feed, sitemap or listing of {site.id} has named it yet")
        else:
            lines.append(f"{site.id} takes it for no article: `articles` is {site.articles!r}")
    return lines


def _told(event: dict[str, Any]) -> str:
    match event["what"]:
        case "asked":
            status = f", HTTP {event['http_status']}" if "http_status" in event else ""
            reason = f": {event['reason']}" if "reason" in event else ""
            asked = f"asked for in run {event['run']} as {event['kind']} of {event['site']}"
            return f"{asked}: {event['outcome']}{status}{reason}"
        case "first seen":
            return f"first seen at {event['site']}; article {event['article']}"
        case "version":
            rules = ", ".join(f"{name} by {rule}" for name, rule in sorted(event["provenance"].items()))
            title = f"“{event['title']}”, published {event['published'] or 'unknown'}"
            kept = f"kept as version {event['version']}: {title} ({rules})"
            changed = event.get("changed", {"title": [], "text": []})
            return "\n    ".join([kept, *(f"changed: {line}" for line in (*changed["title"], *changed["text"]))])
        case "removed":
            return f"removed: {event['reason']}"
        case "story":
            return _told_of_story(event)
        case _:
            later = f"; to be looked at again at {event['next_check']}" if "next_check" in event else ""
            return f"last looked at{later}"


def _told_of_story(event: dict[str, Any]) -> str:
    role = f"the original of story {event['story']}" if event["original"] else f"a copy in story {event['story']}"
    if not event["with"]:
        lines = [f"published as {role}, by itself"]
    else:
        lines = [
            f"published as {role}, with {', '.join(event['with'])}",
            f"the original was chosen: {event['original_because']}",
        ]
    if event["joined_by"]:
        lines.append(f"joined by what it has in common with {event['joined_by']}")
    lines += [f"beside it, not in it ({link['kind']}): {link['url']}: {link['reason']}" for link in event["beside"]]
    return "\n    ".join(lines)
