"""Errors of management with strings to show to a user: numbers, accounts, sign-up, synchronisation."""

from __future__ import annotations

from emulator.domain.catalogue.entry import DOCS, ERROR_CODES, Basis, CatalogueEntry, Layer

_SIGN_UP = f"{DOCS}/embedded-signup/errors"
_SYNCHRONISING = f"{DOCS}/embedded-signup/onboarding-business-app-users"
_VERIFYING = f"{DOCS}/business-phone-numbers/phone-numbers"


def user_facing(
    subcode: int,
    user_title: str,
    user_message: str,
    trigger: str,
    basis: Basis = Basis.DOCUMENTED,
    *,
    title: str = "Invalid parameter",
    code: int = 100,
    verbatim: bool = True,
    edge: str | None = None,
    method: str | None = "POST",
    source: str = ERROR_CODES,
    number: int | None = None,
) -> CatalogueEntry:
    """Build the row of an error of management: code 100 with a subcode, and strings to show to a user.

    ``number`` is its key in the catalogue (default: its subcode).
    """
    return CatalogueEntry(
        number or subcode,
        title,
        400,
        trigger,
        basis,
        layer=Layer.USER_FACING,
        edge=edge,
        method=method,
        source=source,
        code=code,
        subcode=subcode,
        verbatim=verbatim,
        transient=False,
        user_title=user_title,
        user_message=user_message,
    )


def _sign_up(subcode: int, user_title: str, user_message: str, trigger: str) -> CatalogueEntry:
    return user_facing(subcode, user_title, user_message, trigger, Basis.INFERRED, source=_SIGN_UP)


def _code(code: int, subcode: int, title: str, verb: str, edge: str) -> tuple[CatalogueEntry, CatalogueEntry]:
    """A refused verification call, found by its code and by its subcode."""

    def row(number: int) -> CatalogueEntry:
        return user_facing(
            subcode,
            title,
            f"This phone number isn’t eligible to {verb} a registration code since it is not being migrated.",
            f"`{edge}` for a number that needs no verification",
            Basis.INFERRED,
            title=title,
            code=code,
            verbatim=False,
            edge=edge,
            source=_VERIFYING,
            number=number,
        )

    return row(code), row(subcode)


MANAGEMENT = (
    *_code(136024, 2388091, "Request code error", "receive", "request_code"),
    *_code(136025, 2388093, "Verify code error", "verify", "verify_code"),
    user_facing(
        2388001,
        "Please confirm ownership of this phone number.",
        "Certificate can be downloaded only after confirming ownership of a phone number that is being "
        "migrated.",
        "migrating a number before it is confirmed, or with two-step verification on",
    ),
    user_facing(
        2388012,
        "This phone number already exists in your list of phone numbers.",
        "The phone number you are trying to migrate is already present in your WhatsApp account.",
        "migrating a number that is already there",
    ),
    user_facing(
        2388103,
        "Cannot migrate phone number.",
        "There was an error migrating this phone number.",
        "migrating a number whose accounts are not ready; Meta's page has ten messages",
    ),
    user_facing(
        2494100,
        "Account is in maintenance mode.",
        "The business phone number is in maintenance mode.",
        "migrating a number under maintenance",
    ),
    _sign_up(
        2494164,
        "Signup not found",
        "The specified signup entity does not exist.",
        "an unknown sign-up",
    ),
    _sign_up(
        2494165,
        "Signup not available",
        "The In-App Signup API is not enabled for this WABA.",
        "the account may not use sign-ups",
    ),
    _sign_up(
        2494166,
        "Unknown placeholder",
        "The confirmation_message contains an unknown placeholder.",
        "an unknown placeholder",
    ),
    _sign_up(
        2494167,
        "Missing placeholder value",
        "The confirmation_message uses the {{promo_code}} placeholder but no promo_code value was provided.",
        "a placeholder without a value",
    ),
    _sign_up(
        2494168,
        "Terms of Service not accepted",
        "The Terms of Service were not accepted.",
        "the terms were not accepted",
    ),
    _sign_up(
        2494176,
        "Terms of Service already accepted",
        "The business has already accepted the Terms of Service.",
        "terms that were accepted before",
    ),
    _sign_up(
        2494177,
        "Terms of Service URL not allowed",
        "The URL provided in policy.tos is not an approved Terms of Service URL.",
        "another URL than the terms have",
    ),
    _sign_up(
        2494179,
        "Website URL not allowed",
        "The website_url does not use the https:// scheme.",
        "a website without https",
    ),
    user_facing(
        2593079,
        "WhatsApp Business Account is being migrated",
        "This WABA has already been marked for migration to a different solution ID",
        "moving an account to a second solution",
    ),
    user_facing(
        2593085,
        "Invalid WhatsApp Business Account for OBO Mobility",
        "The WABA is not eligible for OBO ownership transfer.",
        "transferring an account that cannot be transferred",
    ),
    user_facing(
        2593107,
        "Synchronization Request limit exceeded",
        "You have exceeded the maximum number of times to call the synchronization api for this phone "
        "number.",
        "synchronising a second time",
        edge="smb_app_data",
        source=_SYNCHRONISING,
    ),
    user_facing(
        2593108,
        "Synchronization Request made outside of allowed time window",
        "Synchronization request can only be made within 24 hours of onboarding",
        "synchronising later than a day after onboarding",
        edge="smb_app_data",
        source=_SYNCHRONISING,
    ),
)
