"""The pytest plugin: ``whatsapp`` gives a test its own WhatsApp.

Nothing heavy is imported here: a session that does not use the fixture pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from emulator.testing.options import add_options, marker_line, option_of_test

if TYPE_CHECKING:
    from emulator.testing.clocks.freezegun_watch import FreezeWatcher
    from emulator.testing.session import SessionEmulator
    from emulator.testing.whatsapp import WhatsApp

_CURRENT: pytest.StashKey[WhatsApp] = pytest.StashKey()
_WATCHER: pytest.StashKey[FreezeWatcher] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's ini options, and a command line flag of the same name for each, which goes first."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker ``whatsapp``, whose members are the options; let pytest measure by the real clock.

    Without the latter a test that has frozen the process would be reported as lasting years.
    """
    from emulator.testing.clocks.real_durations import measure_real_durations

    config.add_cleanup(measure_real_durations())
    config.addinivalue_line("markers", marker_line())


@pytest.fixture(scope="session")
def whatsapp_emulator(pytestconfig: pytest.Config) -> Iterator[SessionEmulator]:
    """The emulator of the session, in which every test has a sandbox of its own.

    Made when a test first needs it.
    """
    from emulator.testing.clocks.freezegun_watch import FreezeWatcher
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
    return option_of_test(request, "whatsapp_seed")


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
    from emulator.testing.clocks.clock import as_instant
    from emulator.testing.reports.verdict import verdict
    from emulator.testing.whatsapp import WhatsApp

    start = as_instant(option_of_test(request, "whatsapp_start"))
    strict = option_of_test(request, "whatsapp_strict")
    emulator, watcher = whatsapp_emulator.emulator, request.config.stash[_WATCHER]
    sandbox = emulator.create(seed=whatsapp_seed, at=start, speed=None, at_once=True, follow=True)
    sandbox.clock.on_freeze(watcher.watch)
    complaint = None
    try:
        whatsapp = request.node.stash[_CURRENT] = WhatsApp(whatsapp_emulator, sandbox)
        if whatsapp_app is not None:
            whatsapp.deliver_to(whatsapp_app, option_of_test(request, "whatsapp_webhook_path"))
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
        from emulator.testing.reports.verdict import complaints, refusals, spoken_time, still_due, unmet

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
