"""What the plugin tells: reports of failing tests, teardown checks, options, and silence when unused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from kit.identities import PRODUCTION

# imported here so that the sessions below, which run in this process, do not load them anew each time
import emulator.testing.freezegun_watch
import emulator.testing.verdict
import emulator.testing.whatsapp
import emulator.web.app
import emulator.web.server  # noqa: F401

pytest_plugins = ("pytester",)

KIT = """
import json

from werkzeug.test import Client


def call(whatsapp, method, path, body=None):
    headers = {"Authorization": f"Bearer {whatsapp.token}"}
    return Client(whatsapp.app).open(f"/v23.0/{path}", method=method, json=body, headers=headers)


def send(whatsapp, content, to="16505551234", number=None):
    if isinstance(content, str):
        content = {"type": "text", "text": {"body": content}}
    body = {"messaging_product": "whatsapp", "to": to, **content}
    return call(whatsapp, "POST", f"{number or whatsapp.phone_number_id}/messages", body)


def template(name):
    return {"type": "template", "template": {"name": name, "language": {"code": "en_US"}}}
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project of a user, with short ways to call the API in ``kit``."""
    pytester.makepyfile(client_kit=KIT)
    pytester.makeini("[pytest]\naddopts = -p no:cacheprovider\n")
    return pytester


# a failing test tells its story


def test_a_failing_test_shows_the_conversation_in_simulated_time(suite):
    """Who wrote what, when, and what became of it, under the simulated instant of the failure."""
    suite.makepyfile(
        """
        from client_kit import send

        def test_it(whatsapp):
            whatsapp.person().says("Is my order on its way?")
            send(whatsapp, "It is!")
            whatsapp.clock.advance(hours=25)
            send(whatsapp, "Still there?")
            whatsapp.settle()
            assert whatsapp.messages.last.status == "read"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- WhatsApp at 2026-11-03 10:00:00 UTC -*",
            "── Monday 02 November 2026 ─*",
            "09:00:00  Sheena Nelson → business: Is my order on its way?",
            "09:00:00  business → Sheena Nelson: It is!   ✓✓ read",
            "── Tuesday 03 November 2026 ─*",
            "10:00:00  business → Sheena Nelson: Still there?   ✗ failed 131047 Re-engagement message",
        ]
    )


def test_a_failing_test_shows_what_was_refused_with_its_hint(suite):
    """Calls that were refused at once, and messages that failed later."""
    suite.makepyfile(
        """
        from client_kit import send, template

        def test_it(whatsapp):
            assert send(whatsapp, template("no_such_template")).status_code == 404
            send(whatsapp, "Hello?")
            whatsapp.settle()
            assert False
        """
    )

    result = suite.runpytest_inprocess()

    result.stdout.fnmatch_lines(
        [
            "*- WhatsApp refused -*",
            f"POST /v23.0/{PRODUCTION}/messages → 404 (#132001) Template name does not exist*",
            "    Only an approved template can be sent; no template of that name has that language.",
            "failed: 131047 Re-engagement message",
            "    They never wrote to this number, so no window was ever open.*",
        ]
    )


def test_a_failing_test_without_a_conversation_says_so(suite):
    """Nothing was refused either, and no empty section stands there."""
    suite.makepyfile("def test_it(whatsapp): assert False")

    result = suite.runpytest_inprocess()

    result.stdout.fnmatch_lines(["*- WhatsApp at 2026-11-02 09:00:00 UTC -*", "(nobody wrote)"])
    result.stdout.no_fnmatch_line("*WhatsApp refused*")


def test_a_passing_test_tells_nothing(suite):
    """Not even when everything is printed."""
    suite.makepyfile("def test_it(whatsapp): whatsapp.person().says('Hello')")

    result = suite.runpytest_inprocess("-rA", "-v")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*WhatsApp at*")


def test_a_failing_test_without_the_fixture_tells_nothing(suite):
    """The plugin has nothing to say about it."""
    suite.makepyfile("def test_it(): assert False")

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*WhatsApp*")


def test_the_report_of_a_failure_shows_the_line_of_the_test(suite):
    """A misuse points at the test's own line, and at no inside of the plugin."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.templates.approve("order_shiped")
        """
    )

    result = suite.runpytest_inprocess()

    result.stdout.fnmatch_lines(["E *LookupError: there is no template order_shiped; there are: *"])
    result.stdout.no_fnmatch_line("*def _decide*")


