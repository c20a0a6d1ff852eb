"""What the emulator does not follow."""

from __future__ import annotations

from rows.row import Gap

GAPS = (
    Gap("messages to groups; Direct Send", "refused, journalled as unsupported"),
    Gap("message types `gif` and `link_preview`", "refused with 131051, journalled as unsupported"),
    Gap(
        "media upload and download",
        "a media id in a template is refused as unknown, elsewhere it is taken unseen; links are not fetched",
    ),
    Gap(
        "what a message is about: catalogues, flows, orders, calls, the message that is reacted to",
        "its form is checked, not whether there is such a thing",
    ),
    Gap(
        "carousel, limited-time offer, catalogue, flow and call components of templates",
        "refused, journalled as unsupported",
    ),
    Gap("throughput, pair-rate and messaging limits; template quality and pacing", "not enforced"),
    Gap("free entry point, authentication-international prices", "not emulated"),
    Gap("marketing opt-out (131050), per-user limits (131049)", "not emulated"),
    Gap("numbers of `X-Business-Use-Case-Usage`", "always zero"),
    Gap("`Strict-Transport-Security`, `Alt-Svc`, `X-Fb-Debug`, `ETag`", "not sent"),
    Gap("texts of authentication templates", "English in every language"),
    Gap("fan-out of a retry to apps that had answered 200", "only the app that had not"),
    Gap("free service messages are counted when delivered", "counted when sent"),
    Gap("body limit of marketing templates (550 reported)", "1,024"),
    Gap("a local number without `+` gets the business's country code", "numbers are taken as international"),
)
