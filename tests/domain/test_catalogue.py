"""The catalogue of refusals: complete, in order, and worded as the platform words them."""

from __future__ import annotations

import pytest

from emulator.domain.catalogue import CATALOGUE, DISPUTED, Basis, CatalogueEntry, ErrorChannel, Layer
from emulator.domain.errors import GraphError, MessageError, TemplateEditorError, message_error, refuse

HINT = "It came so; send something else."


def span(first: int, last: int) -> range:
    return range(first, last + 1)


LISTED = {
    *(0, 1, 2, 3, 4, 10, 17, 33, 100, 102, 104, 190, 192, 200, 341, 368, 506, 613, 2046, 2047, 2200, 2500),
    *(458, 459, 460, 463, 464, 467, 492, 80007, 80008, 200005, 200006, 200007, 1609005, 1752041),
    *(130403, 130429, 130472, 130497, 130501),
    *(131000, 131002, 131005, 131008, 131009, 131016, 131020, 131021, 131026, 131030, 131031, 131037),
    *(131041, 131042, 131044, 131045, *span(131047, 131053), *span(131055, 131060), *span(131062, 131064)),
    *(*span(131201, 131204), *span(131207, 131215)),
    *(132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132021, 132068, 132069),
    *(133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016),
    *(134011, 134100, 134101, 134102, 135000, 136024, 136025, 137000),
    *(*span(138000, 138007), 138009, *span(138012, 138015), *span(138017, 138023)),
    *(*span(139000, 139004), *span(139100, 139103), 139200, *span(147001, 147005)),
    *(
        2388001,
        2388012,
        2388019,
        *span(2388023, 2388025),
        2388039,
        2388040,
        2388042,
        2388043,
        2388046,
        2388049,
    ),
    *(
        2388047,
        2388050,
        2388052,
        2388060,
        2388072,
        2388073,
        2388081,
        2388091,
        2388093,
        2388094,
        2388103,
        2388155,
    ),
    *(
        2388185,
        2388273,
        2388293,
        2388299,
        2388318,
        2388330,
        2494100,
        2494102,
        *span(2494164, 2494168),
        2494176,
        2494177,
        2494179,
    ),
    *(2593002, 2593079, 2593085, 2593107, 2593108, 3835031),
}
"""Every number in Meta's pages and in public reports of their answers."""


def test_every_known_refusal_is_in_the_catalogue() -> None:
    """None is missing, none is there that nobody has seen; in order."""
    assert set(CATALOGUE) == LISTED
    assert list(CATALOGUE) == sorted(CATALOGUE)


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: str(entry.number))
def test_every_refusal_says_when_it_comes_and_how_one_knows(entry: CatalogueEntry) -> None:
    """A trigger in words, a page, a status that an error may have."""
    assert entry.trigger
    assert entry.title
    assert entry.source.startswith("https://developers.facebook.com/")
    assert entry.status == 206 or 400 <= entry.status < 600
    assert entry.status not in entry.disputed


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: str(entry.number))
def test_only_the_messaging_services_tell_later_and_tell_details(entry: CatalogueEntry) -> None:
    """What Graph and its forms refuse stands in the answer; forms have something to show."""
    if entry.layer is not Layer.MESSAGING:
        assert entry.channels == (ErrorChannel.SYNC,)
        assert entry.details is None
    assert (entry.layer is Layer.USER_FACING) == bool(entry.user_title and entry.user_message)


def test_the_usual_way_comes_first() -> None:
    """``both`` means at once unless somebody asks."""
    assert CATALOGUE[130429].channels == (ErrorChannel.SYNC, ErrorChannel.ASYNC, ErrorChannel.DELIVERED)
    assert CATALOGUE[131049].channels == (ErrorChannel.ASYNC, ErrorChannel.SYNC, ErrorChannel.DELIVERED)
    assert CATALOGUE[131051].channels == (ErrorChannel.INBOUND, ErrorChannel.SYNC)
    assert CATALOGUE[190].channels == (ErrorChannel.SYNC,)