def test_a_report_is_told_when_the_process_is_frozen_in_the_past(suite):
    """A freeze that outlasts the test does not break the session with an internal error."""
    suite.makepyfile(
        """
        import pytest
        from freezegun import freeze_time

        @pytest.fixture
        def long_ago():
            with freeze_time("2012-01-14"):
                yield

        def test_it(whatsapp, request):
            whatsapp.person().says("Hello")
            whatsapp.settle()
            request.getfixturevalue("long_ago")
            assert False, "the app is wrong"
        """
    )

    result = suite.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*the app is wrong*"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


# what must not pass unseen


def test_a_call_that_is_not_emulated_fails_the_test(suite):
    """At teardown, once, naming the call and the switches that loosen it."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_it(whatsapp):
            for _ in range(3):
                call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_it*",
            "not emulated: POST WhatsAppBusinessPhoneNumber/not_there (POST /v23.0/*/not_there)",
            "(@pytest.mark.whatsapp(strict=False) or `whatsapp_strict = false` lets it pass)",
        ]
    )
    assert result.stdout.str().count("not emulated: POST") == 1


@pytest.mark.parametrize(
    ("ini", "flags", "marker"),
    [
        ("", [], "@pytest.mark.whatsapp(strict=False)"),
        ("whatsapp_strict = false", [], ""),
        ("", ["--whatsapp-strict=false"], ""),
        ("whatsapp_strict = true", ["--whatsapp-strict=no"], ""),
        ("whatsapp_strict = true", ["--whatsapp-strict=true"], "@pytest.mark.whatsapp(strict=False)"),
    ],
    ids=["marker", "ini", "flag", "flag over ini", "marker over all"],
)
def test_strictness_can_be_loosened(suite, ini, flags, marker):
    """For a test, a project or a run; the nearest to the test counts."""
    suite.makeini(f"[pytest]\n{ini}\n")
    suite.makepyfile(
        f"""
        import pytest
        from client_kit import call

        {marker}
        def test_it(whatsapp):
            call(whatsapp, "POST", f"{{whatsapp.phone_number_id}}/not_there", {{}})
        """
    )

    result = suite.runpytest_inprocess(*flags)

    result.assert_outcomes(passed=1)


def test_a_webhook_the_app_answered_with_500_fails_the_test(suite):
    """Over HTTP: the app's error would otherwise be seen by nobody."""
    suite.makepyfile(
        """
        from emulator import Server

        def app(environ, start_response):
            start_response("500 Internal Server Error", [])
            return [b""]

        def test_it(whatsapp):
            with Server(app) as server:
                whatsapp.deliver_to(f"{server.url}/webhook")
                whatsapp.person().says("Hello")
                whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["a webhook was not taken: messages to http://127.0.0.1:*/webhook: answered 500*"]
    )


@pytest.mark.parametrize(
    "receiver",
    [
        "def receiver(webhook): raise KeyError('order')",
        "def receiver(environ, start): raise KeyError('order')",
    ],
    ids=["function", "WSGI app"],
)
def test_a_webhook_the_app_raised_at_fails_the_test(suite, receiver):
    """With the exception's name and words."""
    suite.makepyfile(
        f"""
        {receiver}

        def test_it(whatsapp):
            whatsapp.deliver_to(receiver)
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["a webhook was not taken: *raised KeyError: 'order'*"])


@pytest.mark.parametrize("status", [200, 400, 403, 302])
def test_an_answer_below_500_is_the_apps_own_affair(suite, status):
    """It may be what the test is about."""
    suite.makepyfile(
        f"""
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: {status})
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("status", [404, 405])
def test_a_wrong_path_fails_the_test_and_names_the_option(suite, status):
    """The commonest mistake: the app listens elsewhere, and nothing else would say so."""
    suite.makepyfile(
        f"""
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: {status})
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"a webhook was not taken: *answered {status}*whatsapp_webhook_path*"])


def test_a_forgotten_settle_is_told(suite):
    """The report of the failure says what is still to be done."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 200)
            whatsapp.person().says("Hello")
            assert whatsapp.deliveries[0].state == "delivered"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*WhatsApp waits*", "0 events and 1 webhooks are due now and not done: *"])


def test_a_failing_test_and_its_complaint_are_both_told(suite):
    """A teardown check does not hide the failure, nor the failure the check."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_it(whatsapp):
            call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})
            assert False, "the app is wrong"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines_random(["E*the app is wrong*", "not emulated: POST *not_there*"])


def test_a_complaint_concerns_its_own_test_only(suite):
    """The next test begins with a clean sheet."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_first(whatsapp):
            call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})

        def test_second(whatsapp):
            assert whatsapp.journal == []
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=2, errors=1)


