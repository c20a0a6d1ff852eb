"""What the emulator does not follow."""

from __future__ import annotations

from fidelity.rows.row import Gap

GAPS = (
    Gap(
        "the id of a request to make a group, and its invite link",
        "made up: their form is not documented, and the link leads nowhere",
    ),
    Gap(
        "a changed `identity_key_hash`, which client libraries call `customer_identity_changed`",
        "no webhook of its own: the page about system messages of August 2026 has changed numbers and user "
        "ids alone; the next webhooks show the new hash, and 137000 tells who sends with the old one",
    ),
    Gap(
        "numbers that come to the Business app or leave it (`on_business_app`; `ACCOUNT_OFFBOARDED`, "
        "`ACCOUNT_RECONNECTED`)",
        "the fact is shown, lowers the throughput, and lets the app be asked for what it has; nothing is "
        "told of it but on demand, by samples",
    ),
    Gap(
        "`/{phone_number_id}/groups` and what is done with groups there",
        "made by the control API and the fixture",
    ),
    Gap("several participants' statuses in one webhook", "each comes alone"),
    Gap("at most three pins, and only by an admin", "a pin is taken and sent"),
    Gap(
        "Direct Send: media headers, variables that the platform finds, the language of what is written",
        "headers are texts; each content is a template of its own, in `en_US`",
    ),
    Gap("Direct Send: content that does not fit its category", "not judged"),
    Gap("marketing that falls back to `messages`", "`marketing_messages` delivers everything itself"),
    Gap("message types `gif` and `link_preview`", "refused with 131051, journalled as unsupported"),
    Gap(
        "the bytes of a file",
        "its declared type, its size and the head of a sticker are judged; whether it is a picture is not",
    ),
    Gap(
        "links to public hosts",
        "taken as good and noted in the journal, unless `--allow-public` or `--allow-host`",
    ),
    Gap(
        "pages in a browser may call it, whatever their origin",
        "refused with 403, unless `--allow-origin` names the origin; other clients notice nothing",
    ),
    Gap(
        "handles of header examples",
        "any text of their form is taken, unless `header_handles` says `uploaded`; the bytes of an upload in "
        "pieces are not kept",
    ),
    Gap("`messages_encrypted`", "not emulated"),
    Gap(
        "`url` of a file in an inbound webhook, where nobody serves the emulator",
        "left out: in process it has no address; `GET /{media_id}` gives one",
    ),
    Gap(
        "by which id a reaction, an edit and a deletion name a message of the person's own since July 2026",
        "by the id that the business was told; no report says",
    ),
    Gap(
        "131061, 134102, GIF headers on `marketing_messages` alone",
        "131061 is not returned, 134102 as a fault only, GIFs are accepted everywhere",
    ),
    Gap(
        "catalogues, products and flows, and whether a flow is published",
        "ids are taken as they are; what they open is nothing",
    ),
    Gap("senders whose country has no call buttons", "every number may send them"),
    Gap(
        "the rest of the template library: authentication templates, files on top, languages but English",
        "some forty utility templates in `en` and `en_US`, most without their headers; a name that is not "
        "among them is refused, and journalled as unsupported",
    ),
    Gap("how long the values of a library template may be", "as long as those of any other"),
    Gap("`library_template_body_inputs`", "taken and ignored, as where the platform has no place for them"),
    Gap(
        "authentication templates are for verified businesses",
        "for every one, unless `authentication_templates` says `verified`",
    ),
    Gap("authentication templates without an OTP button (until 1 April 2024)", "always refused"),
    Gap("an offer that has ended, a call button whose time is over", "accepted and shown"),
    Gap("tap targets are for verified accounts of high quality", "for every account"),
    Gap("`booking_confirmation` and `reminder` buttons", "known to a send, no template can have them"),
    Gap("required category of carousels and product templates", "only limited-time offers must be MARKETING"),
    Gap(
        "errors of a call's end (138019 to 138023)",
        "reported in a `failed` status as a fault; a call of a person has none",
    ),
    Gap("messaging tiers of each number, before October 2025", "the portfolio has one at any time"),
    Gap(
        "calls of a business, and answering one: `/{phone_number_id}/calls`",
        "people call; whoever has them call says whether they were answered, and nothing is heard",
    ),
    Gap("a person who accepts a call of the business opens the window", "there are no such calls"),
    Gap("volume tiers and `VOLUME_BASED_PRICING_TIER_UPDATE`", "charges are counted, not priced by volume"),
    Gap(
        "750,000 codes abroad in 30 days make a business pay authentication-international",
        "somebody says that it does, and since when",
    ),
    Gap("amounts of money", "messages are counted; amounts come from somebody's own `rates`"),
    Gap("prices of Meta Business Agent and of AI providers", "not emulated"),
    Gap("`pricing_analytics` and `conversation_analytics`", "`GET …/costs` of the control API"),
    Gap(
        "usage of sends and of apps (`X-App-Usage`), and the time calls cost",
        "zero; only management calls are counted",
    ),
    Gap("adding numbers; `request_code` and `verify_code`", "numbers stand in the seed"),
    Gap("a PIN that is guessed too often (133008, 133009)", "133005 each time; to be had as faults"),
    Gap("people in groups and the messaging limit", "they are counted and never refused"),
    Gap("the review of a display name when a limit rises", "a name is reviewed when somebody says so"),
    Gap("warnings before an account is disabled (`SCHEDULE_FOR_DISABLE`)", "it is disabled at once"),
    Gap("pacing of a whole portfolio", "templates are paced, one by one"),
    Gap("mutes and archived chats in a number's quality", "blocks and reports count, and reads by a setting"),
    Gap("how often a person reads marketing, in the limit per person", "one number for everybody"),
    Gap("blocks and marketing rules in groups", "asked of messages to one person only"),
    Gap("`message_status: paused` of `marketing_messages`", "a paused template is refused with 132015"),
    Gap("`user_preferences` of people who sign up by a link", "stop and resume only"),
    Gap(
        "`Strict-Transport-Security`, `Alt-Svc`, `X-Fb-Debug`, and until October 2026 `ETag` and 304",
        "not sent",
    ),
    Gap(
        "until October 2026 JSON in lines (`pretty`) and messages beside the answer (`debug`)",
        "ignored, as the platform does since",
    ),
    Gap("fan-out of a retry to apps that had answered 200", "only the app that had not"),
    Gap(
        "restrictions of calls, and of utility templates that somebody imposes",
        "reported and stored, not enforced",
    ),
    Gap(
        "`whatsapp_business_manager_messaging_limit` before version 24 of the API",
        "sent in every version",
    ),
    Gap("`message_template_components_update` of an upsert", "not sent"),
    Gap(
        "`current_limit` of `THROUGHPUT_UPGRADE` since February 2026",
        "inferred: `max_daily_conversations_per_business` takes its place",
    ),
    Gap("the alert of a verification that is pending", "reported as DEFERRED; no page says which it is"),
    Gap("template events `PENDING`, `LOCKED` and `LIMIT_EXCEEDED`", "not sent: no page says when they are"),
    Gap(
        "`template_auto_archival_enabled` of `POST /{waba_id}`",
        "not taken, since nobody can opt out; the setting `auto_archival` is",
    ),
)
