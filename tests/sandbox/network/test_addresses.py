"""Which addresses may be connected to: judged when they are resolved, whatever their spelling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from ipaddress import ip_address

import pytest
from kit.hosts import Host, again_and_again, host, resolve_to

from emulator.sandbox.network.addresses import CLASSES, AddressPolicy, Permission, classify
from emulator.sandbox.network.client import Client
from emulator.sandbox.network.connection import Answer
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.plain_answer import PlainAnswer
from emulator.sandbox.network.problems import AddressRefused, BadUrl, NoSuchHost
from emulator.sandbox.network.urls import read_url

NONE, PUBLIC, NAMED, NEVER = Permission
EDGES = [
    # one machine
    ("127.0.0.0", "loopback"),
    ("127.255.255.255", "loopback"),
    ("::1", "loopback"),
    ("0.0.0.0", "unspecified"),
    ("::", "unspecified"),
    ("::ffff:127.0.0.1", "loopback"),
    # private networks, and what lies beside them
    ("9.255.255.255", "public"),
    ("10.0.0.0", "private"),
    ("10.255.255.255", "private"),
    ("11.0.0.0", "public"),
    ("172.15.255.255", "public"),
    ("172.16.0.0", "private"),
    ("172.31.255.255", "private"),
    ("172.32.0.0", "public"),
    ("192.167.255.255", "public"),
    ("192.168.0.0", "private"),
    ("192.168.255.255", "private"),
    ("192.169.0.0", "public"),
    ("fc00::", "private"),
    ("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private"),
    ("::ffff:10.1.2.3", "private"),
    # the metadata of clouds, and link-local addresses
    ("169.253.255.255", "public"),
    ("169.254.0.0", "link-local"),
    ("169.254.169.253", "link-local"),
    ("169.254.169.254", "cloud metadata"),
    ("169.254.255.255", "link-local"),
    ("169.255.0.0", "public"),
    ("fe80::", "link-local"),
    ("febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local"),
    ("fd00:ec2::254", "cloud metadata"),
    ("fd00:ec2::253", "private"),
    ("fd20:ce::254", "cloud metadata"),
    ("100.100.100.200", "cloud metadata"),
    ("168.63.129.16", "cloud metadata"),
    ("192.0.0.192", "cloud metadata"),
    ("::ffff:169.254.169.254", "cloud metadata"),
    # set apart, and on no private network
    ("100.63.255.255", "public"),
    ("100.64.0.0", "special-purpose"),
    ("100.127.255.255", "special-purpose"),
    ("100.128.0.0", "public"),
    ("198.17.255.255", "public"),
    ("198.18.0.0", "special-purpose"),
    ("198.19.255.255", "special-purpose"),
    ("198.20.0.0", "public"),
    ("192.0.2.1", "special-purpose"),
    ("198.51.100.1", "special-purpose"),
    ("203.0.113.1", "special-purpose"),
    ("2001:db8::1", "special-purpose"),
    # no host
    ("0.0.0.1", "reserved"),
    ("0.255.255.255", "reserved"),
    ("223.255.255.255", "public"),
    ("224.0.0.0", "multicast"),
    ("239.255.255.255", "multicast"),
    ("240.0.0.0", "reserved"),
    ("255.255.255.255", "reserved"),
    ("ff02::1", "multicast"),
    ("::7f00:1", "reserved"),
    # what a gateway passes on
    ("64:ff9b::808:808", "public"),
    ("64:ff9b::7f00:1", "public"),
    ("64:ff9b::a9fe:a9fe", "cloud metadata"),
    ("2002:808:808::1", "public"),
    ("2002:a9fe:101::", "link-local"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "special-purpose"),
    # the internet
    ("8.8.8.8", "public"),
    ("::ffff:8.8.8.8", "public"),
    ("2606:4700::1111", "public"),
]


@pytest.mark.parametrize(("address", "name"), EDGES)
def test_an_address_has_one_class(address: str, name: str) -> None:
    """Both sides of the edge of each class, in both versions of the protocol."""
    assert classify(ip_address(address)).name == name


def test_every_class_holds_its_examples() -> None:
    """As the page of addresses shows them."""
    assert {example: classify(ip_address(example)).name for each in CLASSES for example in each.examples} == {
        example: each.name for each in CLASSES for example in each.examples
    }


@pytest.mark.parametrize(
    ("policy", "let"),
    [
        (AddressPolicy(), {NONE}),
        (AddressPolicy(allow_public=True), {NONE, PUBLIC}),
        (AddressPolicy(allow_hosts=frozenset({"host.test"})), {NONE, PUBLIC, NAMED}),
        (AddressPolicy(allow_public=True, allow_hosts=frozenset({"other.test"})), {NONE, PUBLIC}),
        (AddressPolicy(allow_public=True, allow_hosts=frozenset({"HOST.test."})), {NONE, PUBLIC, NAMED}),
    ],
)
def test_options_let_what_they_say(policy: AddressPolicy, let: set[Permission]) -> None:
    """``--allow-public`` never lets link-local addresses, and nothing lets what is no host."""
    found = set()
    for each in CLASSES:
        try:
            policy.check("host.test", ip_address(each.examples[0]))
        except AddressRefused:
            continue
        found.add(each.permission)

    assert found == let


@pytest.mark.parametrize("named", ["169.254.10.3", "[fe80::1]", "fe80::1"])
def test_an_address_may_be_named_itself(named: str) -> None:
    """As it stands in a URL; its neighbour is not let with it."""
    policy = AddressPolicy(allow_hosts=frozenset({named}))
    address = ip_address(named.strip("[]"))

    policy.check("some.test", address)
    with pytest.raises(AddressRefused):
        policy.check("some.test", address + 1)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://8.8.8.8/", "8.8.8.8 is a public address"),
        ("http://8.8.8.8./", "8.8.8.8. leads to 8.8.8.8, a public address"),
        ("http://134744072/", "134744072 leads to 8.8.8.8, a public address"),
        ("http://0x08080808/", "0x08080808 leads to 8.8.8.8, a public address"),
        ("http://0x8.8.8.8/", "0x8.8.8.8 leads to 8.8.8.8, a public address"),
        ("http://010.010.010.010/", "010.010.010.010 leads to 8.8.8.8, a public address"),
        ("http://8.8/", "8.8 leads to 8.0.0.8, a public address"),
        ("http://８.８.８.８/", "8.8.8.8 is a public address"),
        ("http://127.0.0.1@8.8.8.8/", "8.8.8.8 is a public address"),
        ("http://127.0.0.1:80@8.8.8.8/", "8.8.8.8 is a public address"),
        ("http://8.8.8.8#@127.0.0.1/", "8.8.8.8 is a public address"),
        ("http://8.8.8.8?@127.0.0.1/", "8.8.8.8 is a public address"),
        (
            "http://[::ffff:8.8.8.8]/",
            "::ffff:8.8.8.8 .*a public address",
        ),
        ("http://[::ffff:808:808]/", "::ffff:808:808 .*a public address"),
        ("http://[64:ff9b::808:808]/", "64:ff9b::808:808 is a public address"),
        ("http://198.18.0.1/", "198.18.0.1 is a special-purpose address"),
        ("http://169.254.1.1/", "169.254.1.1 is a link-local address: .*only with --allow-host 169.254.1.1"),
        ("http://2852039166/", "2852039166 leads to 169.254.169.254, a cloud metadata address"),
        ("http://[::ffff:a9fe:a9fe]/", "a cloud metadata address"),
        ("http://[fe80::1%25lo]/", "a link-local address"),
        ("http://224.0.0.1/", "224.0.0.1 is a multicast address: .*nothing can be sent there"),
        ("http://255.255.255.255/", "255.255.255.255 is a reserved address"),
    ],
)
def test_no_spelling_gets_around_the_table(url: str, said: str) -> None:
    """The address counts: numbers, octal and short forms, IPv6, and a user name that looks like a host."""
    with pytest.raises(AddressRefused, match=said), exchange(Client(AddressPolicy()), url):
        pass


@pytest.mark.parametrize(
    "url",
    ["http://%31%32%37.0.0.1/", "http://a b/", "http://127.0.0.1\\@8.8.8.8/", "http://<script>/", "http:///"],
)
def test_what_is_no_host_is_no_url(url: str) -> None:
    """Nobody guesses what was meant."""
    with pytest.raises(BadUrl):
        read_url(url)


@pytest.fixture
def here() -> Iterator[Host]:
    with host(again_and_again) as made:
        yield made


@pytest.mark.parametrize(
    "spelling", ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.1", "localhost", "0.0.0.0"]
)
def test_this_machine_is_reached_by_all_its_spellings(here: Host, spelling: str) -> None:
    """A server prints ``0.0.0.0`` as its address, and a connection to it is one to loopback."""
    with exchange(Client(AddressPolicy()), f"http://{spelling}:{here.port}/") as answer:
        assert answer.status == 200


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(
    here: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    asked = resolve_to(monkeypatch, "rebound.test", ["127.0.0.1"], ["8.8.8.8"])

    with exchange(Client(AddressPolicy()), f"http://rebound.test:{here.port}/") as answer:
        assert answer.status == 200

    assert asked == ["rebound.test"]
    assert f"Host: rebound.test:{here.port}".encode() in here.requests[0]


def test_of_several_addresses_those_that_are_let_are_tried(
    here: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name on the local network often has a link-local address beside its private one."""
    resolve_to(monkeypatch, "both.test", ["fe80::1", "8.8.8.8", "127.0.0.1"])

    with exchange(Client(AddressPolicy()), f"http://both.test:{here.port}/") as answer:
        assert answer.status == 200


