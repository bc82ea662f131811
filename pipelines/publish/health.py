"""What the world is told of health: `health.json` with every site's verdict, `health.atom` with each change of one.

Trouble is told here and never in a news feed. Both files change only when a verdict or its reasons do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import orjson
from lxml import etree

from items.health import SiteHealth, Verdict
from items.safe import clean_text
from pipelines.archive.health import all_health, changes_since

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from pipelines.publish.files import PublicFolder
    from pipelines.publish.publication import Publication

JSON, ATOM = "health.json", "health.atom"

_TOLD = timedelta(days=90)
"""How far back the feed goes."""

_NS = "http://www.w3.org/2005/Atom"
_ATOM_NS = f"{{{_NS}}}"


def publish_health(connection: Connection, folder: PublicFolder, publication: Publication, *, now: datetime) -> None:
    """Write both files.

    Args:
        connection: a reading transaction of the archive.
        folder: the published folder.
        publication: what is published where.
        now: decides how far back the feed goes.
    """
    sites = all_health(connection)
    if not sites:
        return
    told = {"schema": 1, "sites": [_public(found) for found in sites]}
    folder.write(JSON, orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    changes = [found for found in changes_since(connection, now - _TOLD) if found.verdict is not Verdict.NEW]
    if changes:
        folder.write(ATOM, _atom(changes, publication))


def _public(found: SiteHealth) -> dict[str, object]:
    """A verdict as the world sees it: without the HTML of other people's pages, and without our commands."""
    said = found.model_dump(mode="json", exclude={"evidence"})
    return said | {
        "evidence": [each.model_dump(mode="json", include={"what", "says", "url"}) for each in found.evidence]
    }


def _atom(changes: list[SiteHealth], publication: Publication) -> bytes:
    """The changes as an Atom feed (RFC 4287), newest first."""
    feed = etree.Element(f"{_ATOM_NS}feed", nsmap={None: _NS})  # type: ignore[dict-item]  # the stubs know no default
    address = f"{publication.base_url}{ATOM}"
    _add(feed, "id", uuid5(NAMESPACE_URL, f"{publication.title} health").urn)
    _add(feed, "title", f"{publication.title}: health of the sites")
    _add(feed, "updated", f"{changes[-1].since:%Y-%m-%dT%H:%M:%SZ}")
    etree.SubElement(feed, f"{_ATOM_NS}link", {"rel": "self", "type": "application/atom+xml", "href": address})
    etree.SubElement(
        feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{publication.base_url}health.html"}
    )
    _add(etree.SubElement(feed, f"{_ATOM_NS}author"), "name", publication.title)
    for found in reversed(changes):
        when = f"{found.since:%Y-%m-%dT%H:%M:%SZ}"
        entry = etree.SubElement(feed, f"{_ATOM_NS}entry")
        _add(entry, "id", uuid5(NAMESPACE_URL, f"{found.site} {when} {found.verdict}").urn)
        _add(entry, "title", f"{publication.site_title(found.site)}: {found.verdict}")
        _add(entry, "updated", when)
        etree.SubElement(
            entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{publication.base_url}health.html"}
        )
        etree.SubElement(entry, f"{_ATOM_NS}category", {"term": found.verdict.value})
        says = [f"{each.what}: {each.says}" for each in found.evidence] or ["All is read as ever."]
        _add(entry, "content", "\n".join(says)).set("type", "text")
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(parent, f"{_ATOM_NS}{name}")
    child.text = clean_text(text)
    return child
