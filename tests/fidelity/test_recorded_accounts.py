"""Recorded exchanges about numbers, accounts and objects that are not there, asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from kit.fidelity.recordings import NUMBER, WABA, same

NUMBER_FIELDS = (
    "id,is_official_business_account,display_phone_number,verified_name,account_mode,quality_rating,"
    "certificate,"
    "code_verification_status,eligibility_for_api_business_global_search,is_pin_enabled,name_status,"
    "new_name_status,status,search_visibility,messaging_limit_tier"
)


WABA_FIELDS = (
    "id,name,timezone_id,message_template_namespace,account_review_status,business_verification_status,"
    "country,"
    "ownership_type,primary_business_location"
)


NUMBER_SHOWN = (
    r'{"id":"107878721936019","is_official_business_account":false,"display_phone_number":"+1 555-093-4873",'
    r'"verified_name":"Test Number","account_mode":"SANDBOX","quality_rating":"GREEN",'
    r'"code_verification_status":"NOT_VERIFIED",'
    r'"eligibility_for_api_business_global_search":"NON_ELIGIBLE_VERIFIED_LEVEL","is_pin_enabled":true,'
    r'"name_status":"AVAILABLE_WITHOUT_REVIEW","new_name_status":"NONE","status":"DISCONNECTED",'
    r'"search_visibility":"NON_VISIBLE","messaging_limit_tier":"TIER_250"}'
)


# numbers and accounts


def test_a_number(sandbox_with: Any, ask: Any) -> None:
    """Every field a client asks for; a certificate is not set."""
    sandbox_with(registered=False)

    same(ask(f"GET /v19.0/{NUMBER}?fields={NUMBER_FIELDS}"), 200, NUMBER_SHOWN)


def test_the_numbers_of_an_account(sandbox_with: Any, ask: Any) -> None:
    """One, with cursors and no links."""
    sandbox_with(registered=False)

    same(
        ask(f"GET /v19.0/{WABA}/phone_numbers?fields={NUMBER_FIELDS}"),
        200,
        rf'{{"data":[{NUMBER_SHOWN}],"paging":{{"cursors":{{"before":"QVFIUnpyRHZAWNzZ",'
        rf'"after":"QVFIUnpyRHZA"}}}}}}',
    )


def test_an_account(sandbox_with: Any, ask: Any) -> None:
    """Country and primary location are not set there, and so are left out."""
    sandbox_with()

    same(
        ask(f"GET /v19.0/{WABA}?fields={WABA_FIELDS}"),
        200,
        r'{"id":"114503234599312","name":"Test Business Account","timezone_id":"138",'
        r'"message_template_namespace":"9d1f930f_bea0_46c5_9099_bc3291e9d6b4",'
        r'"account_review_status":"APPROVED",'
        r'"business_verification_status":"not_verified","ownership_type":"SELF"}',
    )


def test_a_namespace(sandbox_with: Any, ask: Any) -> None:
    """One field, and the id after it."""
    sandbox_with()

    same(
        ask(f"GET /v19.0/{WABA}?fields=message_template_namespace"),
        200,
        r'{"message_template_namespace":"ffac72fb_6591_4cb3_bb24_0c33a6633999","id":"114503234599312"}',
    )


# unknown objects


FORM = "application/x-www-form-urlencoded"


PROFILE_FIELDS = "about,address,description,email,profile_picture_url,websites,vertical"


UNKNOWN = [
    (f"GET /v19.0/123123?fields={WABA_FIELDS}", "", None),
    (f"GET /v19.0/123123?fields={NUMBER_FIELDS}", "", None),
    (f"GET /v19.0/123123/phone_numbers?fields={NUMBER_FIELDS}", "", None),
    (f"GET /v19.0/123123/whatsapp_business_profile?fields={PROFILE_FIELDS}", "", None),
    ("GET /v19.0/123456?fields=message_template_namespace", "", None),
    ("GET /v19.0/123456/message_templates?limit=100", "", None),
    ("GET /v19.0/1297883712183060", "", None),
    ("GET /123_123", "", None),
    (
        "POST /v19.0/123123/messages",
        '{"messaging_product":"whatsapp","to":56789,"recipient_type":"individual","type":"text",'
        '"text":{"body":"hola"}}',
        None,
    ),
    (
        "POST /v19.0/123123/whatsapp_business_profile",
        "about=Hey+there%21+I+am+using+WhatsApp.&messaging_product=whatsapp",
        FORM,
    ),
    ("POST /v19.0/123123/deregister", "", FORM),
    ("POST /v19.0/123123/register", "messaging_product=whatsapp&pin=123", FORM),
    ("POST /v19.0/1234567/media", "--x--", "multipart/form-data; boundary=x"),
]


@pytest.mark.parametrize(
    ("request_line", "body", "content_type"), UNKNOWN, ids=[case[0][:60] for case in UNKNOWN]
)
def test_an_unknown_object(
    sandbox_with: Any, ask: Any, request_line: str, body: str, content_type: str | None
) -> None:
    """Asked for in thirteen ways, answered with one sentence."""
    sandbox_with()
    method, path = request_line.split(" ")
    name = path.removeprefix("/v19.0").strip("/").partition("/")[0].partition("?")[0]

    answer = ask(request_line, body, content_type)

    same(
        answer,
        400,
        rf'{{"error":{{"message":"Unsupported {method.lower()} request. Object with ID '
        rf"'{name}' does not exist, cannot be loaded due to missing permissions, or does not support this "
        rf"operation. "
        r"Please read the Graph API documentation at https:\/\/developers.facebook.com\/docs\/graph-api"
        r'","type":"GraphMethodException","code":100,"error_subcode":33,'
        r'"fbtrace_id":"ACdd1FddvH-4zPiFGo69asF"}}',
    )
    assert answer.headers["X-App-Usage"] == '{"call_count":0,"total_cputime":0,"total_time":0}'


def test_deleting_an_id_with_an_underscore(sandbox_with: Any, ask: Any) -> None:
    """It is taken for a post's."""
    sandbox_with()

    same(
        ask("DELETE /123_123"),
        400,
        r'{"error":{"message":"(#100) Invalid post_id parameter","type":"OAuthException","code":100,'
        r'"fbtrace_id":"AIejXf67At-GZg4mX_Cs-Md"}}',
    )


