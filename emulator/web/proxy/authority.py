"""Our own certificate authority, which vouches that the emulator is one of Meta's hosts.

It is made anew for each test run, or once for each user and kept in a folder of theirs; none is shipped. Only
programs that are told to trust it do, and it issues certificates for :data:`PLATFORM_HOSTS` alone.
"""

from __future__ import annotations

import errno
import os
import ssl
import stat
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from emulator.domain.graph.hosts import PLATFORM_HOSTS

if TYPE_CHECKING:
    import trustme

_KEPT, _CERTIFICATE = "authority.pem", "ca.pem"
_NAME = "WhatsApp emulator on this machine"


class MissingTls(ConnectionError):
    """The extra ``tls`` is not installed; an :class:`OSError`, so that clients hand it on to their caller."""

    def __init__(self) -> None:
        super().__init__(
            errno.ECONNREFUSED,
            "TLS for Meta's hosts needs the package trustme: `pip install whatsapp-emulator[tls]`. "
            "In a test, httpx and requests need no TLS; other clients do.",
        )

    def __reduce__(self) -> tuple[type[MissingTls], tuple[()]]:
        return MissingTls, ()


class UnsafeKey(ValueError):
    """A kept key that others than its user may read or replace; the sentence says what to do."""


class Authority:
    """A certificate authority: its certificate, for those who are to trust it, and the contexts of TLS.

    ``kept_in`` is the file of its certificate, ``None`` for one that lives in this process alone.
    """

    def __init__(self, ca: trustme.CA, kept_in: Path | None = None) -> None:
        self._ca = ca
        self.kept_in = kept_in

    @classmethod
    def new(cls) -> Authority:
        """Make one that lives as long as this process. Raises :class:`MissingTls` without trustme."""
        return cls(_made())

    @classmethod
    def kept(cls, folder: Path) -> Authority:
        """Take up the one that is kept in ``folder``, or make it there.

        The key is in ``authority.pem``, which its user alone may read, in a folder that they alone may enter;
        the certificate is in ``ca.pem``, too. Raises :class:`UnsafeKey` when others may read the key,
        :class:`OSError` when the folder cannot be used, :class:`MissingTls` without trustme, and
        :class:`ValueError` for a file that has no authority in it.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check(folder, 0o022, "change")
        kept = folder / _KEPT
        if not kept.exists():
            made = _made()
            _put(kept, made.private_key_pem.bytes() + made.cert_pem.bytes(), 0o600)
        _check(kept, 0o077, "read")
        ca = _read(kept)
        certificate = folder / _CERTIFICATE
        if not certificate.exists() or certificate.read_bytes() != ca.cert_pem.bytes():
            certificate.unlink(missing_ok=True)
            _put(certificate, ca.cert_pem.bytes(), 0o644)
        return cls(ca, certificate)

    @property
    def certificate(self) -> bytes:
        """Its certificate as PEM; there is no secret in it."""
        return self._ca.cert_pem.bytes()

    @cached_property
    def serving(self) -> ssl.SSLContext:
        """The context of a server that is one of Meta's hosts; its key is made now, and kept in memory."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*PLATFORM_HOSTS).configure_cert(context)
        context.set_alpn_protocols(["http/1.1"])
        return context

    @cached_property
    def trusting(self) -> ssl.SSLContext:
        """The context of a client that trusts this authority and no other: not even the real hosts."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._ca.configure_trust(context)
        return context


def _made() -> trustme.CA:
    try:
        import trustme
    except ImportError:
        raise MissingTls from None
    return trustme.CA(organization_name=_NAME)


def _read(kept: Path) -> trustme.CA:
    try:
        import trustme
    except ImportError:
        raise MissingTls from None
    key, begin, certificate = kept.read_bytes().partition(b"-----BEGIN CERTIFICATE")
    try:
        return trustme.CA.from_pem(begin + certificate, key)
    except ValueError:
        raise ValueError(
            f"{kept} has no certificate authority in it; remove the file, and one is made"
        ) from None


def _put(file: Path, content: bytes, mode: int) -> None:
    """Write a file whole or not at all; one that another process has written meanwhile is left as it is."""
    descriptor, name = mkstemp(dir=file.parent)  # for its user alone until it is given its mode
    try:
        with os.fdopen(descriptor, "wb") as made:
            made.write(content)
        Path(name).chmod(mode)
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()


def _check(path: Path, others: int, what: str) -> None:
    """Raise :class:`UnsafeKey` when others than the user have one of the permissions ``others``."""
    if os.name == "nt":
        return  # folders of a user are theirs by inheritance, and modes say nothing
    status = path.stat()
    if status.st_uid not in (os.getuid(), 0):
        raise UnsafeKey(f"{path} belongs to another user; the certificate authority in it is not used")
    if stat.S_IMODE(status.st_mode) & others:
        raise UnsafeKey(
            f"others may {what} {path}, and with it the key of a certificate authority: remove the folder "
            f"{path if path.is_dir() else path.parent}, and another is made"
        )
