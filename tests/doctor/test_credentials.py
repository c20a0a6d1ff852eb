"""The seed of a throw-away sandbox, with what is known of the app that is examined."""

from __future__ import annotations

from typing import Any

import pytest

from emulator import Emulator, SeedError, defaults
from emulator.doctor.credentials import seed_with

KNOWN = {
    "secret": "a" * 32,
    "verify_token": "mine",
    "access_token": "EAAB",
    "waba_id": "777777",
    "phone_number_id": "888888",
}


def told(seed: Any) -> dict[str, Any]:
    """What a sandbox of the seed has of each."""
    with Emulator() as emulator:
        identity = emulator.create("default", seed).identity()
    return {
        "secret": identity["app_secret"],
        "verify_token": identity["verify_token"],
        "access_token": identity["access_token"],
        "waba_id": identity["waba_id"],
        "phone_number_id": identity["numbers"][0]["phone_number_id"],
    }


@pytest.mark.parametrize("seed", ["default", "shop"])
def test_what_is_known_replaces_what_the_seed_has(seed: str) -> None:
    """The rest of the seed, its templates and people, stays."""
    assert told(seed_with(seed, **KNOWN)) == KNOWN


def test_one_of_them_alone_leaves_the_others() -> None:
    """And so does an empty one, as a variable of the environment may be."""
    found = told(seed_with("default", secret="b" * 32, verify_token="", waba_id=None))

    assert (found["secret"], found["verify_token"]) == ("b" * 32, defaults.VERIFY_TOKEN)
    assert found["waba_id"] == defaults.WABA_ID


def test_without_any_the_seed_is_as_it_was() -> None:
    """It is not even read."""
    assert seed_with("not-there", secret=None) == "not-there"


def test_the_first_of_several_is_meant() -> None:
    """Where a seed lists apps and WABAs; the mapping that was given stays as it was."""
    seed: dict[str, Any] = {"apps": [{"id": "1", "secret": "x"}, {"id": "2", "secret": "y"}]}

    written: Any = seed_with(seed, secret="mine")

    assert [app["secret"] for app in written["apps"]] == ["mine", "y"]
    assert seed["apps"][0]["secret"] == "x"


def test_a_seed_that_cannot_be_read_is_told() -> None:
    """As wherever a seed is named."""
    with pytest.raises(SeedError, match="there is no such seed"):
        seed_with("not-there", secret="mine")
