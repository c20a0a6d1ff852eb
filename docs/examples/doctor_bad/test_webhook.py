import pytest

FORGED = ["signature-missing", "signature-of-another-body", "signature-wrong-secret"]
BATCHES = ["batch-messages", "batch-changes", "batch-entries"]
STATUSES = ["statuses-acknowledged", "read-before-delivered", "failed-after-200"]


def ids(findings):
    return [each.id for each in findings]


def test_the_careless_one_breaks_most_rules(whatsapp):
    report = whatsapp.doctor("main:app", "/careless")

    assert ids(report.failed) == [
        "handshake-plain",
        "handshake-wrong-token",
        *FORGED,
        "duplicate-acknowledged",
        "duplicate-answered-once",
        *BATCHES,
        "batch-large",
        *STATUSES,
        "every-kind",
        "unknown-type",
        "unknown-field",
        "other-fields",
        "hidden-number",
        "no-profile",
        "user-actions",
        "errors-alone",
        "burst",
    ]
    assert ids(report.warnings) == ["window-closed-handled"]


def test_the_strict_one_refuses_what_is_genuine(whatsapp):
    report = whatsapp.doctor("main:app", "/strict")

    assert ids(report.failed) == [
        "handshake-plain",
        "signature-unicode",
        "signature-slashes",
        "signature-at",
        "late-message",
        "batch-acknowledged",
        "batch-large",
        "failed-after-200",
        "every-kind",
        "unknown-type",
        "other-fields",
        "new-members",
    ]
    assert ids(report.warnings) == ["handshake-wrong-token", "answers-200"]


def test_the_stubborn_one_sends_again_what_failed(whatsapp):
    report = whatsapp.doctor("main:app", "/stubborn")

    assert ids(report.failed) == [*FORGED, "duplicate-answered-once", "window-closed-handled"]


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        ("/form", ["handshake-answered", "webhook-accepted", "not-behind-csrf"]),
        ("/moved", ["handshake-answered", "webhook-accepted", "not-redirected"]),
    ],
)
def test_where_nothing_arrives_the_rest_is_not_judged(whatsapp, path, broken):
    report = whatsapp.doctor("main:app", path)

    assert ids(report.failed) == broken
    assert not report.passed
    with pytest.raises(AssertionError, match="3 rules were broken"):
        report.check()
