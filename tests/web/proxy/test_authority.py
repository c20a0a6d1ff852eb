"""The certificate authority: whom it vouches for, who trusts it, and how it is kept."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from pathlib import Path
from threading import Thread

import pytest

from emulator.domain.graph.hosts import PLATFORM_HOSTS
from emulator.web.proxy.authority import Authority, MissingTls, UnsafeKey


def greeted(server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> str | None:
    """Make a handshake; returns the problem of the client, if it has one."""
    one, other = socket.socketpair()
    one.settimeout(10)
    other.settimeout(10)

    def serve() -> None:
        try:
            with server.wrap_socket(other, server_side=True) as secured:
                secured.recv(1)
        except OSError:
            other.close()

    thread = Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(one, server_hostname=host):
            return None
    except ssl.SSLError as problem:
        return str(problem.reason)
    finally:
        one.close()
        thread.join(10)


@pytest.mark.parametrize("host", PLATFORM_HOSTS)
def test_whoever_trusts_it_takes_the_emulator_for_metas_hosts(host: str) -> None:
    """Each of them."""
    authority = Authority.new()

    assert greeted(authority.serving, authority.trusting, host) is None


@pytest.mark.parametrize("host", ["facebook.com", "example.com", "xgraph.facebook.com"])
def test_it_vouches_for_no_other_host(host: str) -> None:
    """Not even before those who trust it."""
    authority = Authority.new()

    assert greeted(authority.serving, authority.trusting, host) == "CERTIFICATE_VERIFY_FAILED"


def test_nobody_else_trusts_it() -> None:
    """A client of another run refuses it, and so does one that trusts what the system does."""
    authority = Authority.new()

    for context in (Authority.new().trusting, ssl.create_default_context()):
        assert greeted(authority.serving, context, "graph.facebook.com") == "CERTIFICATE_VERIFY_FAILED"


# kept


def test_one_is_made_for_each_user_and_taken_up_again(tmp_path: Path) -> None:
    """The key is for its user's eyes alone; the certificate may be read by everybody."""
    folder = tmp_path / "config" / "tls"

    first, second = Authority.kept(folder), Authority.kept(folder)

    assert first.certificate == second.certificate
    assert greeted(first.serving, second.trusting, "graph.facebook.com") is None
    assert first.kept_in == folder / "ca.pem"
    assert (folder / "ca.pem").read_bytes() == first.certificate
    assert b"PRIVATE KEY" not in first.certificate
    assert sorted(path.name for path in folder.iterdir()) == ["authority.pem", "ca.pem"]
    modes = [path.stat().st_mode & 0o777 for path in (folder, folder / "authority.pem", folder / "ca.pem")]
    assert modes == [0o700, 0o600, 0o644]


def test_two_users_have_two() -> None:
    """None is shipped with the package, and none is the same."""
    assert Authority.new().certificate != Authority.new().certificate


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_not_used(tmp_path: Path, mode: int) -> None:
    """The sentence names the file, and what to do."""
    Authority.kept(tmp_path / "tls")
    (tmp_path / "tls" / "authority.pem").chmod(mode)

    with pytest.raises(UnsafeKey, match=r"others may read .*authority\.pem.*: remove the folder"):
        Authority.kept(tmp_path / "tls")


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_a_folder_that_others_may_change_is_not_used(tmp_path: Path, mode: int) -> None:
    """They could put a key of theirs there."""
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls").chmod(mode)

    with pytest.raises(UnsafeKey, match="others may change"):
        Authority.kept(tmp_path / "tls")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_key_of_another_user_is_not_used(tmp_path: Path) -> None:
    """Whoever has put it there has it."""
    Authority.kept(tmp_path / "tls")
    os.chown(tmp_path / "tls" / "authority.pem", 12345, 12345)

    with pytest.raises(UnsafeKey, match="belongs to another user"):
        Authority.kept(tmp_path / "tls")


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"-----BEGIN CERTIFICATE-----\nAAAA"])
def test_a_file_without_an_authority_is_told(tmp_path: Path, content: bytes) -> None:
    """With its name; it is left as it is."""
    Authority.kept(tmp_path / "tls")
    kept = tmp_path / "tls" / "authority.pem"
    kept.write_bytes(content)

    with pytest.raises(ValueError, match=r"authority\.pem has no certificate authority in it; remove"):
        Authority.kept(tmp_path / "tls")

    assert kept.read_bytes() == content


def test_a_certificate_that_was_lost_is_written_again(tmp_path: Path) -> None:
    """It is that of the kept key, and another one gives way to it."""
    first = Authority.kept(tmp_path / "tls")
    (tmp_path / "tls" / "ca.pem").write_bytes(Authority.new().certificate)

    Authority.kept(tmp_path / "tls")

    assert (tmp_path / "tls" / "ca.pem").read_bytes() == first.certificate


@pytest.mark.parametrize("kept", [True, False])
def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """By an error that HTTP clients hand on."""
    monkeypatch.setitem(sys.modules, "trustme", None)

    with pytest.raises(MissingTls, match=r"pip install whatsapp-emulator\[tls\]") as missing:
        Authority.kept(tmp_path / "tls") if kept else Authority.new()

    assert isinstance(missing.value, OSError)
