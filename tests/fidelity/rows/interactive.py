"""Interactive messages: header, body and footer of every type; buttons, lists and links."""

from __future__ import annotations

from functools import partial

from fidelity.rows.bodies import (
    ACTION,
    BUTTONS_PAGE,
    FOOTER,
    HEADER,
    LIMIT,
    LIST_PAGE,
    TYPES,
    buttons,
    carousel,
    counted,
    cta,
    interactive,
    lengths,
    listed,
    media_card,
    named,
    products,
    reply,
    rows_of,
)
from fidelity.rows.row import (
    LINK,
    NUMBER,
    RECORDINGS,
    Area,
    Basis,
    accepted,
    complaint,
    message,
    refused,
    row,
    value,
)

PARTS = Area(
    "Interactive messages: header, body, footer",
    (
        row(
            "`interactive.type` is required, and one of a fixed list.",
            Basis.DOCUMENTED,
            "D/messages/send-messages",
            complaint(message("interactive", {}), "The parameter interactive['type'] is required."),
            complaint(
                message("interactive", {"type": "poll"}),
                f"Param interactive['type'] must be one of {TYPES} - got \"poll\".",
            ),
            unsure="the list in the sentence is inferred",
        ),
        row(
            "A body with a text and an action are required.",
            Basis.REPORTED,
            "public issues",
            complaint(buttons(body={"text": ""}), "The parameter interactive['body']['text'] is required."),
            complaint(buttons(body=None), "The parameter interactive['body'] is required."),
            complaint(interactive("button", None), f"The parameter {ACTION} is required."),
        ),
        row(
            "Unknown members are refused wherever they stand.",
            Basis.REPORTED,
            "public issues",
            complaint(buttons(templateId=1), 'Unexpected key "templateId" on param "interactive".'),
            complaint(
                buttons({**reply(), "id": "1"}),
                f'Unexpected key "id" on param "{ACTION}[\'buttons\'][0]".',
            ),
        ),
        row(
            "A body has at most 1,024 characters, a list's 4,096.",
            Basis.REPORTED,
            "public issues",
            accepted(buttons(body={"text": "x" * 1024})),
            value(buttons(body={"text": "x" * 1025}), lengths("Body text", 1024)),
            accepted(listed(body={"text": "x" * 4096})),
            value(listed(body={"text": "x" * 4097}), lengths("Body text", 4096)),
            unsure="for lists documentation and reports differ",
        ),
        row(
            "A footer has at most 60 characters.",
            Basis.DOCUMENTED,
            BUTTONS_PAGE,
            accepted(buttons(footer={"text": "x" * 60})),
            value(buttons(footer={"text": "x" * 61}), lengths("Footer text", 60)),
            unsure=LIMIT,
        ),
        row(
            "A text header has at most 60 characters.",
            Basis.DOCUMENTED,
            BUTTONS_PAGE,
            accepted(buttons(header={"type": "text", "text": "x" * 60})),
            value(buttons(header={"type": "text", "text": "x" * 61}), lengths("Header text", 60)),
            unsure=LIMIT,
        ),
        row(
            "A header is a text, an image, a video or a document; a document may have a file name.",
            Basis.DOCUMENTED,
            BUTTONS_PAGE,
            accepted(buttons(header={"type": "image", "image": {"link": LINK}})),
            accepted(buttons(header={"type": "video", "video": {"link": LINK}})),
            accepted(buttons(header={"type": "document", "document": {"link": LINK, "filename": "a.pdf"}})),
            complaint(
                buttons(header={"type": "audio", "audio": {"link": LINK}}),
                "Param interactive['header']['type'] must be one of {TEXT, IMAGE, VIDEO, DOCUMENT} - got "
                '"audio".',
            ),
            complaint(
                buttons(header={"type": "image", "image": {"link": "nowhere"}}),
                "Param interactive['header']['image']['link'] is not a valid URI.",
            ),
        ),
        row(
            "A list and a product list have text headers only; another is refused as a missing text.",
            Basis.RECORDED,
            "github.com/Secreto31126/whatsapp-api-js/issues/54, v15.0",
            *(
                value(made(header=header), "Text cannot be null for header type text")
                for made in (listed, partial(products, 1))
                for header in (
                    {"type": "image", "image": {"link": LINK}},
                    {"type": "document", "document": {"link": LINK}},
                    {"type": "text"},
                )
            ),
            refused(
                listed(header={"type": "image", "image": {"link": LINK}}),
                "(#131009) Parameter value is not valid",
                "Text cannot be null for header type text",
                code=131009,
                subcode=2494010,
                path=f"/v15.0/{NUMBER}/messages",
            ),
            unsure="that a product list answers the same is inferred",
        ),
        row(
            "A header that is badly formed is refused by the generic reader, whatever the message.",
            Basis.REPORTED,
            "github.com/Secreto31126/whatsapp-api-js/issues/1, github.com/restfb/restfb/issues/1268",
            complaint(
                listed(header={"type": "image", "image": "a.png"}),
                "Param interactive['header']['image'] must be a JSON object.",
            ),
            complaint(
                listed(header={"type": "text", "text": {"body": "Hello"}}),
                "Param interactive['header']['text'] must be a string.",
            ),
            complaint(
                listed(header={"type": "hologram"}),
                "Param interactive['header']['type'] must be one of {TEXT, IMAGE, VIDEO, DOCUMENT} - got "
                '"hologram".',
            ),
        ),
        row(
            "Requests for a place, a number or a call, products, catalogues and carousels have no header.",
            Basis.DOCUMENTED,
            "the page of each type",
            *(
                value(body, f"Interactive message of type {kind} does not support a header")
                for kind, body in {
                    "location_request_message": named(
                        "location_request_message", name="send_location", header=HEADER
                    ),
                    "request_contact_info": named("request_contact_info", header=HEADER),
                    "call_permission_request": named("call_permission_request", header=HEADER),
                    "voice_call": named("voice_call", header=HEADER),
                    "catalog_message": named("catalog_message", header=HEADER),
                    "product": interactive(
                        "product", {"catalog_id": "1", "product_retailer_id": "2"}, header=HEADER
                    ),
                    "carousel": carousel(map(media_card, range(2)), header=HEADER),
                }.items()
            ),
            unsure=LIMIT,
        ),
        row(
            "Requests for a place or a call, and carousels, have no footer.",
            Basis.DOCUMENTED,
            "the page of each type",
            *(
                value(body, f"Interactive message of type {kind} does not support a footer")
                for kind, body in {
                    "location_request_message": named(
                        "location_request_message", name="send_location", footer=FOOTER
                    ),
                    "call_permission_request": named("call_permission_request", footer=FOOTER),
                    "carousel": carousel(map(media_card, range(2)), footer=FOOTER),
                }.items()
            ),
            unsure=LIMIT,
        ),
    ),
)