# headers


def test_the_headers_of_a_success(sandbox_with: Any, ask: Any) -> None:
    """Those that do not depend on Meta's machines."""
    sandbox_with()

    answer = ask(f"GET /v19.0/{WABA}")

    recorded = {
        "Content-Type": "application/json; charset=UTF-8",
        "Vary": "Accept-Encoding, Origin",
        "Access-Control-Allow-Origin": "*",
        "Pragma": "no-cache",
        "Cache-Control": "private, no-cache, no-store, must-revalidate",
        "Expires": "Sat, 01 Jan 2000 00:00:00 GMT",
        "X-Business-Use-Case-Usage": '{"114503234599312":[{"type":"whatsapp_business_management",'
        '"call_count":0,'
        '"total_cputime":0,"total_time":0,"estimated_time_to_regain_access":0}]}',
    }
    assert {name: answer.headers.get(name) for name in recorded} == recorded


@pytest.mark.parametrize(
    ("at", "version", "warning"),
    [
        (
            datetime(2024, 10, 14, tzinfo=UTC),
            "v20.0",
            "The call has been auto-upgraded to v20.0 as v19.0 will be deprecated.",
        ),
        (
            datetime(2025, 5, 20, tzinfo=UTC),
            "v21.0",
            "The call has been auto-upgraded to v21.0 as v19.0 has been deprecated.",
        ),
        (
            datetime(2026, 2, 10, tzinfo=UTC),
            "v24.0",
            "The call has been auto-upgraded to v24.0 as v19.0 has been deprecated.",
        ),
    ],
    ids=["October 2024", "May 2025", "February 2026"],
)
def test_an_old_version_is_upgraded(
    sandbox_with: Any, ask: Any, at: datetime, version: str, warning: str
) -> None:
    """To what the server upgraded it to at that time, in its words."""
    sandbox_with(at=at)

    answer = ask(f"GET /v19.0/{WABA}")

    assert (answer.headers["Facebook-Api-Version"], answer.headers.get("X-Ad-Api-Version-Warning")) == (
        version,
        warning,
    )
