"""Whether a webhook as the platform sends it is taken at all, and what stands in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from emulator.doctor.rule import Outcome, failed, not_judged, passed, warning

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination

_CSRF = (401, 403, 400, 419)
"""What frameworks refuse a form with that has no token of theirs: 403 Django, 400 Flask-WTF, 419 Laravel."""


def accepted(examination: Examination) -> Outcome:
    """A signed text is taken."""
    first = examination.first
    if first.is_accepted:
        return passed(f"a signed text was answered {first}")
    return failed(f"a signed text was answered {first}")


def status_200(examination: Examination) -> Outcome:
    """The status is 200 and no other success."""
    first = examination.first
    return passed("answered 200") if first.status == 200 else warning(f"answered {first}, not 200")


def not_behind_csrf(examination: Examination) -> Outcome:
    """No protection of forms stands before the callback."""
    first = examination.first
    if first.is_accepted:
        return passed("a POST without a CSRF token was taken")
    if first.status in _CSRF and "csrf" in f"{first.text} {first.problem or ''}".lower():
        return failed(f"a signed text was answered {first.status} for want of a CSRF token")
    if first.status == 419:
        return failed("a signed text was answered 419, as Laravel answers a form without its CSRF token")
    if first.is_refused and not first.text.strip():
        return not_judged(f"the text of the answer; a signed text was answered {first.status}")
    return passed(f"answered {first.status}, and not for want of a CSRF token")


def not_redirected(examination: Examination) -> Outcome:
    """The webhook is not sent elsewhere."""
    first = examination.first
    if first.status is not None and 300 <= first.status < 400:
        return failed(f"a signed text was answered {first.status}, a redirect")
    return passed("no redirect")


def https(examination: Examination) -> Outcome:
    """The callback is reached by HTTPS."""
    scheme = urlsplit(examination.callback.url).scheme
    if scheme == "https":
        return passed("the URL is https, and its certificate is trusted")
    return failed(f"the URL is {scheme}")
