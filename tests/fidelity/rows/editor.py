"""How templates are written and listed, and the library they can be taken from."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_ORDERS = "domain/templates/editor/test_template_orders.py::test_"
_BUTTONS = "domain/templates/editor/test_template_buttons.py::test_"
_WEB = "web/graph/templates/test_graph_templates.py::test_"
_READING = "web/graph/templates/test_graph_template_lists.py::test_"
_LIBRARY = "web/graph/templates/test_graph_template_library.py::test_"
_CODES = "web/graph/templates/test_graph_authentication_templates.py::test_"
_TEXTS = "domain/templates/test_authentication_texts.py::test_"
_LIBRARY_PAGE = "D/templates/template-library, 9 April 2026"
_CODES_PAGE = "D/templates/authentication-templates, November 2025"
_LISTS = "lists that users have published, 2024 and 2025"

EDITOR = Area(
    "Writing and listing templates",
    (
        proven(
            "A label has no variables, new lines, emojis or formatting: 2388060.",
            Basis.RECORDED,
            "a public report of 10 August 2026",
            f"{_BUTTONS}labels_are_plain_words",
        ),
        proven(
            "A button's number is a phone number, and a numbered variable of its address is `{{1}}`.",
            Basis.INFERRED,
            "D/templates/components",
            f"{_BUTTONS}a_phone_number_is_one",
            f"{_BUTTONS}the_variable_of_a_url_is_its_end",
        ),
        proven(
            "A template has at most 100 variables, and the name of one stands once in a text.",
            Basis.REPORTED,
            "support.maqsam.com, D/templates/overview",
            f"{_ORDERS}a_template_has_a_hundred_variables_at_most",
            "domain/templates/editor/test_template_editor.py::test_the_name_of_a_variable_is_unique",
            unsure="the subcodes are inferred",
        ),
        proven(
            "Variables at an edge or in too great number are refused since 1 October 2025; before, the "
            "template was taken and then rejected.",
            Basis.REPORTED,
            "support.wati.io",
            f"{_ORDERS}variables_are_refused_at_once_since_october_2025",
            f"{_WEB}variables_at_an_edge_were_rejected_afterwards_until_october_2025",
            unsure="that the rejection came after the usual review, and its `rejection_info`, is inferred",
        ),
        proven(
            "The body of a marketing template has 1,024 characters, or what `marketing_body_limit` says.",
            Basis.DOCUMENTED,
            "D/templates/components; Bird and Wati print 550",
            f"{_ORDERS}the_body_of_a_marketing_template_may_be_shorter_here",
            f"{_WEB}the_body_limit_of_marketing_templates_is_a_setting",
        ),
        proven(
            "A template with `display_format` ORDER_DETAILS has its button under a text, picture or "
            "document; one about the state of an order is UTILITY.",
            Basis.DOCUMENTED,
            "D/payments",
            f"{_ORDERS}a_bill_is_a_button_under_a_text_a_picture_or_a_document",
            f"{_ORDERS}what_says_it_is_about_an_order_is_made_like_it",
            unsure="that the editor refuses anything else, and its sentences, are inferred",
        ),
        proven(
            "An OTP button names its app itself until v20.0, later in `supported_apps` alone.",
            Basis.DOCUMENTED,
            _CODES_PAGE,
            "wire/test_template_requests.py::test_an_app_stands_on_the_button_itself_until_20",
            unsure="later it is refused as a missing `supported_apps`",
        ),
        proven(
            "`sub_category`, `display_format`, `degrees_of_freedom_spec` and their like are kept and shown "
            "by `fields=`.",
            Basis.DOCUMENTED,
            "Meta's SDK, April 2026",
            f"{_READING}options_are_kept_and_shown_when_they_are_asked_for",
            "wire/test_template_requests.py::test_an_option_that_makes_no_sense_is_complained_about",
        ),
        proven(
            "An authentication template is listed with its texts, a sample, and its button as a URL; codes "
            "without a validity of their own with 600 seconds.",
            Basis.RECORDED,
            _LISTS,
            f"{_READING}an_authentication_template_is_listed_as_recorded",
        ),
        proven(
            "A sample file is listed by an address at `scontent.whatsapp.net`.",
            Basis.RECORDED,
            _LISTS,
            f"{_READING}the_sample_of_a_header_is_listed_as_an_address",
            unsure="the address is made of the handle and leads nowhere",
        ),
        proven(
            "`since` and `until` choose templates by when they were created.",
            Basis.INFERRED,
            "Meta's SDK, April 2026, has the names",
            f"{_READING}the_list_can_be_cut_off_by_time",
        ),
        proven(
            "The codes of a template live ten minutes, 30 days if it was made before 23 October 2024; a "
            "template may say 30 to 900 seconds, others 30 to 43,200, marketing 43,200 to 2,592,000.",
            Basis.DOCUMENTED,
            "D/templates/time-to-live",
            "domain/templates/lifecycle/test_template_time_to_live.py::test_authentication_messages_wait_ten_minutes_since_october_2024",
            "domain/templates/editor/test_template_editor.py::"
            "test_a_code_is_valid_for_half_a_minute_to_a_quarter_of_an_hour",
            "domain/templates/editor/test_template_editor.py::test_validity_periods_outside_the_range_are_refused",
            unsure="that the day begins in UTC is inferred",
        ),
        proven(
            "Authentication templates are written in their language.",
            Basis.REPORTED,
            "English and Spanish are documented; others are printed by clients of the editor",
            f"{_TEXTS}spanish_reads_as_the_documentation_prints_it",
            f"{_TEXTS}every_language_has_a_place_for_the_code_and_one_for_the_minutes",
            f"{_TEXTS}a_language_nobody_prints_is_written_in_english",
            unsure="languages that nobody prints, and the footer in Arabic, are English; a country's variety "
            "is written as its language",
        ),
        proven(
            "`message_template_previews` shows the texts of authentication templates, of all languages when "
            "none is named.",
            Basis.DOCUMENTED,
            _CODES_PAGE,
            f"{_CODES}a_preview_is_the_documented_one",
            f"{_CODES}a_preview_of_nothing_special_shows_the_body_in_every_language",
            unsure="that they come in one page is inferred",
        ),
        proven(
            "`upsert_message_templates` makes or updates an authentication template in many languages, "
            "approved at once; it takes no labels.",
            Basis.DOCUMENTED,
            _CODES_PAGE,
            f"{_CODES}templates_are_made_in_every_language_that_is_asked",
            f"{_CODES}templates_that_are_there_are_updated_without_being_edits",
            "wire/test_library_requests.py::test_many_templates_have_languages_one_category_and_no_labels",
            unsure="that an update counts as no edit, and that labels are refused, is inferred",
        ),
    ),
)

LIBRARY = Area(
    "The template library",
    (
        proven(
            "`GET /message_template_library` lists and filters by `search`, `topic`, `usecase`, `industry`, "
            "`language` and `name`.",
            Basis.REPORTED,
            f"{_LIBRARY_PAGE}, and published answers",
            f"{_LIBRARY}a_library_template_is_listed_as_recorded",
            f"{_LIBRARY}the_library_is_filtered",
            unsure="ids but for five, most samples, use cases and industries are ours; the page prints the "
            "topic ACCOUNT_UPDATE, answers have ACCOUNT_UPDATES, and both are taken",
        ),
        proven(
            "A template from the library is approved at once; `library_template_name` says where it is from.",
            Basis.DOCUMENTED,
            _LIBRARY_PAGE,
            f"{_LIBRARY}a_library_template_is_approved_at_once_and_knows_where_it_is_from",
            unsure="the platform reserves a review for some accounts",
        ),
        proven(
            "`library_template_button_inputs` may be an array, JSON, or quoted like the documented sample.",
            Basis.DOCUMENTED,
            _LIBRARY_PAGE,
            "wire/test_library_requests.py::test_inputs_of_buttons_are_read_however_they_are_quoted",
            "wire/test_library_requests.py::test_inputs_of_buttons_that_make_no_sense_are_complained_about",
            f"{_LIBRARY}a_missing_input_is_told",
            unsure="which refusal a missing input gets is inferred",
        ),
        proven(
            "What is sent with it is of the types ADDRESS, TEXT, AMOUNT, DATE, PHONE NUMBER, EMAIL, NUMBER.",
            Basis.DOCUMENTED,
            _LIBRARY_PAGE,
            f"{_LIBRARY}a_send_is_held_to_the_types",
            "domain/templates/filling/test_typed_values.py::test_dates_are_days_of_the_calendar",
            "domain/templates/filling/test_typed_values.py::test_amounts_have_a_number_and_perhaps_a_currency",
            unsure="how strictly they are read, and the code 132018, is inferred",
        ),
        proven(
            "A template whose components are edited is the library's no longer.",
            Basis.INFERRED,
            "the page says that its contents are fixed",
            f"{_LIBRARY}a_template_that_is_rewritten_is_the_library_s_no_longer",
        ),
    ),
)
