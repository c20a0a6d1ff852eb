"""Rules for what comes before a webhook is read: the handshake, the way to the callback, and signatures."""

from __future__ import annotations

from emulator.doctor.checks import acceptance, handshake, signatures
from emulator.doctor.rule import Rule
from emulator.doctor.rules.phrases import CAPTURES, ENDPOINT, FORGED, OVERVIEW, REPORTS, RETRIED

HANDSHAKE: tuple[Rule, ...] = (
    Rule(
        "handshake-answered",
        "handshake",
        "GET with hub.mode, hub.challenge and the right hub.verify_token, twice",
        "200 with the challenge of that request",
        "The callback cannot be registered: error 2200.",
        (
            "Compare hub.verify_token with yours, and answer hub.challenge. The names have a dot; PHP"
            " makes it hub_challenge."
        ),
        ENDPOINT,
        handshake.answered,
        needs=(),
    ),
    Rule(
        "handshake-plain",
        "handshake",
        "GET with hub.mode, hub.challenge and the right hub.verify_token, twice",
        "the challenge alone, as plain text",
        "The callback cannot be registered: error 2200, though the status was 200.",
        "Answer the text itself: no jsonify, no quotes, no markup. FastAPI needs PlainTextResponse.",
        f"{ENDPOINT}; {REPORTS}",
        handshake.plain,
        needs=(),
    ),
    Rule(
        "handshake-wrong-token",
        "handshake",
        "GET with a wrong hub.verify_token",
        "a refusal, customarily 403, without the challenge",
        "Anybody can register your URL for an app of theirs, and have their webhooks sent to you.",
        "Compare the token before you answer, and answer 403 when it differs or is missing.",
        ENDPOINT,
        handshake.wrong_token,
        needs=(),
    ),
)
ACCEPTANCE: tuple[Rule, ...] = (
    Rule(
        "webhook-accepted",
        "acceptance",
        "POST of a text, signed with the app's secret",
        "200",
        RETRIED,
        (
            "Check that app and platform have the same app secret, and that the path takes a POST of JSON. "
            "A 500 is the app's own, perhaps of a message that it could not send: its log says why."
        ),
        OVERVIEW,
        acceptance.accepted,
        needs=(),
    ),
    Rule(
        "not-behind-csrf",
        "acceptance",
        "POST of a signed text, without the token that forms have, as the platform posts",
        "no refusal for want of a CSRF token",
        RETRIED,
        (
            "Exempt the callback: @csrf_exempt in Django, csrf.exempt in Flask-WTF, VerifyCsrfToken's"
            " exceptions in Laravel."
        ),
        REPORTS,
        acceptance.not_behind_csrf,
        needs=(),
    ),
    Rule(
        "not-redirected",
        "acceptance",
        "POST of a signed text",
        "no redirect",
        "Redirects are not followed: " + RETRIED[0].lower() + RETRIED[1:],
        "Register the URL that the redirect leads to; mind the slash at the end, www and https.",
        REPORTS,
        acceptance.not_redirected,
        needs=(),
    ),
    Rule(
        "answers-200",
        "acceptance",
        "POST of a signed text",
        "200, and not 201, 202 or 204",
        (
            "By the documentation any other status is retried; whether 2xx are is not said. Each "
            "update may come many times."
        ),
        "Answer 200.",
        OVERVIEW,
        acceptance.status_200,
    ),
    Rule(
        "https",
        "acceptance",
        "the URL is looked at",
        "https, with a certificate of a public authority and its whole chain",
        "The callback cannot be registered.",
        "Serve it by https; self-signed certificates are refused.",
        ENDPOINT,
        acceptance.https,
        needs=("public address",),
    ),
)
SIGNATURES: tuple[Rule, ...] = (
    Rule(
        "signature-unicode",
        "signatures",
        "a signed text with é and an emoji, which are sent as \\u escapes",
        "200",
        "Every message beyond ASCII is refused: names with accents, emoji, most languages.",
        "Compute the HMAC over the bytes of the body as they came, before anything parses them.",
        f"{ENDPOINT}; {CAPTURES}",
        signatures.over("é and an emoji", "Olá! Você está aí? 😮"),
        needs=("accepted", "in time", "signatures"),
    ),
    Rule(
        "signature-slashes",
        "signatures",
        "a signed text with a link, whose slashes are sent as \\/",
        "200",
        (
            "Every picture, voice note and link is refused, and plain texts pass: it looks like a "
            "fault of audio."
        ),
        (
            "Compute the HMAC over the bytes of the body as they came; JSON that is written anew has "
            "/ without the backslash."
        ),
        CAPTURES,
        signatures.over("slashes", "See https://example.com/a/b"),
        needs=("accepted", "in time", "signatures"),
    ),
    Rule(
        "signature-at",
        "signatures",
        "a signed text with @, % and <, which are sent as \\u0040, \\u0025 and \\u003C",
        "200",
        "Every text with an address, a discount or a < is refused.",
        "Compute the HMAC over the bytes of the body as they came.",
        "report of August 2023; facebook/hhvm",
        signatures.over("@, % and <", "Write to ada@example.com: 10% if n < 3"),
        needs=("accepted", "in time", "signatures"),
    ),
    Rule(
        "signature-missing",
        "signatures",
        "a text without X-Hub-Signature-256",
        "a refusal, customarily 401 or 403",
        FORGED,
        "Refuse a webhook without the header.",
        ENDPOINT,
        signatures.missing,
    ),
    Rule(
        "signature-of-another-body",
        "signatures",
        "a text with the signature of another body",
        "a refusal, customarily 401 or 403",
        FORGED,
        "Compare the header with the HMAC-SHA256 of this body, in constant time: hmac.compare_digest.",
        ENDPOINT,
        signatures.of_another_body,
    ),
    Rule(
        "signature-wrong-secret",
        "signatures",
        "a text that is signed with another secret",
        "a refusal, customarily 401 or 403",
        FORGED,
        "Compute the HMAC with the app secret of your app, not with the verify token or the access token.",
        ENDPOINT,
        signatures.wrong_secret,
    ),
)