def test_a_subcode_is_returned_under_its_code() -> None:
    """What one asks for is the subcode; the body says code 100, or 190."""
    assert (CATALOGUE[2388040].body_code, CATALOGUE[2388040].subcode) == (100, 2388040)
    assert (CATALOGUE[463].body_code, CATALOGUE[463].subcode) == (190, 463)
    assert (CATALOGUE[33].body_code, CATALOGUE[33].subcode) == (100, 33)
    assert CATALOGUE[2388091].subcode == CATALOGUE[136024].subcode == 2388091


def test_the_disputed_statuses_begin_with_the_documented_one() -> None:
    """The candidates of the best-known disputes."""
    assert DISPUTED[132001] == (404, 400)
    assert DISPUTED[130429] == (400, 429)
    assert DISPUTED[131056] == (400, 403, 429)
    assert DISPUTED[4] == (400, 403)
    assert DISPUTED[80007] == (400, 429)
    assert DISPUTED[190] == (401, 400)
    assert DISPUTED[131031] == (403, 400)
    assert {131042, 131048, 133010} <= set(DISPUTED)


def test_what_was_recorded_is_worded_as_recorded() -> None:
    """A sample of rows against the answers and webhooks they come from."""
    assert CATALOGUE[131030].basis is Basis.RECORDED
    assert CATALOGUE[131030].message == "(#131030) Recipient phone number not in allowed list"
    assert CATALOGUE[190].message == "Invalid OAuth access token - Cannot parse access token"
    assert CATALOGUE[104].message == "An access token is required to request this resource."
    assert CATALOGUE[2593002].message == "Invalid parameter"
    assert CATALOGUE[136024].message == "(#136024) Request code error"


def test_a_refusal_is_built_as_its_layer_tells_it() -> None:
    """The class decides which members the body has."""
    assert type(refuse(131047, hint=HINT)) is MessageError
    assert type(refuse(4, hint=HINT)) is GraphError
    assert type(refuse(2388040, hint=HINT)) is TemplateEditorError


def test_an_answer_and_a_webhook_may_word_it_differently() -> None:
    """Each has its own title and details; by default the channel it is usually reported in."""
    assert (refuse(130429, hint=HINT).details, refuse(130429, by_webhook=True, hint=HINT).details) == (
        "Cloud API message throughput has been reached.",
        "Message failed to send because there were too many messages sent from this phone number in a short "
        "period of time",
    )
    assert message_error(131048, hint=HINT).title == "Spam Rate limit hit"
    assert refuse(131048, by_webhook=False, hint=HINT).message == "(#131048) Spam rate limit hit"
    assert message_error(131051, hint=HINT).title == "Unsupported message type"
    assert refuse(131051, by_webhook=True, hint=HINT).message == "(#131051) Message type unknown"


def test_given_details_replace_the_usual_ones() -> None:
    """In either wording; of a form, they are what it shows."""
    assert refuse(130429, "Slow down.", hint=HINT).details == "Slow down."
    assert refuse(130429, "Slow down.", by_webhook=True, hint=HINT).details == "Slow down."
    shown = refuse(2388040, "The body is too long.", hint=HINT)
    assert isinstance(shown, TemplateEditorError)
    assert shown.user_message == "The body is too long."


def test_words_fill_in_what_the_platform_prints_about_a_call() -> None:
    """The path, the object, the instants."""
    words = {"verb": "get", "id": "123", "path": "/me", "expired": "Friday", "now": "Sunday"}

    assert refuse(2500, words=words, hint=HINT).message == "Unknown path components: /me"
    assert refuse(33, words=words, hint=HINT).message.startswith(
        "Unsupported get request. Object with ID '123' does"
    )
    assert refuse(463, words=words, hint=HINT).message == (
        "Error validating access token: Session has expired on Friday. The current time is Sunday."
    )
