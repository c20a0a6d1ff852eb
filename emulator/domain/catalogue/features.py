"""Errors of the other services: registration, groups, calls, flows, block lists, usernames."""

from __future__ import annotations

from typing import Any

from emulator.domain.catalogue.entry import DOCS, ERROR_CODES, Basis, CatalogueEntry, ErrorChannel

_FLOWS = "https://developers.facebook.com/docs/whatsapp/flows/reference/error-codes"
_USERNAMES = f"{DOCS}/business-scoped-user-ids"


def _at(edge: str | None, source: str, method: str | None = None) -> Any:
    """Rows that share an edge and a page."""

    def row(
        number: int,
        title: str,
        trigger: str,
        status: int = 400,
        basis: Basis = Basis.DOCUMENTED,
        channel: ErrorChannel = ErrorChannel.SYNC,
        **more: Any,
    ) -> CatalogueEntry:
        return CatalogueEntry(
            number,
            title,
            status,
            trigger,
            basis,
            channel,
            **{"edge": edge, "method": method, "source": source} | more,
        )

    return row


_registration = _at("register", ERROR_CODES)
_group = _at("groups", f"{DOCS}/groups/error-codes")
_call = _at("calls", f"{DOCS}/calling/troubleshooting")
_flow = _at(None, _FLOWS, "POST")
_blocking = _at("block_users", f"{DOCS}/block-users")
_username = _at("username", _USERNAMES)
_onboarding = _at(None, f"{DOCS}/marketing-messages/send-marketing-messages", "POST")

