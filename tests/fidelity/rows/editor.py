"""How templates are written and listed, and the library they can be taken from."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_ORDERS = "domain/templates/editor/test_template_orders.py::test_"
_BUTTONS = "domain/templates/editor/test_template_buttons.py::test_"
_EXAMPLES = "domain/templates/editor/test_template_examples.py::test_"
_CHANGES = "domain/templates/lifecycle/test_template_changes.py::test_"
_SCHEMA = "domain/templates/editor/test_template_schema.py::test_"
_REFUSALS = "web/graph/templates/test_graph_template_refusals.py::test_"
_READ = "wire/test_template_requests.py::test_"
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
            "Each component and each button has the members that are declared for it: another is 2388042, a "
            "missing one 2388043 with its name.",
            Basis.RECORDED,
            "a test report of 27 February 2026, and public reports",
            f"{_REFUSALS}a_member_that_is_not_declared_reads_as_recorded",
            f"{_SCHEMA}a_member_that_is_not_declared_is_unexpected",
            f"{_SCHEMA}a_member_that_is_needed_is_missed",
            f"{_SCHEMA}a_card_is_declared_like_the_message_that_holds_it",
            f"{_REFUSALS}an_edit_is_held_to_the_schema_as_well",
            unsure="recorded of a body's text alone; which members the others have is documented, that a "
            "button's are told as those of BUTTONS is inferred",
        ),
        proven(
            "Values of another type are refused by the generic reader with their path: a button's number "
            "with 192, its address as no valid URI.",
            Basis.RECORDED,
            "a test report of 27 February 2026; reports that print the path of the address",
            f"{_REFUSALS}a_number_that_is_none_reads_as_recorded",
            f"{_READ}a_number_that_is_none_has_a_code_of_its_own",
            f"{_READ}an_address_that_is_none_is_refused_by_the_reader",
            f"{_READ}a_member_of_another_type_is_complained_about",
            unsure="which numbers are valid is inferred",
        ),
        proven(
            "An example has a value for every variable in a list of its own; flat it passes for one alone. "
            "Under the other format's member it is missing by name: `example.body_text`.",
            Basis.REPORTED,
            "github.com/megaapp977/stack/issues/324, github.com/gabrieldwight/Whatsapp-Business-Cloud-Api-Net"
            "/issues/96, a provider's answer of July 2026",
            f"{_EXAMPLES}an_example_has_a_value_for_every_variable",
            f"{_EXAMPLES}an_example_that_does_not_fit_is_missing",
        ),
        proven(
            "The sample of a header is a handle: an address is 2388273, an empty handle 2388043 about "
            "`example.header_url`, the id of a media file or a handle with an error in it 131009 with "
            "2494102.",
            Basis.REPORTED,
            "github.com/Jaal-Yantra-Textiles/v2/pull/167; five integrators who met 2494102, 2025 and 2026",
            f"{_EXAMPLES}an_address_is_no_sample",
            f"{_EXAMPLES}what_no_upload_ended_with_is_an_invalid_handle",
            f"{_EXAMPLES}a_handle_is_a_sample",
            f"{_REFUSALS}which_handles_are_samples_is_a_setting",
            f"{_REFUSALS}an_upload_that_is_not_whole_has_no_handle",
            "domain/templates/editor/test_template_editor.py::test_texts_and_examples_are_expected_fields",
            unsure="the sentence of 2494102 is ours; one report has the code 100 with it",
        ),
        proven(
            "A business that is not verified gets 10 with 2388185 for an authentication template, and others "
            "are taken: `authentication_templates`.",
            Basis.REPORTED,
            "more than a dozen integrators, April to October 2026, some with the whole answer",
            f"{_REFUSALS}which_businesses_may_create_codes_is_a_setting",
            unsure="some say that a messaging limit of 2,000 is asked for, too; that it comes before what "
            "the editor refuses is inferred; the default is `any`",
        ),
        proven(
            "An approved template keeps its category, and no template becomes or was one of authentication: "
            "3835031.",
            Basis.REPORTED,
            "an integrator who edited a rejected template, 10 September 2026",
            f"{_CHANGES}the_category_of_an_approved_template_stays",
            f"{_CHANGES}no_template_becomes_or_was_one_of_authentication",
            unsure="the number is reported of one that should become AUTHENTICATION; the words are ours",
        ),
        proven(
            "The label of an OTP button is the platform's own.",
            Basis.REPORTED,
            "github.com/glific/glific/issues/4383, August 2025",
            f"{_BUTTONS}the_label_of_a_code_is_the_platform_s",
            f"{_REFUSALS}which_labels_a_code_has_is_a_setting",
            unsure="Meta's page lets it be chosen, as `otp_labels: any` does; the subcode is inferred",
        ),
        proven(
            "A body needs twice as many words as variables, and one more; too few are told before a variable "
            "at the edge.",
            Basis.REPORTED,
            "Syniverse, Mercuri; twenty templates of one account, September 2026",
            f"{_EXAMPLES}too_many_variables_are_told_before_one_at_the_edge",
            f"{_EXAMPLES}how_many_words_a_variable_needs_is_the_account_s",
            f"{_REFUSALS}how_many_words_a_variable_needs_is_a_setting",
            unsure="other accounts measured up to seven words a variable, which `words_per_variable` sets",
        ),
        proven(
            "The number of errors about a body's layout is 2388047, of those about a header 2388072.",
            Basis.REPORTED,
            "a recorded answer, and a team's measurements",
            "domain/templates/editor/test_template_editor.py::test_a_header_is_plain_text",
            "domain/templates/editor/test_template_editor.py::test_a_body_is_laid_out_decently",
            unsure="Meta's table of error codes has them the other way round",
        ),
        proven(
            "A footer has no new lines and no emojis.",
            Basis.REPORTED,
            "a report that quotes the sentence; Twilio's page of error 63040",
            f"{_EXAMPLES}a_footer_is_a_plain_line",
            unsure="the subcode, 2388073, is Meta's for footers in general",
        ),
        proven(
            "Titles and sentences are those of recorded answers, or else quoted, or else of Meta's table; "
            "the hint says which words are the emulator's own.",
            Basis.CONVENTION,
            "`emulator/domain/templates/wording.py`",
            f"{_REFUSALS}a_variable_at_the_edge_reads_as_recorded",
            f"{_REFUSALS}words_of_our_own_say_so",
            "domain/templates/test_template_wording.py::test_what_no_source_has_is_told",
        ),
        proven(
            "A label has no variables, new lines, emojis or formatting: 2388060.",
            Basis.RECORDED,
            "a public report of 10 August 2026",
            f"{_BUTTONS}labels_are_plain_words",
        ),
        proven(
            "The variable of a button's address is its end, and a numbered one is `{{1}}`: 2388052.",
            Basis.REPORTED,
            "a report of number and title about templates of the library; D/templates/components",
            f"{_BUTTONS}the_variable_of_a_url_is_its_end",
            unsure="that it is the number for addresses of one's own is inferred",
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
            "`library_template_button_inputs` may be an array, JSON, or quoted like the documented sample; "
            "its members are read as those of the buttons.",
            Basis.DOCUMENTED,
            f"{_LIBRARY_PAGE}; the names of members: Amazon's API for it",
            "wire/test_library_requests.py::test_inputs_are_read_by_the_declared_members",
            "wire/test_library_requests.py::test_inputs_of_buttons_are_read_however_they_are_quoted",
            "wire/test_library_requests.py::test_inputs_of_buttons_that_make_no_sense_are_complained_about",
            f"{_LIBRARY}a_missing_input_is_told",
            unsure="which refusal a missing input gets, and that an unknown member is refused, is inferred",
        ),
        proven(
            "A language that the library does not have is refused with 2388049, in its list and for a "
            "template from it.",
            Basis.REPORTED,
            "two public code bases of 2026: one quotes number and title, one the sentence, for Spanish by "
            "country",
            f"{_LIBRARY}a_language_that_the_library_has_not_is_refused",
            unsure="which languages the platform's has is not known: but for Spanish by country it is marked "
            "as not emulated",
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
