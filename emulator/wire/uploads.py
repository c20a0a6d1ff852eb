"""Uploads in pieces: the name of a session, and the handle that its end gives.

Forms: Meta's Postman collection of May 2026 and handles in public reports.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from hashlib import sha256

HANDLE_LIFETIME = timedelta(days=30)


def session(upload_id: str) -> str:
    """The id that a client is given; its signature travels as the query of the calls that follow."""
    return f"{upload_id}?sig={_mark(upload_id, 'sig')}"


def handle(upload_id: str, app_id: str, file_type: str, at: datetime) -> str:
    """What stands for the uploaded file in the example of a template's header."""
    kind = base64.b64encode(file_type.encode()).decode()
    until = int((at + HANDLE_LIFETIME).timestamp())
    user = str(int(sha256(app_id.encode()).hexdigest()[:12], 16))
    return f"4::{kind}:{_mark(upload_id, 'token')}:e:{until}:{app_id}:{user}:{_mark(upload_id, 'end')}"


def _mark(upload_id: str, purpose: str) -> str:
    digest = sha256(f"{purpose}:{upload_id}".encode()).digest()
    return "AR" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
