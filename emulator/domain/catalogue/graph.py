"""Errors of the Graph API itself: tokens, permissions, paths, objects, rate limits."""

from __future__ import annotations

from typing import Any

from emulator.domain.catalogue.entry import DOCS, ERROR_CODES, GRAPH_ERRORS, Basis, CatalogueEntry, Layer

_INSIGHTS = f"{DOCS}/analytics"
_VALIDATING = "Error validating access token: "


def _row(number: int, title: str, status: int, trigger: str, basis: Basis, **more: Any) -> CatalogueEntry:
    source = more.pop("source", GRAPH_ERRORS)
    return CatalogueEntry(number, title, status, trigger, basis, layer=Layer.GRAPH, source=source, **more)


def _session(subcode: int, sentence: str, trigger: str, basis: Basis = Basis.REPORTED) -> CatalogueEntry:
    """A token that is good no more: code 190 with a subcode."""
    return _row(
        subcode,
        _VALIDATING + sentence,
        401,
        trigger,
        basis,
        code=190,
        subcode=subcode,
        verbatim=True,
    )


GRAPH = (
    _row(
        0,
        "We were unable to authenticate the app user.",
        401,
        "the token has expired or was withdrawn",
        Basis.DOCUMENTED,
        page_title="AuthException",
        source=ERROR_CODES,
        verbatim=True,
    ),
    _row(
        1,
        "An unknown error occurred",
        400,
        "an invalid request, or a fault of the server",
        Basis.DOCUMENTED,
        page_title="API Unknown",
        source=ERROR_CODES,
        verbatim=True,
        disputed=(500,),
    ),
    _row(
        2,
        "Service temporarily unavailable",
        503,
        "downtime or overload",
        Basis.DOCUMENTED,
        page_title="API Service",
        source=ERROR_CODES,
        transient=True,
        disputed=(500,),
    ),
    _row(
        3,
        "Application does not have the capability to make this API call.",
        500,
        "the app lacks a capability or a permission",
        Basis.REPORTED,
        page_title="API Method",
        source=ERROR_CODES,
    ),
    _row(
        4,
        "Application request limit reached",
        400,
        "the app has made too many calls",
        Basis.REPORTED,
        page_title="API Too Many Calls",
        source=ERROR_CODES,
        disputed=(403,),
    ),
    _row(
        10,
        "Application does not have permission for this action",
        403,
        "a permission was not granted or was removed",
        Basis.REPORTED,
        page_title="Permission Denied",
        source=ERROR_CODES,
    ),
    _row(
        17,
        "User request limit reached",
        400,
        "the user has made too many calls",
        Basis.REPORTED,
        page_title="API User Too Many Calls",
    ),
    _row(
        33,
        "Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        400,
        "an unknown id, a missing permission, or a number that was deleted",
        Basis.RECORDED,
        page_title="Parameter value is not valid",
        code=100,
        subcode=33,
        type="GraphMethodException",
        verbatim=True,
    ),
    _row(
        102,
        "Session key invalid or no longer valid",
        401,
        "the login has ended",
        Basis.REPORTED,
        page_title="API Session",
    ),
    _row(
        104,
        "An access token is required to request this resource.",
        400,
        "a call without a token",
        Basis.REPORTED,
        verbatim=True,
    ),
    _row(
        190,
        "Invalid OAuth access token - Cannot parse access token",
        401,
        "an unknown token",
        Basis.RECORDED,
        page_title="Access token has expired",
        verbatim=True,
        disputed=(400,),
    ),
    _row(
        200,
        "You do not have the necessary permissions to send messages on behalf of this WhatsApp Business "
        "Account",
        403,
        "the token lacks a permission (200 to 299 in Meta's list)",
        Basis.REPORTED,
        page_title="API Permission",
        source=ERROR_CODES,
    ),
    _row(
        341,
        "Application limit reached",
        400,
        "the app has reached a limit of its own",
        Basis.DOCUMENTED,
    ),
    _row(
        368,
        "Temporarily blocked for policies violations",
        403,
        "the account is restricted for breaking a policy",
        Basis.DOCUMENTED,
        source=ERROR_CODES,
    ),
    _session(
        458,
        "The user has not authorized application.",
        "the app is not installed for this user",
    ),
    _session(
        459,
        "The user is enrolled in a blocking, logged-in checkpoint",
        "the user has to log in at facebook.com first",
    ),
    _session(
        460,
        "The session has been invalidated because the user changed their password or Facebook has changed "
        "the "
        "session for security reasons.",
        "the user changed their password",
    ),
    _session(
        463,
        "Session has expired on {expired}. The current time is {now}.",
        "the token has expired",
        Basis.RECORDED,
    ),
    _session(
        464,
        "Sessions for the user are not allowed because the user is not a confirmed user.",
        "the user is not confirmed",
    ),
    _session(
        467,
        "The session is invalid because the user logged out.",
        "the token was withdrawn",
    ),
    _session(
        492,
        "Session does not match current stored session. This may be because the user changed the password "
        "since "
        "the time the session was created or Facebook has changed the session for security reasons.",
        "the session is not the stored one",
    ),
    _row(
        192,
        "(#192) Param {parameter} is not a valid phone number.",
        400,
        "the number of a template's button is none",
        Basis.RECORDED,
        edge="message_templates",
        method="POST",
        verbatim=True,
        source=f"{DOCS}/templates/components",
    ),
    _row(
        506,
        "Duplicate Post",
        400,
        "the same content twice in a row",
        Basis.DOCUMENTED,
    ),
    _row(
        613,
        "Calls to this api have exceeded the rate limit",
        429,
        "too many questions about call permissions",
        Basis.REPORTED,
        source=f"{DOCS}/calling/troubleshooting",
        disputed=(400,),
    ),
    _row(
        2200,
        "Callback verification failed with the following errors: HTTP Status Code = 403; "
        "HTTP Message = Forbidden",
        400,
        "the callback did not answer the challenge",
        Basis.REPORTED,
        source="https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
    ),
    _row(
        2500,
        "Unknown path components: {path}",
        400,
        "an unknown path or version",
        Basis.REPORTED,
        verbatim=True,
    ),
    _row(
        80007,
        "Rate limit issues",
        400,
        "the account's limit of management calls, as documented",
        Basis.DOCUMENTED,
        source=ERROR_CODES,
        disputed=(429,),
    ),
    _row(
        80008,
        "There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For "
        "more "
        "info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
        400,
        "the account's limit of management calls, as observed",
        Basis.REPORTED,
        source=f"{DOCS}/about-the-platform",
        disputed=(429,),
    ),
    _row(
        200005,
        "Template insights unavailable",
        400,
        "insights are not available for this account yet",
        Basis.DOCUMENTED,
        source=_INSIGHTS,
        edge="template_analytics",
    ),
    _row(
        200006,
        "Cannot disable template insights",
        400,
        "insights stay enabled once they are",
        Basis.DOCUMENTED,
        source=_INSIGHTS,
        edge="",
        method="POST",
    ),
    _row(
        200007,
        "Template Insights not enabled",
        400,
        "insights were not enabled for this account",
        Basis.DOCUMENTED,
        source=_INSIGHTS,
        edge="template_analytics",
    ),
    _row(
        1609005,
        "Error Posting Link",
        400,
        "the link cannot be read",
        Basis.DOCUMENTED,
    ),
)
