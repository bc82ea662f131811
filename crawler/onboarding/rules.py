"""`newsloom sites rules ID`: the field rules of a site whose layout changed, learned from articles that are known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from difflib import unified_diff
from typing import TYPE_CHECKING

from crawler.fetch.once import errand
from crawler.onboarding.add import agrees
from crawler.onboarding.fixtures import said
from crawler.onboarding.guess import is_loopback
from crawler.onboarding.known import (
    captured,
    captured_lists,
    fetched,
    has_changed,
    known_articles,
    listings_anew,
    names_credited,
)
from crawler.onboarding.learn import learn
from crawler.onboarding.proposal import Proposal
from crawler.onboarding.show import as_json, show
from crawler.onboarding.toml import site_toml
from crawler.output import complain, say, say_json
from crawler.sites import sites_to_crawl
from items.errors import NewsloomError
from items.site import Layout
from pipelines.archive import Archive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Mapping, Sequence

    from crawler.config import Config
    from crawler.onboarding.lesson import Learned
    from crawler.onboarding.sample import Sample
    from items.site import FieldName, FieldRule, Site

_ENOUGH = 4
"""Captures that are enough to learn from; with fewer the site is asked for its newest articles."""

_LEARNED = ("title", "body", "source", "published", "related")
"""Fields whose rules are learned; the others' stay as they are."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("site", metavar="ID")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--live", action="store_true", help="from the pages as they are now, not from their captures")


def run(options: argparse.Namespace, config: Config) -> int:
    """Learn, show the difference, ask, write; 2 when a field is unsure or a difference was not written."""
    (site,), _ = sites_to_crawl(config, [options.site])
    archive = Archive(config.database_url)
    try:
        samples = [] if options.live else captured(archive, config.all_captures, site)
        changed = has_changed(archive, site)
        known, credited = known_articles(archive, site), names_credited(archive, site)
    finally:
        archive.close()
    how, lists = "captures", None
    if not changed or len(samples) < _ENOUGH:
        if max(len(known), len(samples)) < 2:
            raise NewsloomError(
                f"the archive has fewer than two articles of {site.id!r}; `newsloom crawl {site.id}` first"
            )
        if samples:
            few = f"fewer than {_ENOUGH} captures are" if changed else "no capture is known to be"
            complain(f"{few} from after a change of {site.id!r}: asking the site for its newest articles")
        delay = 0 if is_loopback(site.home) else site.politeness.delay
        live, lists_now = errand(lambda fetch: fetched(known, fetch, site), config, sites=[site], delay=delay)
        if len(live) >= min(len(samples), _ENOUGH):
            samples, how, lists = live, "live", lists_now
    if len(samples) < 2:
        raise NewsloomError(f"fewer than two of the newest {len(known)} articles of {site.id!r} could be fetched")
    learned = learn_anew(samples, site, credited)
    began = min(sample.fetched for sample in samples).date()
    listings = listings_anew(site, captured_lists(config.all_captures, site) if lists is None else lists)
    site_anew = relaid(site, learned.fields, began, how).model_copy(update={"listings": listings})
    proposal = Proposal(site_anew, learned, samples)
    difference = [*unified_diff(site_toml(site).splitlines(), site_toml(proposal.site).splitlines(), lineterm="", n=1)]
    difference = difference[2:]
    if not options.json:
        show(proposal)
        say("\n".join(["", *(difference or ["the rules stay as they are"])]))
    folder = config.home / config.sites
    if not difference or not (options.yes or agrees(f"write {folder / site.id}.toml?")):
        return 2 if difference else proposal.exit_status
    file, fixtures = proposal.write(folder)
    if options.json:
        say_json(as_json(proposal) | {"file": str(file), "fixtures": fixtures, "difference": difference})
    else:
        say(f"wrote {file} and {fixtures} fixtures")
    for line in proposal.unsure:
        complain(f"unsure: {line}")
    return proposal.exit_status


def learn_anew(samples: Sequence[Sample], site: Site, credited: Collection[str] = ()) -> Learned:
    """The rules of a site that has some: a rule that still reads every sample as the learned ones do stays.

    Args:
        samples: articles in the layout of now.
        site: the site with its old rules.
        credited: names that the site is known to credit.
    """
    learned = learn(samples, site, credited)
    for name, rule in site.fields.items():
        if name not in _LEARNED or _reads_alike(samples, site, learned, name):
            learned.fields[name] = rule
    return learned


def _reads_alike(samples: Sequence[Sample], site: Site, learned: Learned, name: FieldName) -> bool:
    """Whether a field's old rule finds something on every sample, and just what is read there without it."""
    field = "text" if name == "body" else name
    plain = site.model_copy(update={"layouts": []})
    before = plain.model_copy(update={"fields": learned.fields | {name: site.fields[name]}})
    after = plain.model_copy(update={"fields": learned.fields})
    for sample in samples:
        one, other = (sample.read(rules, learned.template) for rules in (before, after))
        if one is None or other is None or said(one.article)[field] != said(other.article)[field]:
            return False
        if not one.article.provenance.get(field, "").startswith("site:"):
            return False
    return True


def relaid(site: Site, fields: Mapping[FieldName, FieldRule], began: date, how: str = "live") -> Site:
    """The site with new rules from a day on; the old ones become a layout that ended the day before.

    Args:
        site: the site with its old rules.
        fields: the new rules.
        began: the day of the oldest page that they were learned from.
        how: what they were learned from.
    """
    today = datetime.now(UTC).date()
    layouts = [*site.layouts]
    ended = max((layout.until for layout in layouts), default=None)
    until = min(began, today) - timedelta(days=1)
    if site.fields and site.fields != fields and (ended is None or ended < until):
        since = ended + timedelta(days=1) if ended else None
        layouts.append(Layout(since=since, until=until, fields=site.fields))
    checked = f"{today} {how}, by `newsloom sites rules`"
    return site.model_copy(update={"fields": fields, "layouts": layouts, "checked": checked})
