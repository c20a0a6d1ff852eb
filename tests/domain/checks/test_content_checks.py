"""The files and the orders of a message."""

from __future__ import annotations

import pytest
from kit.refusals import refusal_of

from emulator.domain.checks.content import ShownFile, files_can_be_shown
from emulator.domain.media import MEGABYTE, File

PICTURE = ShownFile("image", File("image/png", 1))
TOO_LARGE = ShownFile("image", File("image/png", 5 * MEGABYTE + 1))
NOT_FOUND = ShownFile("image", None, "http code 404, status message Not Found")
UNSEEN = ShownFile("image", None)


@pytest.mark.parametrize("files", [(), (PICTURE,), (UNSEEN,), (PICTURE, UNSEEN, PICTURE)])
def test_files_that_can_be_shown_pass(files: tuple[ShownFile, ...]) -> None:
    """So does a link at which nobody looks."""
    files_can_be_shown(files)


@pytest.mark.parametrize(
    ("files", "details"),
    [
        ((NOT_FOUND,), "Downloading media from weblink failed with http code 404, status message Not Found"),
        ((PICTURE, NOT_FOUND), "Downloading media from weblink failed with http code 404"),
        ((PICTURE, UNSEEN, TOO_LARGE), "Image file has size 5242881 bytes but must be atmost 5242880 bytes"),
        ((TOO_LARGE, NOT_FOUND), "Image file has size 5242881 bytes"),
    ],
)
def test_the_first_file_that_cannot_be_shown_fails_the_message(
    files: tuple[ShownFile, ...], details: str
) -> None:
    """131053, wherever it stands."""
    refused = refusal_of(files_can_be_shown, files)

    assert refused.code == 131053
    assert (refused.details or "").startswith(details)