def test_the_next_address_is_tried_when_one_does_not_answer(
    here: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``localhost`` often has two, of which a server listens at one."""
    resolve_to(monkeypatch, "both.test", ["::1", "127.0.0.2", "127.0.0.1"])

    with exchange(Client(AddressPolicy()), f"http://both.test:{here.port}/") as answer:
        assert answer.status == 200


def test_a_name_that_leads_to_what_is_not_let_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name, the address, the reason and the option."""
    resolve_to(monkeypatch, "metadata.test", ["169.254.169.254"])

    with (
        pytest.raises(AddressRefused) as refused,
        exchange(Client(AddressPolicy(allow_public=True)), "http://metadata.test/"),
    ):
        pass

    assert str(refused.value) == (
        "metadata.test leads to 169.254.169.254, a cloud metadata address: clouds give the credentials of a "
        "machine to whoever asks there; webhooks and media links go there only with "
        "--allow-host metadata.test"
    )


def test_a_name_without_an_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mistyped it finds it."""
    resolve_to(monkeypatch, "nobody.test")

    with (
        pytest.raises(NoSuchHost, match=r"no such host: nobody.test \(.*Name or service"),
        exchange(Client(AddressPolicy()), "http://nobody.test/"),
    ):
        pass


def exchange(client: Client, url: str) -> AbstractContextManager[Answer | PlainAnswer]:
    return client.exchange("GET", read_url(url), {}, Deadline(10))
