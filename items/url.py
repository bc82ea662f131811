"""URLs in normal form: one address under which equal addresses are equal."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_TRACKERS: Final = re.compile(
    r"utm_.*|hsa_.*|mtm_.*|pk_.*|piwik_.*|ns_.*|at_(?:medium|campaign|custom\d*|link_.*|format|ptr_name|bbc_team)"
    r"|fb_.*|share[rd]?_.*"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh|_ga|_gl"
    r"|_hsenc|_hsmi|__hs\w+|mc_cid|mc_eid"
    r"|mkt_tok|ck_subscriber_id|cmpid|cmp|ncid|ocid|icid|cid_source|s_cid|smid|smtyp|xtor|wt_mc|wt\.mc_id|trk|trkid"
    r"|_branch_match_id|cxtrack"
    r"|ref|ref_src|ref_url|referer|referrer|source_ref|from|from_?source|spm|scm|wfr|isappinstalled|nsukey|tt_from"
    r"|weibo_id|share|sharetype|vt|srcid"
    r"|phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|cfid|cftoken|amp|outputtype|print",
    re.IGNORECASE,
)
_SESSION_IN_PATH: Final = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_INDEX_PAGE: Final = re.compile(
    r"/(?:index|default|home|main)\.(?:s?html?|php\d?|aspx?|jsp|do|cfm|htm)$", re.IGNORECASE
)
_SLASHES: Final = re.compile(r"(?<!:)/{2,}")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_ROUTE: Final = ("/", "!/", "!")
_TWIN_HOST: Final = re.compile(r"^(?:www|m|wap|mobile|amp|3g)\.(?=[^.]+\.)")
_TWIN_PATH: Final = re.compile(r"/(?:amp|print)/?$", re.IGNORECASE)
_MAX_URL: Final = 4000


def split_url(url: str) -> SplitResult:
    """The parts of a URL; empty parts for what is broken beyond parting."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def normalise_url(url: str) -> str:
    """A URL in the form under which equal addresses are equal.

    Scheme and host in lower case, no default port, no tracking or session parameters, the others in order, no double
    slashes, no index page's file name, no fragment but a `#/route`. What is no web address comes back stripped only.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname or len(url) > _MAX_URL:
        return url
    host = parts.hostname.rstrip(".")
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _SLASHES.sub("/", _SESSION_IN_PATH.sub("", parts.path)) or "/"
    query = parts.query
    if query:
        kept = [
            (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKERS.fullmatch(name)
        ]
        # A query that is not made of pairs is an address of its own.
        query = urlencode(kept) if kept or "=" in query else query
    if not query:
        path = _INDEX_PAGE.sub("/", path)
    route = parts.fragment if parts.fragment.startswith(_ROUTE) else ""
    try:
        return canonicalize_url(urlunsplit((scheme, netloc, path, query, route)), keep_fragments=bool(route))
    except ValueError:
        return url


def twins(url: str) -> set[str]:
    """The addresses under which a site may show the same page: http and https, www and mobile hosts, AMP, print views.

    That one of them is known is a reason to look closer, and no proof.
    """
    parts = split_url(normalise_url(url))
    if not parts.hostname:
        return set()
    port = parts.netloc.partition(":")[2]
    host = _TWIN_HOST.sub("", parts.hostname)
    path = _TWIN_PATH.sub("", parts.path) or "/"
    hosts = [
        f"{prefix}{host}" + (f":{port}" if port else "") for prefix in ("", "www.", "m.", "wap.", "mobile.", "amp.")
    ]
    paths = {path, parts.path, path.rstrip("/") + "/amp", path.rstrip("/") + "/print"}
    schemes = ("https", "http")
    return {urlunsplit((scheme, one, way, parts.query, "")) for scheme in schemes for one in hosts for way in paths}
