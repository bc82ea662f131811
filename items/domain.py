"""Registrable domains: the part of a host name that one owner registered, by the Public Suffix List."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

_extract = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that ships with the library: never the network


@lru_cache(maxsize=4096)
def _of_host(host: str) -> str:
    found = _extract(host)
    if found.suffix or found.ipv4 or found.ipv6 or "." not in host:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])  # the list's own rule for endings that it doesn't know


def registrable_domain(url: str) -> str:
    """`example.co.uk` of `http://news.example.co.uk/x`; the host itself where it has none; "" of what is no URL."""
    try:
        return _of_host((urlsplit(url).hostname or "").rstrip("."))
    except ValueError:  # such as "http://[": no URL at all
        return ""


def domain_of_owner(url: str) -> str:
    """`registrable_domain`; for a bare address, which nobody registered, with its port: what else tells two apart."""
    domain = registrable_domain(url)
    if domain.rpartition(".")[2].isalpha() and "." in domain:
        return domain
    try:
        port = urlsplit(url).port
    except ValueError:
        return domain
    return f"{domain}:{port}" if port else domain
