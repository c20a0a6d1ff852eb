"""Images, videos, audio, documents and stickers: their members and limits."""

from __future__ import annotations

from typing import Any

from fidelity.rows.row import LINK, RECORDINGS, Area, Basis, Proof, accepted, complaint, message, row, value


def image(**members: Any) -> dict[str, Any]:
    return message("image", members)


FILES = Area(
    "Images, videos, audio, documents and stickers",
    (
        row(
            "A file is named by an `id` or a `link`; without either the `id` is missed.",
            Basis.DOCUMENTED,
            "D/messages/image-messages",
            *(
                complaint(message(kind, {}), f"The parameter {kind}['id'] is required.")
                for kind in ("image", "video", "audio", "document", "sticker")
            ),
            complaint(image(id=""), "The parameter image['id'] is required."),
            unsure="the sentence is inferred",
        ),
        row(
            "When both `id` and `link` are there, the link counts.",
            Basis.INFERRED,
            "the pages ask for one of them",
            accepted(image(id="1", link=LINK)),
            Proof("domain/test_shapes.py::test_files_are_named_by_id_or_link_with_their_places"),
        ),
        row(
            "A link is taken whatever it leads to, as an image of a type that is not supported was.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(image(link="https://example.com/876d5/profile-pic.avif", caption="Profile")),
            accepted(message("sticker", {"link": LINK})),
            accepted(message("document", {"link": LINK, "caption": "Profile", "filename": "custom_name"})),
        ),
        row(
            "A link is an `http` or `https` address.",
            Basis.REPORTED,
            "public issues",
            *(
                complaint(image(link=link), "Param image['link'] is not a valid URI.")
                for link in ("", "nowhere", "ftp://example.com/a.png", "https://", "http://[")
            ),
            unsure="some reports print the path with a dot",
        ),
        row(
            "An empty caption is taken.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(image(link=LINK, caption="")),
        ),
        row(
            "A caption has at most 1,024 characters, on images, videos and documents.",
            Basis.DOCUMENTED,
            "D/messages/image-messages, D/messages/video-messages, D/messages/document-messages",
            *(
                check
                for kind in ("image", "video", "document")
                for check in (
                    accepted(message(kind, {"link": LINK, "caption": "x" * 1024})),
                    value(
                        message(kind, {"link": LINK, "caption": "x" * 1025}),
                        "Caption is too long. Max length is 1024",
                    ),
                )
            ),
            unsure="the sentence is inferred",
        ),
        row(
            "Audio and stickers have no caption.",
            Basis.DOCUMENTED,
            "D/messages/audio-messages, D/messages/sticker-messages",
            complaint(
                message("audio", {"link": LINK, "caption": "Hello"}),
                'Unexpected key "caption" on param "audio".',
            ),
            complaint(
                message("sticker", {"link": LINK, "caption": "Hello"}),
                'Unexpected key "caption" on param "sticker".',
            ),
        ),
        row(
            "Only a document has a `filename`.",
            Basis.REPORTED,
            "public issues",
            complaint(image(link=LINK, filename="a.png"), 'Unexpected key "filename" on param "image".'),
            complaint(
                message("video", {"link": LINK, "filename": "a"}),
                'Unexpected key "filename" on param "video".',
            ),
        ),
        row(
            "A file name has at most 240 characters.",
            Basis.INFERRED,
            "",
            value(
                message("document", {"link": LINK, "filename": "x" * 241}),
                "Filename is too long. Max length is 240",
            ),
        ),
        row(
            "Audio may be a voice message (`voice`).",
            Basis.DOCUMENTED,
            "D/messages/audio-messages",
            accepted(message("audio", {"link": LINK, "voice": True})),
            complaint(
                message("audio", {"link": LINK, "voice": "loud"}),
                "Param audio['voice'] must be a boolean.",
            ),
        ),
    ),
)
