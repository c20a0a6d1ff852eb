"""What fails a test although it asserts nothing about it."""

from __future__ import annotations

from typing import Any

import pytest

pytest_plugins = ("pytester",)


def test_a_call_that_is_not_emulated_fails_the_test(suite: pytest.Pytester) -> None:
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
def test_strictness_can_be_loosened(
    suite: pytest.Pytester, ini: str, flags: list[Any] | list[str], marker: str
) -> None:
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


def test_a_webhook_the_app_answered_with_500_fails_the_test(suite: pytest.Pytester) -> None:
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
def test_a_webhook_the_app_raised_at_fails_the_test(suite: pytest.Pytester, receiver: str) -> None:
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
def test_an_answer_below_500_is_the_apps_own_affair(suite: pytest.Pytester, status: int) -> None:
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
def test_a_wrong_path_fails_the_test_and_names_the_option(suite: pytest.Pytester, status: int) -> None:
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


def test_a_forgotten_settle_is_told(suite: pytest.Pytester) -> None:
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


def test_a_failing_test_and_its_complaint_are_both_told(suite: pytest.Pytester) -> None:
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


def test_a_complaint_concerns_its_own_test_only(suite: pytest.Pytester) -> None:
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


def test_a_setup_that_fails_leaves_the_next_test_alone(suite: pytest.Pytester) -> None:
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
    result.stdout.fnmatch_lines(["whatsapp_app: a receiver is a URL, *, not int"])
