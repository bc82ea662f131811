"""What a site file says beside its rules, guessed from the site's pages: language, country, time zone, id."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from items.domain import registrable_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.onboarding.sample import Sample

_BY_COUNTRY = {
    "AT": "Europe/Vienna", "AU": "Australia/Sydney", "BD": "Asia/Dhaka", "BE": "Europe/Brussels",
    "BR": "America/Sao_Paulo", "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "CZ": "Europe/Prague",
    "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
    "FR": "Europe/Paris", "GB": "Europe/London", "HK": "Asia/Hong_Kong", "ID": "Asia/Jakarta",
    "IN": "Asia/Kolkata", "IT": "Europe/Rome", "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "LK": "Asia/Colombo",
    "NL": "Europe/Amsterdam", "PK": "Asia/Karachi", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest", "RU": "Europe/Moscow", "SE": "Europe/Stockholm", "TH": "Asia/Bangkok",
    "TR": "Europe/Istanbul", "TW": "Asia/Taipei", "US": "America/New_York", "VN": "Asia/Ho_Chi_Minh",
}  # fmt: skip
_BY_LANGUAGE = {
    "cs": "CZ", "da": "DK", "de": "DE", "fi": "FI", "fr": "FR", "id": "ID", "it": "IT", "ja": "JP", "ko": "KR",
    "nl": "NL", "pl": "PL", "ro": "RO", "ru": "RU", "sv": "SE", "th": "TH", "tr": "TR", "vi": "VN", "zh": "CN",
    "zh-Hant": "TW",
}  # fmt: skip
_OFFSET = re.compile(r"\d\dT?\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)$")


def country_of(url: str, language: str) -> str | None:
    """The country of a site, by the ending of its address or, where one country speaks it, by its language."""
    ending = (urlsplit(url).hostname or "").rpartition(".")[2].upper()
    ending = "GB" if ending == "UK" else ending
    return ending if ending in _BY_COUNTRY else _BY_LANGUAGE.get(language)


def zone_of(samples: Sequence[Sample], country: str | None) -> tuple[str, str | None]:
    """The time zone of the times that a site prints, and what speaks against believing it, if anything does."""
    by_country = _BY_COUNTRY.get(country or "")
    offsets = Counter(offset for sample in samples for offset in _offsets(sample))
    if by_country is not None:
        return by_country, None
    if offsets:
        said = offsets.most_common(1)[0][0]
        if not said:
            return "UTC", None
        hours = said / timedelta(hours=1)
        if hours == int(hours):
            return f"Etc/GMT{-int(hours):+d}", "zone: by an offset that the pages print; name the city of the site"
    return "UTC", "zone: nothing tells it; name the city of the site, such as Europe/London"


def _offsets(sample: Sample) -> list[timedelta]:
    page = sample.opened.page
    said: list[object] = [value for fact in page.json_ld for key, value in fact.items() if key.startswith("date")]
    said += [value for name, values in page.meta.items() if "time" in name or "date" in name for value in values]
    said += [element.get("datetime") for element in page.elements if element.tag == "time"]
    found = []
    for value in said:
        if isinstance(value, str) and _OFFSET.search(value):
            try:
                offset = datetime.fromisoformat(value).utcoffset()
            except ValueError:
                continue
            if offset is not None:
                found.append(offset)
    return found


def id_of(url: str, name: str | None, taken: Iterable[str]) -> str:
    """An id that no other site has: the name that the owner registered, or for a bare address the site's own name."""
    host = urlsplit(url).hostname or ""
    domain = registrable_domain(url)
    label = domain.partition(".")[0]
    if _is_address(host) or "." not in domain:
        label = name or "site"
    base = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:40] or "site"
    used, number, one = {*taken}, 1, base
    while one in used:
        number += 1
        one = f"{base}-{number}"
    return one


def is_loopback(url: str) -> bool:
    """Whether an address is this machine's own: nobody there is to be spared."""
    host = urlsplit(url).hostname or ""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
