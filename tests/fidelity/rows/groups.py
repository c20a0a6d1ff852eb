"""Messages to groups."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_TESTS = "web/graph/messages/test_graph_groups.py::test_"
_PAGE = "D/groups/groups-messaging"

GROUPS = Area(
    "Groups",
    (
        proven(
            "A group is addressed by its id with `recipient_type` `group`; the answer names it.",
            Basis.DOCUMENTED,
            _PAGE,
            f"{_TESTS}a_message_to_a_group_is_answered_with_the_group",
        ),
        proven(
            "A group hears `sent` once, and `delivered` and `read` of each participant.",
            Basis.DOCUMENTED,
            "D/groups/webhooks",
            f"{_TESTS}a_group_hears_sent_once_and_the_rest_from_everybody",
        ),
        proven(
            "The window of a group is its own: anybody's message in it opens it for 24 hours.",
            Basis.DOCUMENTED,
            _PAGE,
            f"{_TESTS}the_window_of_a_group_is_its_own",
            f"{_TESTS}the_window_of_a_group_closes_after_24_hours",
        ),
        proven(
            "Groups take texts, files, pins, and templates without codes; anything else is 131051.",
            Basis.DOCUMENTED,
            _PAGE,
            f"{_TESTS}groups_take_texts_files_and_pins",
            f"{_TESTS}a_code_is_not_for_a_group",
            f"{_TESTS}a_pin_is_not_for_a_person",
            unsure="which code refuses them is inferred",
        ),
        proven(
            "People write texts and send files in groups, and react; what else they send is `unsupported`.",
            Basis.DOCUMENTED,
            _PAGE,
            "sandbox/messages/received/test_what_phones_let_people_do.py::test_files_are_sent_in_groups",
            "web/control/people/test_control_people.py::test_a_file_is_sent_in_a_group",
        ),
        proven(
            "131041 for an unknown group, 131020 for an empty one, 131207 (403) for one that is suspended.",
            Basis.DOCUMENTED,
            "D/groups/error-codes",
            f"{_TESTS}a_group_that_cannot_be_written_in_says_why",
        ),
    ),
)