MENUS = Area(
    "Interactive messages: buttons, lists, links",
    (
        row(
            "Reply buttons with a header and a footer are taken.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(buttons(reply(1), reply(2), header=HEADER, footer=FOOTER)),
        ),
        row(
            "There are 1 to 3 buttons.",
            Basis.RECORDED,
            "a recorded refusal",
            accepted(buttons(*map(reply, range(3)))),
            value(buttons(*map(reply, range(4))), counted("buttons", 1, 3)),
            value(interactive("button", {"buttons": []}), counted("buttons", 1, 3)),
        ),
        row(
            "A button's title has 1 to 20 characters.",
            Basis.REPORTED,
            "public issues",
            accepted(buttons(reply(title="x" * 20))),
            value(buttons(reply(title="x" * 21)), lengths("Button title", 20)),
            complaint(
                buttons(reply(title="")),
                f"The parameter {ACTION}['buttons'][0]['reply']['title'] is required.",
            ),
        ),
        row(
            "A button's id has at most 256 characters, and no spaces around it.",
            Basis.DOCUMENTED,
            BUTTONS_PAGE,
            accepted(buttons(reply(id="x" * 256))),
            value(buttons(reply(id="x" * 257)), lengths("Button id", 256)),
            value(buttons(reply(id=" 1")), "Button id cannot have leading or trailing spaces"),
            unsure=LIMIT,
        ),
        row(
            "Titles and ids of buttons differ.",
            Basis.DOCUMENTED,
            BUTTONS_PAGE,
            value(buttons(reply(1), reply(2, id="button_1")), "Duplicate button id: button_1"),
            value(
                buttons(reply(1), reply(2, title="This is button 1!")),
                "Duplicate button title: This is button 1!",
            ),
            unsure=LIMIT,
        ),
        row(
            "A list of two sections with a header and a footer is taken.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(
                listed(
                    {"title": "I am section 1", "rows": rows_of(1, description="I am the description")},
                    {"title": "I am section 2", "rows": [{"id": "other", "title": "I am another row"}]},
                    header=HEADER,
                    footer=FOOTER,
                )
            ),
        ),
        row(
            "A list has at most 10 rows in all its sections.",
            Basis.RECORDED,
            "a recorded refusal",
            accepted(listed({"rows": rows_of(10)})),
            value(listed({"rows": rows_of(11)}), "Total row count exceed max allowed count: 10"),
        ),
        row(
            "A row's title has at most 24 characters.",
            Basis.REPORTED,
            "public issues",
            accepted(listed({"rows": rows_of(1, title="x" * 24)})),
            value(listed({"rows": rows_of(1, title="x" * 25)}), "Row title is too long. Max length is 24"),
        ),
        row(
            "A row's description has at most 72 characters, its id 200.",
            Basis.DOCUMENTED,
            LIST_PAGE,
            accepted(listed({"rows": rows_of(1, description="x" * 72, id="x" * 200)})),
            value(
                listed({"rows": rows_of(1, description="x" * 73)}),
                "Row description is too long. Max length is 72",
            ),
            value(listed({"rows": rows_of(1, id="x" * 201)}), "Row id is too long. Max length is 200"),
            unsure=LIMIT,
        ),
        row(
            "Row ids differ, across sections too.",
            Basis.DOCUMENTED,
            LIST_PAGE,
            value(
                listed({"title": "1", "rows": rows_of(1)}, {"title": "2", "rows": rows_of(1)}),
                "Duplicate row id: row_0",
            ),
            unsure=LIMIT,
        ),
        row(
            "A list has 1 to 10 sections, each with a row.",
            Basis.DOCUMENTED,
            LIST_PAGE,
            value(interactive("list", {"button": "Menu", "sections": []}), counted("sections", 1, 10)),
            value(listed(*[{"title": "A", "rows": rows_of(1)}] * 11), counted("sections", 1, 10)),
            value(listed({"rows": []}), "Invalid rows count. Min allowed rows: 1"),
            unsure=LIMIT,
        ),
        row(
            "A section's title has at most 24 characters, and is needed beside other sections.",
            Basis.DOCUMENTED,
            LIST_PAGE,
            value(
                listed({"title": "x" * 25, "rows": rows_of(1)}),
                "Section title is too long. Max length is 24",
            ),
            value(
                listed({"title": "1", "rows": rows_of(1)}, {"rows": [{"id": "2", "title": "2"}]}),
                "Section title is required when there is more than one section",
            ),
            unsure=LIMIT,
        ),
        row(
            "A list's button has 1 to 20 characters.",
            Basis.DOCUMENTED,
            LIST_PAGE,
            accepted(listed(button="x" * 20)),
            value(listed(button="x" * 21), lengths("Button label", 20)),
            complaint(listed(button=""), f"The parameter {ACTION}['button'] is required."),
            unsure=LIMIT,
        ),
        row(
            "A link button has a label of at most 20 characters and an address.",
            Basis.DOCUMENTED,
            "D/messages/interactive-cta-url-messages",
            accepted(cta(display_text="x" * 20)),
            value(cta(display_text="x" * 21), lengths("Display text", 20)),
            complaint(cta(url="nowhere"), f"Param {ACTION}['parameters']['url'] is not a valid URI."),
            unsure=LIMIT,
        ),
        row(
            "An action repeats the name that belongs to its type.",
            Basis.DOCUMENTED,
            "the page of each type",
            accepted(named("location_request_message", name="send_location")),
            accepted(named("request_contact_info")),
            complaint(
                named("location_request_message"),
                f"Param {ACTION}['name'] must be one of {{SEND_LOCATION}} - got "
                '"location_request_message".',
            ),
            complaint(interactive("cta_url", {}), f"The parameter {ACTION}['name'] is required."),
        ),
    ),
)
