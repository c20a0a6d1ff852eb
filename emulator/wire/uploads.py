"""Resumable uploads: the id of a session, and the handle of the uploaded file.

Forms: Meta's Postman collection of May 2026 and handles in public reports.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from emulator.domain.media import Upload

HANDLE_LIFETIME = timedelta(days=30)
"""How long after the upload a handle says that it is valid."""


def session(upload_id: str) -> str:
    """Build the session id that a client gets: the upload's id with a signature as its query.

    The client puts it whole into the path of the calls that follow.
    """
    return f"{upload_id}?sig={_mark(upload_id, 'sig')}"


def handle(upload_id: str, app_id: str, file_type: str, at: datetime) -> str:
    """Build the handle of an uploaded file, which stands for it in the example of a template's header.

    It names the file's type, the app, and until when it is valid: 30 days from ``at``.
    """
    kind = base64.b64encode(file_type.encode()).decode()
    until = int((at + HANDLE_LIFETIME).timestamp())
    user = str(int(sha256(app_id.encode()).hexdigest()[:12], 16))
    return f"4::{kind}:{_mark(upload_id, 'token')}:e:{until}:{app_id}:{user}:{_mark(upload_id, 'end')}"


def is_handle_of(given: str, upload: Upload, at: datetime) -> bool:
    """Say whether a handle is the one that an ``upload`` ended with, and valid at the instant ``at``."""
    parts = given.split(":")
    until = parts[5] if len(parts) == 9 else ""
    if not (until.isascii() and until.isdigit() and len(until) < 15) or int(until) < at.timestamp():
        return False
    made = datetime.fromtimestamp(int(until), UTC) - HANDLE_LIFETIME
    return given == handle(upload.id, upload.app_id, upload.file_type, made)


def _mark(upload_id: str, purpose: str) -> str:
    digest = sha256(f"{purpose}:{upload_id}".encode()).digest()
    return "AR" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
