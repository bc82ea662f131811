"""What befalls a site: its pages change, its server turns away, it falls silent."""

# ruff: noqa: E501  # markup is written as sites write it

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from items.health import RunSigns, Verdict
from items.run import Cause, Outcome
from tests.health.made_sites import MARKS, MadeSite, Story, links, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Fault:
    """Something that befalls a site.

    Attributes:
        change: what becomes of an article page; None where pages stay as they are.
        verdict: what health must say.
        fields: of which at least one must be named; empty where the verdict is enough.
    """

    verdict: Verdict = Verdict.BROKEN
    fields: frozenset[str] = frozenset()
    change: Callable[[str, Story, MadeSite], str] | None = None
    run: Callable[[RunSigns], RunSigns] | None = None
    layouts: tuple[str, ...] = ("trs", "wordpress", "table", "portal")


def renamed(name: str) -> Callable[[str, Story, MadeSite], str]:
    return lambda page, _, site: page.replace(f'class="{MARKS[site.layout][name]}"', 'class="c-9f3a"')


def wrapped(name: str) -> Callable[[str, Story, MadeSite], str]:
    def change(page: str, story: Story, site: MadeSite) -> str:
        mark = MARKS[site.layout][name]
        tag = re.search(rf'<(\w+)[^>]*class="{mark}"[^>]*>', page)
        assert tag
        inner = "<div class='box'><div class='inner'>"
        if tag[1] in ("td", "h1", "h2", "p", "span", "time"):
            return page.replace(tag[0], tag[0] + "<span class='box'><section class='inner'>", 1)
        return page.replace(tag[0], inner + tag[0], 1)

    return change


def dropped(name: str) -> Callable[[str, Story, MadeSite], str]:
    def change(page: str, story: Story, site: MadeSite) -> str:
        if name == "source":
            return re.sub(rf"(\(?Source: |来源[:：]){re.escape(story.source)}\)?", "", page)
        if name == "published":
            for form in (
                "%Y-%m-%d %H:%M",
                "%B %d, %Y",
                "%Y-%m-%dT%H:%M:00+00:00",
                "[%Y/%m/%d %H:%M:%S]",
                "%d %b %Y %H:%M",
            ):
                page = page.replace(story.at.strftime(form), "")
            return page
        if name == "related":
            return page.replace(links(story.related), "")
        if name == "text":
            return page.replace(
                paragraphs(story), "<p>请登录后阅读全文</p>" if site.chinese else "<p>Please log in to read.</p>"
            )
        return page.replace(f">{story.title}<", "><")

    return change


def other_date(page: str, story: Story, site: MadeSite) -> str:
    for form, other in (
        ("%Y-%m-%d %H:%M", "%Y年%m月%d日"), ("%B %d, %Y", "%d.%m.%Y"), ("[%Y/%m/%d %H:%M:%S]", "%m-%d"), ("%d %b %Y %H:%M", "%m/%d/%y"),
    ):  # fmt: skip
        page = page.replace(story.at.strftime(form), story.at.strftime(other))
    return page


def moved_source(page: str, story: Story, site: MadeSite) -> str:
    line = re.search(rf"(\(?Source: |来源[:：]){re.escape(story.source)}\)?", page)
    assert line
    page = page.replace(line[0], "", 1)
    if site.layout in ("trs", "table"):
        return page.replace(paragraphs(story), paragraphs(story) + f"<p>（{line[0]}）</p>")
    return page.replace(paragraphs(story), f"<div class='meta'>{line[0]}</div>" + paragraphs(story))


def swapped(page: str, story: Story, site: MadeSite) -> str:
    return (
        page.replace(links(story.related), "@@")
        .replace(links(story.latest), links(story.related))
        .replace("@@", links(story.latest))
    )


def cut(page: str, story: Story, site: MadeSite) -> str:
    return page[: page.find(story.paragraphs[1]) + 20]


def home(page: str, story: Story, site: MadeSite) -> str:
    return f"<html><head><title>Home</title></head><body><h1>Home</h1><ul>{links(site.stories[0].latest or [(1, 'First story of the site')])}</ul><p>Welcome to the site of the trade, with news of the textile world each day.</p></body></html>"


def gbk(page: str, story: Story, site: MadeSite) -> str:
    return "\0gbk" + page


def asked_all(kind: str | None = None, **said: object) -> Callable[[RunSigns], RunSigns]:
    def change(run: RunSigns) -> RunSigns:
        asked = [each.model_copy(update=said) if kind in (None, each.kind) else each for each in run.asked]
        return run.model_copy(
            update={"asked": [a for a in asked if kind is None or a.kind == kind], "pages": [], "news": []}
        )

    return change


FAULTS: dict[str, Fault] = {
    **{f"{name} renamed": Fault(fields=frozenset({name}), change=renamed(name)) for name in ("title", "source", "published", "related", "text")},
    **{f"{name} wrapped": Fault(fields=frozenset({name}), change=wrapped(name)) for name in ("title", "source", "published", "related", "text")},
    **{f"{name} dropped": Fault(fields=frozenset({name}), change=dropped(name)) for name in ("title", "source", "published", "related", "text")},
    "date format": Fault(fields=frozenset({"published"}), change=other_date),
    "source moved": Fault(fields=frozenset({"source"}), change=moved_source),
    "lists swapped": Fault(fields=frozenset({"related"}), change=swapped),
    "pages cut": Fault(fields=frozenset({"related", "text"}), change=cut),
    "home for all": Fault(fields=frozenset({"title", "text"}), change=home),
    "charset": Fault(fields=frozenset({"charset"}), change=gbk, layouts=("trs", "table")),  # ASCII is the same in all
    "listing empty": Fault(run=asked_all("listing", outcome=Outcome.EMPTY, cause=Cause.EMPTY)),
    "listing gone": Fault(run=asked_all("listing", outcome=Outcome.FAILED, cause=Cause.STATUS, http_status=404)),
    "timed out": Fault(Verdict.UNREACHABLE, run=asked_all("listing", outcome=Outcome.FAILED, cause=Cause.TIMED_OUT)),
    "challenge": Fault(Verdict.BLOCKED, run=asked_all("listing", outcome=Outcome.FAILED, cause=Cause.CHALLENGE)),
    "forbidden": Fault(Verdict.BLOCKED, run=asked_all("listing", outcome=Outcome.FAILED, cause=Cause.STATUS, http_status=403)),
    "moved": Fault(Verdict.MOVED, run=asked_all("listing", outcome=Outcome.FAILED, cause=Cause.MOVED)),
    "silent": Fault(Verdict.QUIET),
}  # fmt: skip
