"""Meta's own names for what the emulator stands in for; clients often have them written into their code."""

from __future__ import annotations

from urllib.parse import urlsplit

GRAPH = "graph.facebook.com"
"""The Graph API, as Meta's pages and nearly every client name it."""
DOWNLOADS = "lookaside.fbsbx.com"
"""The files that people and businesses sent: the host of the addresses that ``GET /{media_id}`` gives."""
PLATFORM_HOSTS = {
    GRAPH: "the Graph API",
    "graph.whatsapp.com": "the Graph API by its other name",
    DOWNLOADS: "downloads of media",
}
"""Each host with what it serves; all of them are served over https alone."""


def is_platform_host(host: object) -> bool:
    """Whether a host, as text or as bytes, is one of Meta's: in any case, with or without the final dot.

    Anything else, such as ``None`` for no host, is not.
    """
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    return isinstance(host, str) and host.lower().removesuffix(".") in PLATFORM_HOSTS


def downloads_at(base_url: str) -> str:
    """Say what addresses of downloads begin with for whoever has called by ``base_url``.

    Callers by one of Meta's hosts get Meta's host for downloads, which is brought to the emulator in the same
    way; everybody else gets the address that they have called.
    """
    return f"https://{DOWNLOADS}" if is_platform_host(urlsplit(base_url).hostname) else base_url
