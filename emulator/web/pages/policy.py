"""What browsers are told with everything that the page is made of."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from emulator.sandbox.transcript_formats import STYLE

_TRANSCRIPT_STYLE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
"""The style sheet of transcripts, which are shown in a frame that has this policy, too."""
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {_TRANSCRIPT_STYLE}",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "frame-src blob:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""What the browser may load and run for the page: what this server gives, nothing written inside of it, and
no text that is made markup of. A frame shows a file that the page itself has made, and runs nothing."""
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
