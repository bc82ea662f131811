"""Which addresses may be connected to."""

from __future__ import annotations

import ipaddress

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.fetch.addresses import Addresses, is_public, literal, own_addresses
from crawler.fetch.resolver import GuardedResolver
from items.site import Site


class Names:
    """A name server whose answers a test decides: one for each look-up."""

    def __init__(self, *answers: str) -> None:
        self.nameResolver = self
        self._answers = list(answers)

    def resolveHostName(self, receiver, host, port, *_) -> None:  # noqa: N802
        address = self._answers.pop(0)
        receiver.resolutionBegan(self)
        receiver.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, port))
        receiver.resolutionComplete()


class Connector:
    """Takes the addresses that a connection may go to, as Twisted's does."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, resolution) -> None: ...  # noqa: N802

    def addressResolved(self, address) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None: ...  # noqa: N802


PRIVATE = (
    *("127.0.0.1", "127.255.0.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254"),
    *("192.0.0.192", "100.100.100.200", "168.63.129.16", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
    *("::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
    ),
    *("2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::a00:1"),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "223.5.5.5", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")
SPELLINGS = (
    *("127.0.0.1", "127.1", "0x7f000001", "0x7f.0.0.1", "2130706433", "0177.0.0.1", "127.0.0.1.", "[::1]", "::1"),
    *("localhost", "LOCALHOST.", "news.localhost", "①②⑦.⓪.⓪.①", "[::ffff:127.0.0.1]", "fe80::1%eth0"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_web_is_not_public(address) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_of_the_public_web_is_public(address) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", SPELLINGS)
def test_an_address_is_seen_however_it_is_spelled(host) -> None:
    address = literal(host)
    assert address is not None
    assert not is_public(address)


@pytest.mark.parametrize("host", ["www.example.org", "10.example.org", "127.0.0.1.example", "1.2.3.4.5", "x" * 300, ""])
def test_a_name_is_no_address(host) -> None:
    assert literal(host) is None


def test_an_operator_may_allow_a_host_with_a_port_or_with_all() -> None:
    addresses = Addresses(["intranet.example", "10.0.0.5:8080", "[fd00::5]:81"])
    private = ipaddress.ip_address("10.0.0.5")
    assert addresses.allows("intranet.example", 443, private)
    assert addresses.allows("10.0.0.5", 8080, private)
    assert addresses.allows("fd00::5", 81, ipaddress.ip_address("fd00::5"))
    assert not addresses.allows("10.0.0.5", 22, private)
    assert not addresses.allows("evil.example", 8080, private)


def test_a_site_file_allows_the_address_that_it_spells_out_and_no_name() -> None:
    site = Site(
        id="mill",
        name={"en": "Mill"},
        languages=["en"],
        zone="UTC",
        home="http://10.0.0.5:8080/",
        feeds=[{"url": "https://[fd00::5]/feed"}],
        listings=[{"url": "http://intranet.example/", "links": "css:a"}],
        checked="never",
    )
    assert own_addresses([site]) == {"10.0.0.5:8080", "[fd00::5]:443"}


def test_a_name_that_leads_inward_only_the_second_time_is_refused_then() -> None:
    resolver = GuardedResolver(Names("8.8.8.8", "127.0.0.1", "::ffff:169.254.169.254"), Addresses())
    connections = [Connector(), Connector(), Connector()]
    for connector in connections:
        resolver.resolveHostName(connector, "rebound.example", 80)
    assert [connector.addresses for connector in connections] == [["8.8.8.8"], [], []]
    assert resolver.refused("rebound.example", 80) == "::ffff:169.254.169.254"