FEATURES: tuple[CatalogueEntry, ...] = (
    _group(131201, "Request partially succeeded", "some of the participants failed", 206),
    _group(131202, "Duplicate participant", "the same participant twice"),
    _group(
        131203,
        "Participant has not accepted the Terms of Service",
        "outdated terms",
        basis=Basis.REPORTED,
    ),
    _group(131204, "Participant overlimit", "more than eight participants"),
    _group(131207, "Group suspended", "the group breaks a policy", 403),
    _group(131208, "Group Rate Limit Hit", "too many group management calls at once", 429),
    _group(131209, "Invalid Group Profile Picture Aspect Ratio", "a picture that is not square"),
    _group(131210, "Image is Too Small to Process", "a picture of less than 192 pixels"),
    _group(131211, "Group create limit reached", "the number has as many groups as it may"),
    _group(131212, "Participant is not a part of the group.", "removing who is not in the group"),
    _group(131213, "Group join request does not exist.", "an unknown request to join"),
    _group(131214, "Group creation is temporarily disabled", "too many marketing messages recently"),
    _group(131215, "This phone number is not eligible to access Groups APIs", "no official account"),
    _call(
        131044,
        "Business eligibility payment issue",
        "a person calls a business that has no payment method",
        channel=ErrorChannel.ASYNC,
    ),
    _registration(133000, "Incomplete Deregistration", "an earlier deregistration failed", 500),
    _registration(133004, "Server Temporarily Unavailable", "the server is down for a while", 503),
    _registration(133005, "Two step verification PIN Mismatch", "a wrong PIN"),
    _registration(133006, "Phone number re-verification needed", "the number was not verified"),
    _registration(133008, "Too Many two step verification PIN Guesses", "too many wrong PINs"),
    _registration(133009, "Two step verification PIN Guessed Too Fast", "wrong PINs at short intervals"),
    _registration(
        133015,
        "Please wait a few minutes before attempting to register this phone number",
        "the number was deleted recently",
    ),
    _registration(
        133016,
        "Account register deregister rate limit exceeded",
        "more than ten registrations in 72 hours",
        disputed=(429,),
    ),
    _call(138000, "Calling not enabled", "calls are not switched on", 401),
    _call(138001, "Receiver Uncallable", "the person cannot be called"),
    _call(138002, "Concurrent Calls limit", "a thousand calls at once", 429),
    _call(138003, "Duplicate call", "a call with this person is going on"),
    _call(138004, "Connection error", "the call could not be connected", 500),
    _call(138005, "Call rate limit exceeded", "too many calls were begun", 429),
    _call(138006, "No approved call permission found", "the person has not agreed to calls", 401),
    _call(138007, "Connect Timeout error", "the session description came too late", 500),
    _call(
        138009,
        "Call Permission Request Limit Hit",
        "more than one request for permission in a day, or two in a week",
        edge="messages",
    ),
    _call(138012, "Business Initiated Calls Limit Hit", "too many calls to this person in a day"),
    _call(138013, "Business-initiated calling is not available", "calls are not available in this country"),
    _call(138014, "Calling is temporarily disabled", "people complained about the calls"),
    _call(138015, "Calling cannot be enabled", "the messaging limit is below 2,000", edge="settings"),
    _call(
        138017,
        "Call permission request can’t be sent because a permanent permission already exists.",
        "the person has given permanent permission",
        edge="messages",
    ),
    _call(
        138018,
        "WhatsApp Business calling cannot be enabled because technical pre-requisites are not met.",
        "no app is subscribed to `calls`",
        edge="settings",
    ),
    _call(138019, "Call setup failed", "reported when a call ends", channel=ErrorChannel.ASYNC),
    _call(138020, "Relay connection failed", "reported when a call ends", channel=ErrorChannel.ASYNC),
    _call(138021, "Media receive timeout", "reported when a call ends", channel=ErrorChannel.ASYNC),
    _call(138022, "Media transmit timeout", "reported when a call ends", channel=ErrorChannel.ASYNC),
    _call(
        138023,
        "Call accepted but terminated with no media signals",
        "reported when a call ends",
        channel=ErrorChannel.ASYNC,
    ),
    _flow(
        139000,
        "Blocked by Integrity",
        "the account may make no flows",
        basis=Basis.REPORTED,
        details="Unfortunately, we've identified an issue with integrity in your account and have "
        "prevented you "
        "from creating or publishing your Flow.",
    ),
    _flow(
        139001,
        "Updating attempt failed",
        "changing a published flow, or a definition that cannot be read",
        basis=Basis.REPORTED,
        details="Flow can't be updated",
    ),
    _flow(
        139002,
        "Publishing attempt failed",
        "publishing a flow that is not ready",
        basis=Basis.REPORTED,
        details="Publishing Flow in invalid state",
    ),
    _flow(
        139003,
        "Deprecating attempt failed",
        "deprecating a flow that is not published",
        basis=Basis.REPORTED,
        details="Can't deprecate unpublished flow",
    ),
    _flow(
        139004,
        "Deleting attempt failed",
        "deleting a published flow",
        basis=Basis.REPORTED,
        details="Can't delete published Flow",
        method="DELETE",
    ),
    _blocking(
        139100,
        "Failed to block/unblock users",
        "some of the people could not be blocked",
        details="Failed to block some users, see the block_users response list for details",
    ),
    _blocking(139101, "Blocklist limit reached", "64,000 people are blocked"),
    _blocking(139102, "Blocklist concurrent update", "the list changed while it was read"),
    _blocking(139103, "Internal error", "the list cannot be changed for now"),
    _username(147001, "Username not available", "the name is taken or not allowed", basis=Basis.INFERRED),
    _username(
        147002,
        "Account not eligible to request a username",
        "the messaging limit is too low",
        basis=Basis.INFERRED,
    ),
    _username(
        147003,
        "Facebook Page not linked",
        "the name belongs to a Page the number is not linked to",
        basis=Basis.INFERRED,
    ),
    _username(
        147004,
        "Instagram account not linked",
        "the name belongs to an Instagram account the number is not linked to",
        basis=Basis.INFERRED,
    ),
    _username(
        147005,
        "Username transfer required",
        "another number of the business has the name",
        basis=Basis.INFERRED,
    ),
    _onboarding(
        1752041,
        "Duplicate Request",
        "the business was invited to the marketing API before",
        details="Duplicate Request is thrown when a client has already been invited to onboard by any "
        "partner.",
    ),
)
