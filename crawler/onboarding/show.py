"""A proposal for a person to judge: what leads to the articles, what was read on samples, how sure each field is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.output import say, say_table

if TYPE_CHECKING:
    from crawler.onboarding.proposal import Proposal

_SHOWN_TEXT = 160
_FIELDS = ("title", "published", "source", "text", "related")


def show(proposal: Proposal) -> None:
    """Print a proposal."""
    site = proposal.site
    say(f"{site.title}: {site.home}")
    for kind, ways in (("feed", site.feeds), ("sitemap", site.sitemaps), ("listing", site.listings)):
        for way in ways:
            say(f"  {kind}  {way.url}")
    say(f"  articles  {site.articles}")
    for sample in proposal.samples:
        reading = sample.read(site, proposal.learned.template)
        if reading is None:
            continue
        article = reading.article
        say(f"\n{sample.url}")
        say(f"  title      {article.title}")
        say(f"  published  {article.published.at if article.published else '–'}")
        say(f"  source     {article.source.name if article.source else '–'}")
        say(f"  text       {(article.text or '–').replace(chr(10), ' ')[:_SHOWN_TEXT]}")
        say(f"  related    {'; '.join(link.title for link in article.related) or '–'}")
    say("")
    say_table(("field", "rule", "sureness", "why"), [_row(proposal, name) for name in _FIELDS])
    for doubt in proposal.doubts:
        say(f"unsure: {doubt}")


def as_json(proposal: Proposal) -> dict[str, Any]:
    """A proposal for a program."""
    return {
        "site": proposal.site.model_dump(mode="json", exclude_none=True),
        "sure": {
            name: {"right": sure.right, "of": sure.of, "how": sure.how, "sureness": sure.word}
            for name, sure in proposal.learned.sure.items()
        },
        "unsure": proposal.unsure,
    }


def _row(proposal: Proposal, name: str) -> tuple[str, str, str, str]:
    rule = proposal.site.fields.get("body" if name == "text" else name)  # type: ignore[call-overload]
    sure = proposal.learned.sure.get(name)
    selector = rule.select if rule else "newsloom's own reading"
    return (name, selector, f"{sure.word} ({sure.right}/{sure.of})", sure.how) if sure else (name, selector, "–", "–")
