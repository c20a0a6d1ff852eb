"""Several WhatsApps, and one without the fixture: a second business, a session, unittest, a block."""

from __future__ import annotations

import json
import sys

import pytest
from kit.plugin import send

import emulator

pytest_plugins = ("pytester",)


def test_a_second_business_has_ids_people_and_time_of_its_own(suite: pytest.Pytester) -> None:
    """In the same test, with a seed of its own."""
    suite.makepyfile(
        """
        from client_kit import send

        def test_it(whatsapp, whatsapp_make):
            other = whatsapp_make("other", seed="shop", start="2026-12-24T10:00:00Z")
            assert other.token != whatsapp.token
            assert other.phone_number_id != whatsapp.phone_number_id
            other.person().says("Hello")
            other.settle()

            assert send(other, "Hi", other.person().wa_id).status_code == 200
            assert (len(whatsapp.messages), len(other.messages)) == (0, 2)
            assert (whatsapp.clock.now().month, other.clock.now().month) == (11, 12)
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1)


def test_a_second_business_is_judged_and_shown_as_the_first(suite: pytest.Pytester) -> None:
    """A strict test fails for what happened in either, and a report names each."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_judged(whatsapp_make):
            other = whatsapp_make("other")
            call(other, "POST", f"{other.phone_number_id}/not_there", {})

        def test_let_pass(whatsapp_make):
            other = whatsapp_make("other", strict=False)
            call(other, "POST", f"{other.phone_number_id}/not_there", {})

        def test_shown(whatsapp, whatsapp_make):
            whatsapp_make("other").person().says("to the other")
            assert False
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*_ test_judged _*",
            "not emulated: POST WhatsAppBusinessPhoneNumber/not_there*",
            "*- WhatsApp (default) at 2026-11-02 09:00:00 UTC -*",
            "(nobody wrote)",
            "*- WhatsApp (other) at 2026-11-02 09:00:00 UTC -*",
            "*to the other",
        ]
    )


def test_one_whatsapp_may_last_a_session(suite: pytest.Pytester) -> None:
    """By a fixture of the user's own, of any scope."""
    suite.makeconftest(
        """
        import emulator
        import pytest

        @pytest.fixture(scope="session")
        def shared():
            with emulator.whatsapp("shop") as whatsapp:
                yield whatsapp
        """
    )
    suite.makepyfile(
        """
        def test_one(shared):
            shared.person().says("Hello")

        def test_two(shared, whatsapp):
            assert (len(shared.messages), len(whatsapp.messages)) == (1, 0)
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=2)


def test_a_block_without_pytest_is_judged_at_its_end() -> None:
    """As a strict test is; what the block raised goes before."""
    with emulator.whatsapp() as whatsapp:
        whatsapp.person().says("Hello")
        send(whatsapp, "Hi")
        assert [message.text for message in whatsapp.messages] == ["Hello", "Hi"]

    def unsupported(*, strict: bool = True) -> None:
        with emulator.whatsapp(strict=strict) as whatsapp:
            whatsapp.deliver_to(lambda webhook: 500)
            whatsapp.person().says("Hello")
            whatsapp.settle()

    def broken() -> None:
        with emulator.whatsapp() as whatsapp:
            whatsapp.deliver_to(lambda webhook: 500)
            whatsapp.person().says("Hello")
            whatsapp.settle()
            raise KeyError("mine")

    unsupported(strict=False)
    with pytest.raises(emulator.NotAsExpected, match="a webhook was not taken"):
        unsupported()
    with pytest.raises(KeyError, match="mine"):
        broken()


def test_unittest_has_a_mixin(suite: pytest.Pytester) -> None:
    """Each test has a sandbox of its own, is judged, and passes under unittest's runner as under pytest."""
    suite.makepyfile(
        test_mine="""
        import unittest
        from emulator import WhatsAppMixin

        class TestBot(WhatsAppMixin, unittest.TestCase):
            whatsapp_seed = "shop"
            whatsapp_start = "2026-12-24T10:00:00Z"

            def setUp(self):
                super().setUp()
                self.ana = self.whatsapp.person()

            def test_one(self):
                self.ana.says("Hello")
                self.assertEqual(len(self.whatsapp.messages), 1)
                self.assertEqual(self.whatsapp.clock.now().day, 24)

            def test_two(self):
                self.assertEqual(len(self.whatsapp.messages), 0)

        class TestStrict(WhatsAppMixin, unittest.TestCase):
            whatsapp_app = staticmethod(lambda webhook: 500)

            def test_judged(self):
                self.whatsapp.person().says("Hello")
                self.whatsapp.settle()

        class TestLoose(WhatsAppMixin, unittest.TestCase):
            whatsapp_strict = False
            whatsapp_app = staticmethod(lambda webhook: 500)

            def test_let_pass(self):
                self.whatsapp.person().says("Hello")
                self.whatsapp.settle()
        """
    )

    by_pytest = suite.runpytest_inprocess()
    by_unittest = suite.run(sys.executable, "-m", "unittest", "test_mine")

    by_pytest.assert_outcomes(passed=3, failed=1)
    by_pytest.stdout.fnmatch_lines(["*NotAsExpected: a webhook was not taken*"])
    by_unittest.stderr.fnmatch_lines(["*NotAsExpected: a webhook was not taken*", "Ran 4 tests*"])


def test_templates_of_a_real_account_are_added_by_an_option(suite: pytest.Pytester) -> None:
    """The file stands beside the ini file, wherever pytest is called; the marker goes first."""
    template = {
        "name": "real",
        "language": "en_US",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hello"}],
        "id": "1234567890",
    }
    suite.path.joinpath("real.json").write_text(json.dumps({"data": [template]}), encoding="utf-8")
    suite.makeini("[pytest]\nwhatsapp_templates = real.json\n")
    below = suite.mkdir("below")
    below.joinpath("test_it.py").write_text(
        "import pytest\n"
        "def test_it(whatsapp):\n"
        "    assert whatsapp.templates['real'].status == 'APPROVED'\n"
        "    assert whatsapp.templates['hello_world'].status == 'APPROVED'\n"
        "@pytest.mark.whatsapp(templates=[], seed='shop')\n"
        "def test_other(whatsapp):\n"
        "    assert 'real' not in [template.name for template in whatsapp.sandbox.templates.all()]\n",
        encoding="utf-8",
    )

    result = suite.run(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "below")

    result.assert_outcomes(passed=2)
