"""Small files of every type the platform takes, and a web server that has them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from flask import Flask, Response, abort

from emulator import Server


def _png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + b"\x2e\x8b\x57" * width) * height))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def _mp4() -> bytes:
    brand = b"isom" + struct.pack(">I", 512) + b"isommp41"
    return struct.pack(">I4s", 8 + len(brand), b"ftyp") + brand + struct.pack(">I4s", 8, b"mdat")


def _ogg() -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48000, 0, 0)
    return b"OggS" + struct.pack("<BBqIIIBB", 0, 2, 0, 1, 0, 0, 1, len(head)) + head


def _webp(width: int, height: int) -> bytes:
    image = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\0\0\0"
    chunk = b"VP8L" + struct.pack("<I", len(image)) + image
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


FILES: Mapping[str, tuple[str, bytes]] = {
    "fern.png": ("image/png", _png(8, 8)),
    "water.mp4": ("video/mp4", _mp4()),
    "birds.mp3": ("audio/mpeg", b"ID3\x03\0\0\0\0\0\0\xff\xfb\x90\x64" + bytes(413)),
    "note.ogg": ("audio/ogg", _ogg()),
    "prices.pdf": ("application/pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"),
    "cactus.webp": ("image/webp", _webp(512, 512)),
}
"""Name, type and bytes of each file."""


def serve() -> Server:
    """A server whose ``/fern.png`` is the file of that name."""
    app = Flask("shelf")

    @app.get("/<name>")
    def file(name: str) -> Response:
        if name not in FILES:
            abort(404)
        content_type, content = FILES[name]
        return Response(content, content_type=content_type)

    return Server(app)
