"""Files by the control API: their bytes, for who looks at a sandbox; never a page of this address."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from kit.control import Control, problem_of
from kit.identities import SHEENA
from kit.times import MICROSECOND

from emulator import Sandbox
from emulator.domain.media import RECEIVED_LIFETIME

BYTES = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 600


def sent(sandbox: Sandbox, mime_type: str, kind: str = "document", data: bytes = BYTES) -> str:
    """The media id of a file that Sheena sends."""
    return str(sandbox.people.show(SHEENA, kind, BytesIO(data), mime_type).content["id"])


def test_the_bytes_of_a_file_come_with_its_type(control: Control, sandbox: Sandbox) -> None:
    """Without the access token that the platform's own address asks for."""
    answer = control.get(f"/media/{sent(sandbox, 'image/png', 'image')}")

    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", BYTES)
    assert answer.content_length == len(BYTES)


@pytest.mark.parametrize("mime_type", ["text/html", "image/svg+xml", "application/xhtml+xml"])
def test_a_file_that_is_a_page_is_never_shown_as_one(
    control: Control, sandbox: Sandbox, mime_type: str
) -> None:
    """A script in it would have this address; so it is downloaded, in a box of its own, as what it is said to
    be."""
    answer = control.get(f"/media/{sent(sandbox, mime_type, data=b'<script>alert(1)</script>')}")

    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_whose_time_is_over_is_gone(control: Control, sandbox: Sandbox) -> None:
    """Seven simulated days after its message, to the microsecond."""
    path = f"/media/{sent(sandbox, 'application/pdf')}"

    sandbox.clock.advance(RECEIVED_LIFETIME - MICROSECOND)
    before = control.get(path).status_code
    sandbox.clock.advance(MICROSECOND)
    after = control.get(path)

    assert before == 200
    assert problem_of(after)[0] == 404


def test_a_file_that_there_never_was_is_answered_with_404(control: Control, sandbox: Sandbox) -> None:
    """With a sentence."""
    assert problem_of(control.get("/media/123")) == (
        404,
        "there is no file 123: it was deleted, or its time is over",
    )


def test_no_file_is_left_open(control: Control, sandbox: Sandbox) -> None:
    """An answer that nobody reads to its end gives its file back, too."""
    media = sandbox.media.find(sent(sandbox, "application/pdf"))
    assert media is not None
    answer = control.get(f"/media/{media.id}", buffered=False)
    answer.close()

    sandbox.clock.advance(timedelta(days=1))
    assert control.get(f"/media/{media.id}").data == BYTES
