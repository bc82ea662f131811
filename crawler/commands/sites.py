"""`newsloom sites`: the site files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from crawler.cli import common
from crawler.config import load_config
from crawler.output import complain, say, say_json, say_table
from crawler.sites import all_sites, sites_to_crawl

if TYPE_CHECKING:
    import argparse

    from items.site import Site

EXAMPLE = "newsloom sites add https://www.example.org/news/"

_LEARNING = {
    "add": "get to know a new site and write its file, fixtures and baseline",
    "rules": "learn a site's rules anew from its captures since it changed, or from its pages as they are now",
    "check": "hold sites against their fixtures and against their live pages",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="every site, and the files that are wrong", parents=[common()])
    show = actions.add_parser("show", help="one site as its file is read", parents=[common()])
    show.add_argument("site", metavar="ID")
    for name, about in _LEARNING.items():
        import_module(f"crawler.onboarding.{name}").arguments(
            actions.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.", parents=[common()])
        )


def run(options: argparse.Namespace) -> int:
    """List, show, or what an action of its own does."""
    config = load_config(options.config)
    if options.action in _LEARNING:
        status: int = import_module(f"crawler.onboarding.{options.action}").run(options, config)
        return status
    if options.action == "show":
        (site,), _ = sites_to_crawl(config, [options.site])
        _show(site, as_json=options.json)
        return 0
    sites, errors = all_sites(config)
    if options.json:
        say_json([site.model_dump(mode="json", exclude_none=True) for site in sites.values()])
    else:
        rows = [(s.id, s.title, s.country or "", " ".join(s.languages), _ways(s), s.checked) for s in sites.values()]
        say_table(("id", "name", "country", "languages", "found by", "checked"), rows)
    for error in errors:
        complain(str(error))
    return 1 if errors else 0


def _show(site: Site, *, as_json: bool) -> None:
    facts = site.model_dump(mode="json", exclude_none=True)
    if as_json:
        say_json(facts)
        return
    for key, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for entry in value:
                say(f"{key}: " + "  ".join(f"{k}={v}" for k, v in entry.items()))
        elif isinstance(value, dict):
            for name, entry in value.items():
                say(f"{key}.{name}: {entry}")
        elif value not in ([], {}):
            say(f"{key}: {' '.join(value) if isinstance(value, list) else value}")


def _ways(site: Site) -> str:
    ways = {"feed": len(site.feeds), "sitemap": len(site.sitemaps), "listing": len(site.listings)}
    return ", ".join(f"{number} {name}{'s' if number > 1 else ''}" for name, number in ways.items() if number)
