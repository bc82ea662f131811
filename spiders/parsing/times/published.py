"""When the article was published and modified: all that the page states, weighed, the best kept with its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final, Literal

from items.article import Published, Reading
from items.url import split_url
from spiders.parsing.language import declared_language, read_language
from spiders.parsing.times.machine_times import (
    Evidence,
    element_evidence,
    machine_evidence,
    script_evidence,
    url_evidence,
)
from spiders.parsing.times.moments import find_moments
from spiders.parsing.times.time_elements import own_times
from spiders.parsing.times.time_evidence import Case, agrees, instant, same_day, settle, shift_between, wall_clock
from spiders.parsing.times.visible_times import (
    Manner,
    anywhere_evidence,
    listing_evidence,
    rule_evidence,
    scene_of,
    title_evidence,
    visible_evidence,
)
from spiders.parsing.times.zones import local_time, zone_minutes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spiders.parsing.blocks import Block
    from spiders.parsing.body.body import Body
    from spiders.parsing.page import Page
    from spiders.parsing.times.machine_times import Kind


_BELIEVED: Final = 24.0
_EMPTY_BRACKETS: Final = re.compile(r"[〔\[(（【]\s?[〕\])）】]")
_DANGLING: Final = re.compile(r"(?:\s|^)(?:on|am|at|le|el|il|em|op|den|vom|um|à|alle|om)$", re.IGNORECASE)
_WEEKDAY: Final = (
    "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira"
    "|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|senin|selasa|rabu|kamis|jumat|sabtu|minggu"
    "|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|(?:星期|周|週)[一二三四五六日天]|[月火水木金土日]曜日?"
)
_COUNTERS: Final = r"(?:(?:点击量?|浏览次?数?|阅读量?|人气|次|views?|comments?)[\s:：]{0,3}\d{0,9}[\s\W]{0,5}){0,4}"
_LEFT_OVER: Final = re.compile(
    rf"[\s\W_]{{0,9}}\w?[\s\W_]{{0,9}}(?:{_WEEKDAY})?[\s\W_]{{0,9}}{_COUNTERS}", re.IGNORECASE
)


@dataclass(slots=True)
class Times:
    """When an article was published and last modified.

    Attributes:
        published: with its evidence, or None where the page does not say.
        modified: likewise.
        published_rule: the rule that read `published`: `json-ld`, `meta:pubdate`, `label`, `visible`, `url`, …
        modified_rule: likewise for `modified`.
        doubts: what spoke against the choice, for a person.
        claimed: block index -> what is left of the block's text once its date line is taken out; None for nothing.
    """

    published: Published | None = None
    modified: Published | None = None
    published_rule: str | None = None
    modified_rule: str | None = None
    doubts: list[str] = field(default_factory=list)
    claimed: dict[int, str | None] = field(default_factory=dict)


def read_times(
    page: Page,
    blocks: list[Block],
    *,
    body: Body,
    title: str | None = None,
    fetched: datetime | None = None,
    zone: tzinfo | None = None,
    listing_date: str | None = None,
    ruled: Mapping[Kind, str] | None = None,
) -> Times:
    """Read when an article was published and modified.

    Args:
        page: the opened page.
        blocks: its blocks.
        body: which of them are the article's.
        title: the article's title, to know where its date line stands.
        fetched: when the page was fetched: "3 hours ago" and dates without a year need it, no date may lie after it.
        zone: the zone of the site's clock; without it an offset is given only where printed or implied by the language.
        listing_date: the words beside the article's link on its listing.
        ruled: the words that the site's rules select for `published` and `modified`.
    """
    scene = scene_of(blocks, body, title)
    language = _language(page, blocks, body, title)
    now = fetched or datetime.now(UTC)
    case = Case(now if now.tzinfo else now.replace(tzinfo=UTC), zone, language)
    local = local_time(case.latest, zone=zone, language=language) if fetched is not None else None
    manner = Manner(language, _is_american(page), local)

    found = machine_evidence(page, title=title, language=language)
    elements, listed = own_times(element_evidence(page, language=language), scene)
    found += elements
    if address := url_evidence(page.url):
        found.append(address)
    found += [item for item in visible_evidence(scene, manner) if listed.isdisjoint(item.blocks)]
    found += title_evidence(title, manner)
    found += listing_evidence(listing_date, manner)
    for kind, words in (ruled or {}).items():
        found += rule_evidence(kind, words, manner)
    if not any(item.kind == "published" and item.weight >= 40 and item.moment.hour is not None for item in found):
        found += script_evidence(page, language=language)
    if not any(item.kind == "published" and item.weight >= 40 for item in found):
        found += anywhere_evidence(scene, manner)
    found = settle(found, case, scene)
    return _decide(found, case, blocks)


def _language(page: Page, blocks: list[Block], body: Body, title: str | None) -> str | None:
    declared = declared_language(page)
    if declared not in (None, "en"):
        return declared
    # Templates call many a page English that is not.
    sample = " ".join(blocks[index].text for index in body.kept[:3] if index < len(blocks)) or title or ""
    told = read_language(page, sample[:600])
    return told.value if told else declared


def _is_american(page: Page) -> bool:
    said = [page.html_lang or "", *page.meta.get("og:locale", []), *page.meta.get("content-language", [])]
    host = (split_url(page.url).hostname or "") if page.url else ""
    return host.endswith((".gov", ".us", ".mil", ".edu")) or any(
        value.replace("_", "-").lower() == "en-us" for value in said
    )


def _decide(found: list[Evidence], case: Case, blocks: list[Block]) -> Times:
    times = Times()
    _tell_updates_apart(found, case)
    _favour_older_print(found, case)
    published = _best([item for item in found if item.kind == "published"], case)
    modified = _best([item for item in found if item.kind == "modified"], case)
    believed = [choice[0].moment for choice in (published, modified) if choice is not None]
    for item in found:
        if item.weight >= 30 and (item.moment.label or any(same_day(item.moment, moment, case) for moment in believed)):
            _claim(item, blocks, times.claimed)
    if published is not None:
        times.published, times.published_rule = _statement(*published, case, times.doubts)
    elif modified is not None and modified[0].blocks and modified[0].weight >= 50 and "更新" in modified[0].words:
        times.published, times.published_rule = _statement(*modified, case, times.doubts)
        times.doubts.append("the page gives only the time of its update")
    if modified is not None:
        times.modified, times.modified_rule = _statement(*modified, case, [])
    if times.published and times.modified and times.modified.at[:10] < times.published.at[:10]:
        times.doubts.append("modified before it was published")
    if times.published and times.published.conflicts:
        times.doubts.append("the page states other times too")
    return times


def _tell_updates_apart(found: list[Evidence], case: Case) -> None:
    """An unlabelled time which the page states for machines as its update, not its publication, is the update."""
    stated = [
        item for item in found if item.basis in ("json-ld", "meta") and item.element is None and item.weight >= 40
    ]
    released = [item.moment for item in stated if item.kind == "published"]
    latest = max((wall_clock(moment) for moment in released), default=None)
    updates = [
        item.moment for item in stated if item.kind == "modified" and latest and wall_clock(item.moment) >= latest
    ]
    for item in found:
        printed = item.basis == "visible" or item.element is not None
        if item.kind != "published" or item.moment.label is not None or not printed:
            continue
        if any(agrees(item.moment, moment, case) for moment in released) or not any(
            agrees(item.moment, moment, case) for moment in updates
        ):
            continue
        item.kind = "modified"


def _favour_older_print(found: list[Evidence], case: Case) -> None:
    """Nothing is printed before it is published: a printed day that is older than the machines' is the better one."""
    stated = [
        item.moment
        for item in found
        if item.basis in ("json-ld", "meta") and item.element is None and item.kind == "published"
    ]
    days = [day for moment in stated if (day := moment.date())]
    seen = [item for item in found if item.basis == "visible" and item.kind == "published" and item.weight >= 58]
    if not days or any(same_day(item.moment, moment, case) for item in seen for moment in stated):
        return
    for item in seen:
        day = item.moment.date()
        if item.moment.day and day and day < min(days):
            item.weight += 25


