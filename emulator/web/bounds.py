"""What of a request is taken: its methods, and how many bytes its body may have."""

from __future__ import annotations

from emulator.web.boundary import CONTROL

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
"""The methods that the Graph API knows."""
MULTIPART = "multipart/form-data"
"""The type of a body that carries files."""
MAX_BODY = 4 * 1024 * 1024
"""Bytes of a request body; a larger one is answered with 413."""
MAX_UPLOAD = 101 * 1024 * 1024
"""Bytes of a body that carries a file: the largest document, and what stands around it."""


def largest_body(path: str, content_type: str, max_snapshot: int = MAX_BODY) -> int:
    """Say how many bytes the body of a request may have; ``max_snapshot`` that of a snapshot to restore."""
    if path.startswith(f"{CONTROL}/"):  # it explains itself what is too large for a route
        return max_snapshot if path.endswith("/snapshot") else MAX_UPLOAD
    mimetype = content_type.partition(";")[0].strip().lower()
    return MAX_UPLOAD if mimetype == MULTIPART or is_raw(path) else MAX_BODY


def is_raw(path: str) -> bool:
    """Whether the body is the bytes of a file: the platform's own examples send them typed as a form."""
    return path.rpartition("/")[2].startswith("upload:")
