"""The pytest plugin: ``whatsapp`` gives a test its own WhatsApp.

Nothing heavy is imported here: a session that does not use the fixture pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from emulator.testing.freezegun_watch import FreezeWatcher
    from emulator.testing.session import SessionEmulator
    from emulator.testing.whatsapp import WhatsApp

START = "2026-11-02T09:00:00+00:00"
"""When a test begins unless an option says otherwise: a Monday morning."""

_CURRENT: pytest.StashKey[WhatsApp] = pytest.StashKey()
_WATCHER: pytest.StashKey[FreezeWatcher] = pytest.StashKey()

OPTIONS = {
    "whatsapp_seed": "the seed of every sandbox: a name (default, shop) or a path",
    "whatsapp_start": "when every test begins, as ISO 8601",
    "whatsapp_strict": "whether a test fails for calls that are not emulated and for webhooks its app "
    "did not take (true, false)",
    "whatsapp_webhook_path": "where a WSGI app takes its webhooks",
}
_USUAL = {
    "whatsapp_seed": "default",
    "whatsapp_start": START,
    "whatsapp_strict": "true",
    "whatsapp_webhook_path": "/webhook",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's ini options, and a command line flag of the same name for each, which goes first.

    They are ``whatsapp_seed``, ``whatsapp_start``, ``whatsapp_strict`` and ``whatsapp_webhook_path``.
    """
    group = parser.getgroup("whatsapp", "WhatsApp emulator")
    for name, text in OPTIONS.items():
        parser.addini(name, f"{text} (default: {_USUAL[name]})", default=None)
        group.addoption(f"--{name.replace('_', '-')}", dest=name, default=None, help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker ``whatsapp(start=…, seed=…, strict=…)``; let pytest measure by the real clock.

    Without the latter a test that has frozen the process would be reported as lasting years.
    """
    from emulator.testing.real_durations import measure_real_durations

    config.add_cleanup(measure_real_durations())
    config.addinivalue_line(
        "markers",
        "whatsapp(start=…, seed=…, strict=…): how the test's sandbox begins, and whether it is strict",
    )


def _option(request: pytest.FixtureRequest, name: str) -> Any:
    """An option: the marker's, the flag's, the ini file's, or the usual one."""
    marker = request.node.get_closest_marker("whatsapp")
    short = name.removeprefix("whatsapp_")
    known = [option.removeprefix("whatsapp_") for option in OPTIONS]
    if marker is not None and (unknown := [key for key in marker.kwargs if key not in known]):
        pytest.fail(f"the marker whatsapp knows {', '.join(known)}, not {', '.join(unknown)}", pytrace=False)
    if marker is not None and short in marker.kwargs:
        return marker.kwargs[short]
    for given in (request.config.getoption(name), request.config.getini(name)):
        if given not in (None, ""):
            return given
    return _USUAL[name]


def _flag(text: str) -> bool:
    if text.lower() in ("true", "1", "yes", "on"):
        return True
    if text.lower() in ("false", "0", "no", "off"):
        return False
    return pytest.fail(f"whatsapp_strict is true or false, not {text!r}", pytrace=False)


@pytest.fixture(scope="session")
def whatsapp_emulator(pytestconfig: pytest.Config) -> Iterator[SessionEmulator]:
    """The emulator of the session, in which every test has a sandbox of its own.

    Made when a test first needs it.
    """
    from emulator.testing.freezegun_watch import FreezeWatcher
    from emulator.testing.session import SessionEmulator

    session = SessionEmulator()
    watcher = pytestconfig.stash[_WATCHER] = FreezeWatcher()
    yield session
    watcher.unwatch()
    session.close()


@pytest.fixture
def whatsapp_seed(request: pytest.FixtureRequest) -> Any:
    """The seed of the test's sandbox, a name or a path: from the marker, the flag or the ini option.

    Override this fixture to choose another for a module or a folder.
    """
    return _option(request, "whatsapp_seed")


@pytest.fixture
def whatsapp_app() -> Any:
    """Where the webhooks of the test's sandbox go: a URL, a WSGI app or a function; by default nowhere.

    Override this fixture with your app.
    """
    return None


@pytest.fixture
def whatsapp(
    request: pytest.FixtureRequest,
    whatsapp_emulator: SessionEmulator,
    whatsapp_seed: Any,
    whatsapp_app: Any,
) -> Iterator[WhatsApp]:
    """A WhatsApp of its own for one test: a sandbox whose clock stands still and whose people answer at once.

    It begins as the marker, the flags and the ini options say, and is gone after the test. A strict test
    fails at its end for calls that are not emulated, and for webhooks that the app did not take.
    """
    from emulator.testing.clock import as_instant
    from emulator.testing.verdict import verdict
    from emulator.testing.whatsapp import WhatsApp

    start = as_instant(_option(request, "whatsapp_start"))
    strict = _flag(str(_option(request, "whatsapp_strict")))
    emulator, watcher = whatsapp_emulator.emulator, request.config.stash[_WATCHER]
    sandbox = emulator.create(seed=whatsapp_seed, at=start, speed=None, at_once=True, follow=True)
    sandbox.clock.on_freeze(watcher.watch)
    complaint = None
    try:
        whatsapp = request.node.stash[_CURRENT] = WhatsApp(whatsapp_emulator, sandbox)
        if whatsapp_app is not None:
            whatsapp.deliver_to(whatsapp_app, _option(request, "whatsapp_webhook_path"))
        watcher.listen(whatsapp.follow)
        yield whatsapp
        watcher.forget(whatsapp.follow)
        if strict:
            complaint = verdict(sandbox)
    finally:
        emulator.remove(sandbox.name)
    if complaint is not None:
        pytest.fail(complaint, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what happened to the report of a test that failed.

    That is the conversation, refusals, faults that were never met, complaints, and what is still due.
    """
    report = yield
    whatsapp = item.stash.get(_CURRENT, None)
    if whatsapp is not None and report.when == "call" and report.failed:
        from emulator.testing.verdict import complaints, refusals, spoken_time, still_due, unmet

        conversation = whatsapp.transcript or "(nobody wrote)"
        report.sections.append((f"WhatsApp at {spoken_time(whatsapp.sandbox)}", conversation))
        if refused := refusals(whatsapp.sandbox):
            report.sections.append(("WhatsApp refused", refused))
        if missed := unmet(whatsapp.sandbox):
            report.sections.append(("WhatsApp faults", missed))
        if untaken := "\n".join(dict.fromkeys(complaints(whatsapp.sandbox))):
            report.sections.append(("WhatsApp complains", untaken))
        if due := still_due(whatsapp.sandbox):
            report.sections.append(("WhatsApp waits", due))
    return report