def _best(found: list[Evidence], case: Case) -> tuple[Evidence, list[Evidence]] | None:
    """The statement that is believed, weighed together with those that agree with it, and all the others."""
    ranked: list[tuple[float, Evidence]] = []
    supporting = sorted((item for item in found if item.weight > 0), key=lambda one: -one.weight)
    for item in found:
        bases = {item.basis}
        support = 0.0
        for other in supporting:
            if other is item or not same_day(item.moment, other.moment, case):
                continue
            whole = other.moment.day is not None and other.basis not in bases
            support += other.weight * (0.3 if whole else 0.05)
            bases.add(other.basis)
        ranked.append((item.weight + min(support, 45.0) - (20 if item.moment.day is None else 0), item))
    if not ranked:
        return None
    score, best = max(ranked, key=lambda entry: entry[0])
    if score < _BELIEVED:
        return None
    return best, [item for item in found if item is not best]


def _statement(best: Evidence, others: list[Evidence], case: Case, doubts: list[str]) -> tuple[Published, str]:
    """The record's field: the day of the best statement, with the clock of the best of those that agree on the day."""
    agreeing = [best, *(item for item in others if item.weight > 15 and same_day(best.moment, item.moment, case))]
    # what the page says of itself is not refined by what a listing says of it
    if printed := [item for item in agreeing if item.basis not in ("listing", "url")]:
        agreeing = printed
        best = best if best in printed else max(printed, key=lambda item: item.weight)
    clocks = sorted((item for item in agreeing if item.moment.hour is not None), key=_clock_weight, reverse=True)
    chosen = clocks[0] if clocks else best
    if not clocks and best.moment.day is None:
        chosen = next(
            (item for item in sorted(agreeing, key=lambda one: -one.weight) if item.moment.day is not None), best
        )
    at, precision, zone = _written(chosen, clocks, case, doubts)
    conflicts = _conflicts(at, chosen, [best, *others], case)
    published = Published(
        at=at, precision=precision, raw=chosen.raw[:200], basis=chosen.basis, zone=zone, conflicts=conflicts
    )
    return published, chosen.rule