def test_a_setup_that_fails_leaves_the_next_test_alone(suite):
    """Each has a sandbox of its own, whatever became of the one before."""
    suite.makepyfile(
        """
        import pytest

        @pytest.fixture
        def whatsapp_app(request):
            return 42 if request.node.name == "test_first" else None

        def test_first(whatsapp):
            pass

        def test_second(whatsapp):
            assert len(whatsapp.messages) == 0
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["E*TypeError: a receiver is a URL, a WSGI app or a function, not int"])


# how it is configured


USUAL = {
    "seed": "default",
    "start": "2026-11-02T09:00:00+00:00",
    "strict": "true",
    "webhook_path": "/webhook",
}


def test_the_help_lists_every_option(suite):
    """As a flag and as an ini option, with what it is unless told otherwise."""
    result = suite.runpytest_inprocess("--help")

    told = " ".join(result.stdout.str().split())
    for name, usual in USUAL.items():
        assert f"--whatsapp-{name.replace('_', '-')}=" in told
        assert f"whatsapp_{name} (string): " in told
        assert f"(default: {usual})" in told


def test_the_marker_is_known(suite):
    """``--strict-markers`` takes it, and ``--markers`` explains it."""
    suite.makepyfile("import pytest\n@pytest.mark.whatsapp(strict=True)\ndef test_it(whatsapp): pass")

    ran = suite.runpytest_inprocess("--strict-markers")
    told = suite.runpytest_inprocess("--markers")

    ran.assert_outcomes(passed=1)
    told.stdout.fnmatch_lines(["@pytest.mark.whatsapp(start=…, seed=…, strict=…): *"])


def test_the_fixtures_are_explained(suite):
    """``--fixtures`` shows each with its first line."""
    result = suite.runpytest_inprocess("--fixtures")

    result.stdout.fnmatch_lines_random(
        [
            "whatsapp_emulator *session scope* -- *",
            "whatsapp_seed -- *",
            "whatsapp_app -- *",
            "whatsapp -- *",
        ]
    )


@pytest.mark.parametrize(
    ("ini", "flags", "marker", "expected"),
    [
        ("whatsapp_start = 2030-01-01", [], "", "2030-01-01T00:00:00+00:00"),
        ("", ["--whatsapp-start=2030-01-02T03:04:05Z"], "", "2030-01-02T03:04:05+00:00"),
        ("whatsapp_start = 2030-01-01", ["--whatsapp-start=2030-01-02"], "", "2030-01-02T00:00:00+00:00"),
        (
            "whatsapp_start = 2030-01-01",
            ["--whatsapp-start=2030-01-02"],
            "@pytest.mark.whatsapp(start='2030-01-03')",
            "2030-01-03T00:00:00+00:00",
        ),
        ("", [], "", "2026-11-02T09:00:00+00:00"),
    ],
    ids=["ini", "flag", "flag over ini", "marker over all", "usual"],
)
def test_the_beginning_can_be_chosen(suite, ini, flags, marker, expected):
    """For a test, a run or a project."""
    suite.makeini(f"[pytest]\n{ini}\n")
    suite.makepyfile(
        f"""
        import pytest

        {marker}
        def test_it(whatsapp):
            assert whatsapp.clock.now().isoformat() == {expected!r}
        """
    )

    result = suite.runpytest_inprocess(*flags)

    result.assert_outcomes(passed=1)


SEED = """
app: {access_token: MY-TOKEN}
waba: {name: Corner Shop}
numbers: [{number: "+1 555 078 3881"}]
people: [{number: "+1 650 555 7777", name: Ada}]
"""


@pytest.mark.parametrize("way", ["ini", "flag", "marker", "fixture"])
def test_the_seed_can_be_chosen(suite, way):
    """For a test, a run, a project, or by overriding the fixture."""
    path = suite.path / "shop.yaml"
    path.write_text(SEED)
    suite.makeini(f"[pytest]\nwhatsapp_seed = {path}\n" if way == "ini" else "[pytest]\n")
    marker = f"@pytest.mark.whatsapp(seed={str(path)!r})" if way == "marker" else ""
    fixture = f"@pytest.fixture\ndef whatsapp_seed(): return {str(path)!r}" if way == "fixture" else ""
    suite.makepyfile(
        f"import pytest\n{fixture}\n{marker}\ndef test_it(whatsapp):\n"
        "    assert (whatsapp.token, whatsapp.person().name) == ('MY-TOKEN', 'Ada')\n"
        "    assert whatsapp.test_phone_number_id is None\n"
    )

    result = suite.runpytest_inprocess(*([f"--whatsapp-seed={path}"] if way == "flag" else []))

    result.assert_outcomes(passed=1)


def test_a_wrong_seed_is_told_with_file_line_and_field(suite):
    """At setup, as the error of the test that wanted it."""
    path = suite.path / "shop.yaml"
    path.write_text(SEED.replace("name: Corner Shop", "nmae: Corner Shop"))
    suite.makepyfile("def test_it(whatsapp): pass")

    result = suite.runpytest_inprocess(f"--whatsapp-seed={path}")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"E*SeedError: {path}:3: waba.nmae: there is no nmae; did you mean name?"])


def test_the_app_under_test_is_connected_by_a_fixture(suite):
    """At the path that an option names."""
    suite.makepyfile(
        """
        import pytest

        seen = []

        @pytest.fixture
        def whatsapp_app():
            def app(environ, start_response):
                seen.append(environ["PATH_INFO"])
                start_response("200 OK", [])
                return [b""]
            return app

        def test_it(whatsapp):
            whatsapp.person().says("Hello")
            whatsapp.settle()
            assert seen == ["/hooks"]
        """
    )

    result = suite.runpytest_inprocess("--whatsapp-webhook-path=/hooks")

    result.assert_outcomes(passed=1)


# side by side, and when nobody asks for it


def test_tests_run_side_by_side(suite):
    """Under xdist every worker has an emulator of its own; reports come back with their story."""
    suite.makepyfile(
        """
        import pytest
        from client_kit import send

        @pytest.mark.parametrize("number", range(12))
        def test_it(whatsapp, number):
            assert len(whatsapp.messages) == 0
            whatsapp.person().says(f"Hello {number}")
            assert send(whatsapp, f"Hi {number}").status_code == 200
            assert whatsapp.url.startswith("http://127.0.0.1:")
            whatsapp.settle()
            assert number != 7, whatsapp.messages.texts
        """
    )

    result = suite.runpytest_subprocess("-n", "2")

    result.assert_outcomes(passed=11, failed=1)
    result.stdout.fnmatch_lines(
        ["*- WhatsApp at 2026-11-02 09:00:00 UTC -*", "09:00:00  Sheena Nelson → business: Hello 7"]
    )


def test_a_session_leaves_nothing_open(suite):
    """Sockets, threads and databases are closed, with warnings as errors."""
    suite.makeini("[pytest]\nfilterwarnings = error\n")
    suite.makepyfile(
        """
        import gc
        import threading
        import urllib.request

        def test_it(whatsapp):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{whatsapp.url}/_emulator/health") as answer:
                assert answer.status == 200
            with whatsapp.live():
                whatsapp.person().says("Hello")
        """
    )
    suite.makeconftest(
        """
        import gc
        import threading

        def pytest_unconfigure():
            gc.collect()
            print("threads:", [thread.name for thread in threading.enumerate() if not thread.daemon])
            print("daemons:", [thread.name for thread in threading.enumerate() if thread.daemon])
        """
    )

    result = suite.runpytest_subprocess("-s")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*threads: ?'MainThread'?", "daemons: ??"])


def test_an_unused_plugin_says_nothing(suite):
    """No header line, no fixture set up, no word in the summary."""
    suite.makepyfile("def test_it(): pass")

    result = suite.runpytest_inprocess("--setup-show", "-rA")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*SETUP*whatsapp*")
    result.stdout.no_fnmatch_line("*WhatsApp*")


HEAVY = ["faker", "flask", "freezegun", "phonenumbers", "sqlite3", "urllib3", "waitress", "werkzeug", "yaml"]


def test_the_plugin_imports_nothing_heavy():
    """A run that does not use the fixture does not pay for it."""
    script = (
        "import sys, pytest; before = set(sys.modules); import emulator.testing.plugin; import json;"
        f"print(json.dumps([sorted(set(sys.modules) & set({HEAVY})),"
        " sorted(m for m in set(sys.modules) - before if m.partition('.')[0] == 'emulator')]))"
    )

    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    heavy, own = json.loads(printed)
    assert heavy == []
    assert own == ["emulator", "emulator.testing", "emulator.testing.plugin"]


def test_an_unused_plugin_loads_nothing_during_a_run(tmp_path: Path):
    """Neither while tests are collected nor while they run."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n\ndef test_it():\n"
        f"    assert not set(sys.modules) & set({HEAVY})\n"
        "    assert 'emulator.testing.plugin' in sys.modules\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "emulator.testing.plugin",
        "-p",
        "no:cacheprovider",
        "-q",
    ]

    ran = subprocess.run(
        [*command, "test_it.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )

    assert ran.returncode == 0, ran.stdout
