"""Files: uploads, downloads, links, and how long everything is kept."""

from __future__ import annotations

from fidelity.rows.row import RECORDINGS, REPORTS, Area, Basis, Exchange, complaint, message, proven, row

_TESTS = "web/graph/media/test_graph_media.py::test_"
_LINKS = "sandbox/media/test_links.py::test_"

MEDIA = Area(
    "Uploads, downloads and links",
    (
        proven(
            "An upload is answered with an id alone, a file described with a number for its size.",
            Basis.RECORDED,
            RECORDINGS,
            f"{_TESTS}an_upload_is_answered_with_an_id",
            f"{_TESTS}a_file_is_described_in_the_recorded_order",
        ),
        proven(
            "A download has the recorded headers; ranges can be asked for.",
            Basis.RECORDED,
            RECORDINGS,
            f"{_TESTS}a_download_gives_the_bytes_with_the_recorded_headers",
            f"{_TESTS}a_range_can_be_asked_for",
            "web/graph/media/test_graph_downloads.py::test_several_ranges_or_none_are_answered_with_the_whole_file",
            unsure="how the address is signed is ours; several ranges are answered with the whole file",
        ),
        proven(
            "The address of a download works for 300 seconds, and needs the token.",
            Basis.RECORDED,
            RECORDINGS,
            f"{_TESTS}an_address_works_for_five_simulated_minutes",
            f"{_TESTS}a_download_needs_the_token_and_the_address_as_it_was_given",
            unsure="404 is documented, its empty body is inferred",
        ),
        proven(
            "Uploaded files are kept for 30 days, those that people send for 7.",
            Basis.DOCUMENTED,
            "D/business-phone-numbers/media",
            f"{_TESTS}an_uploaded_file_is_kept_for_thirty_days",
            "web/control/messages/test_control_inbound.py::test_a_file_that_a_person_sent_is_kept_for_a_week",
        ),
        proven(
            "The type of the file's own part is judged, and must have no parameters; `type` may be left out.",
            Basis.REPORTED,
            REPORTS,
            f"{_TESTS}the_type_of_the_part_itself_is_judged",
            f"{_TESTS}an_upload_works_without_the_type_parameter_and_with_it",
        ),
        proven(
            "A part in brackets (`file[value]`) makes `file` an object, which is no file.",
            Basis.RECORDED,
            "github.com/fbsamples/whatsapp-api-examples/issues/10, v18.0",
            f"{_TESTS}a_file_in_brackets_is_a_member_of_something_else",
            f"{_TESTS}a_text_is_no_file",
            "wire/test_forms.py::test_brackets_make_members",
            unsure="the end of the sentence, and that any other value is refused so too, is inferred",
        ),
        row(
            "An id that is not one of this number's files is refused at once, with its path.",
            Basis.REPORTED,
            REPORTS,
            complaint(
                message("image", {"id": "1"}),
                "Param image['id'] is not a valid whatsapp business account media attachment ID",
            ),
            unsure="some reports print the path with a dot",
        ),
        proven(
            "The type and the name of a resumable upload have up to 255 characters each.",
            Basis.INFERRED,
            "its handle repeats the type; the platform's own bounds are not known",
            "robustness/test_bounded_texts.py::test_the_type_and_the_name_of_an_upload_have_255_characters",
        ),
        proven(
            "A file of the wrong type or size fails later: 131053.",
            Basis.REPORTED,
            REPORTS,
            "domain/test_media.py::test_a_file_of_another_type_is_refused_in_the_reported_words",
            "domain/test_media.py::test_a_file_may_be_as_large_as_its_kind_allows",
            f"{_TESTS}a_file_of_the_wrong_kind_is_told_later",
        ),
        proven(
            "The type of a file that is refused is told without its parameters.",
            Basis.RECORDED,
            "github.com/chatwoot/chatwoot/issues/10428",
            "domain/test_media.py::test_a_file_of_another_type_is_refused_in_the_reported_words",
        ),
        proven(
            "The sample of a template cannot be sent as a link: its host refuses the platform, 131053.",
            Basis.REPORTED,
            "github.com/fazer-ai/chatwoot/pull/363, August 2026; report 349 there says that it once could",
            f"{_LINKS}the_sample_of_a_template_is_no_file_to_send",
            "domain/test_media.py::test_the_hosts_of_samples_are_known",
            unsure="the details are inferred from the reported status 403",
        ),
        proven(
            "A link is fetched after the answer, and remembered for ten minutes by its spelling.",
            Basis.DOCUMENTED,
            "D/messages/send-messages",
            f"{_LINKS}nothing_is_fetched_before_the_answer",
            f"{_LINKS}a_link_is_remembered_for_ten_minutes",
        ),
        proven(
            "So it is in the header of a template and in its cards: an unknown id at once, the rest later.",
            Basis.REPORTED,
            REPORTS,
            "web/graph/media/test_graph_template_files.py::test_an_unknown_id_in_a_card_is_refused_with_the_path_of_the_card",
            "web/graph/media/test_graph_template_files.py::test_a_file_of_the_wrong_type_fails_later",
            "web/graph/media/test_graph_template_files.py::test_the_cards_of_a_carousel_show_files_too",
        ),
        proven(
            "What cannot be downloaded fails with 131053 and the HTTP status.",
            Basis.REPORTED,
            "client libraries",
            f"{_LINKS}what_a_link_leads_to_decides",
            unsure="words about hosts that do not answer are ours",
        ),
        row(
            "An unknown file cannot be read; an id with an underscore is deleted like a post.",
            Basis.RECORDED,
            RECORDINGS,
            Exchange(method="GET", path="/v24.0/123_123", status=400),
            Exchange(
                method="DELETE",
                path="/123_123",
                status=400,
                answer={
                    "error": {
                        "message": "(#100) Invalid post_id parameter",
                        "type": "OAuthException",
                        "code": 100,
                        "fbtrace_id": "…",
                    }
                },
            ),
        ),
        proven(
            "An upload in pieces ends with a handle; its offset tells where to go on.",
            Basis.DOCUMENTED,
            "the platform's collection of examples, May 2026",
            f"{_TESTS}a_whole_file_is_answered_with_a_handle",
            f"{_TESTS}an_upload_goes_on_where_it_stopped",
            unsure="the answer to a piece that is not the last is inferred",
        ),
    ),
)