def _clock_weight(item: Evidence) -> float:
    """What is printed for people is checked by people: its clock is believed first, unless its place is doubtful."""
    return (
        item.weight
        + (16 if item.basis == "visible" and item.weight >= 58 else 0)
        + (item.moment.second is not None) * 0.5
    )


def _written(
    chosen: Evidence, clocks: list[Evidence], case: Case, doubts: list[str]
) -> tuple[str, Literal["second", "minute", "day", "month"], Literal["page", "site", "language", "unknown"]]:
    moment = chosen.moment
    when = instant(moment)
    day = moment.date()
    assert day is not None
    if when is None:
        return (
            (day.isoformat(), "day", "unknown") if moment.day is not None else (day.isoformat()[:7], "month", "unknown")
        )
    precision: Literal["second", "minute"] = "second" if moment.second is not None else "minute"
    zone: Literal["page", "site", "language", "unknown"] = "page"
    if when.tzinfo is None:
        when, zone = _placed(when, clocks, case, doubts)
        if precision == "minute" and (second := _second_of(when, clocks)) is not None:
            when, precision = when.replace(second=second), "second"
    elif when.utcoffset() == timedelta(0):
        if chosen.basis == "script":
            when = local_time(when, zone=case.zone, language=case.language)
        else:
            when = _shown(when, clocks)
    return when.isoformat(timespec="seconds"), precision, zone


def _placed(
    when: datetime, clocks: list[Evidence], case: Case, doubts: list[str]
) -> tuple[datetime, Literal["page", "site", "language", "unknown"]]:
    """Give a wall clock's time its offset: the site's, that of a machine's statement of the same, or the language's."""
    expected = zone_minutes(when, zone=case.zone, language=case.language)
    if case.zone is not None and expected is not None:
        return when.replace(tzinfo=timezone(timedelta(minutes=expected))), "site"
    for item in clocks:
        other = instant(item.moment)
        shift = shift_between(when, other, case) if other is not None and other.tzinfo is not None else None
        if shift is None:
            continue
        if shift == 0 and expected:
            doubts.append("marked as UTC, but it is what the page prints as local time")
            return when, "unknown"
        return when.replace(tzinfo=timezone(timedelta(minutes=shift))), "page"
    if expected is not None:
        return when.replace(tzinfo=timezone(timedelta(minutes=expected))), "language"
    return when, "unknown"


def _second_of(when: datetime, clocks: list[Evidence]) -> int | None:
    """The second that another statement of the same minute gives."""
    for item in clocks:
        other = instant(item.moment)
        if other is None or item.moment.second is None:
            continue
        if other.tzinfo is not None and when.tzinfo is not None:
            same = abs((other.replace(second=0) - when).total_seconds()) < 1
        else:
            same = other.replace(second=0, tzinfo=None) == when.replace(tzinfo=None)
        if same:
            return item.moment.second
    return None


def _shown(when: datetime, clocks: list[Evidence]) -> datetime:
    """A moment in UTC on the clock of another statement of the same moment, where there is one."""
    for item in clocks:
        other = instant(item.moment)
        if other is not None and other.utcoffset() and abs((other - when).total_seconds()) < 60:
            return when.astimezone(other.tzinfo)
    return when


def _conflicts(at: str, chosen: Evidence, others: list[Evidence], case: Case) -> list[Reading]:
    conflicts: dict[str, Reading] = {}
    for item in sorted(others, key=lambda one: -one.weight):
        if item.weight < 40 or len(conflicts) >= 5 or agrees(chosen.moment, item.moment, case):
            continue
        when, day = instant(item.moment), item.moment.date()
        assert day is not None
        said = when.isoformat() if when else day.isoformat() if item.moment.day else day.isoformat()[:7]
        if said != at:
            conflicts.setdefault(said, Reading(at=said, raw=item.raw[:200], basis=item.basis))
    return list(conflicts.values())


# Taking the date line out of the text.


def _claim(item: Evidence, blocks: list[Block], claimed: dict[int, str | None]) -> None:
    """Note what is left of the blocks that a visible time was read from."""
    for index in item.blocks:
        text = claimed[index] if index in claimed else blocks[index].text
        if text is None:
            continue
        if len(item.blocks) > 1 and len(text) <= 40:
            claimed[index] = None
            continue
        if item.moment.relative:
            if len(text) - (item.moment.end - item.moment.start) <= 25:
                claimed[index] = None
            continue
        left = text
        for moment in reversed(find_moments(text, limit=6)):
            if moment.year is not None or moment.label or moment.hour is not None:
                left = left[: moment.label_start] + " " + left[moment.end :]
        left = _EMPTY_BRACKETS.sub("", _DANGLING.sub("", " ".join(left.split())))
        # A long line without a label may be a sentence of the article that names the same day.
        if left == text or (len(left) > 60 and item.moment.label is None):
            continue
        claimed[index] = None if _LEFT_OVER.fullmatch(left) else left.strip(" |·-–—,;:：｜/")
