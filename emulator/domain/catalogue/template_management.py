"""Errors of the template editor, of changes and of deletions of templates, with strings to show to a user."""

from __future__ import annotations

from typing import Any

from emulator.domain.catalogue.entry import DOCS, Basis, CatalogueEntry
from emulator.domain.catalogue.management import user_facing

_TEMPLATES = "message_templates"
_EDITING = f"{DOCS}/templates/template-management"


def _template(
    subcode: int,
    user_title: str,
    user_message: str,
    trigger: str,
    basis: Basis = Basis.DOCUMENTED,
    **more: Any,
) -> CatalogueEntry:
    return user_facing(subcode, user_title, user_message, trigger, basis, edge=_TEMPLATES, **more)


TEMPLATE_MANAGEMENT = (
    _template(
        2388019,
        "Message Template Limit Exceeded",
        "You have exceeded the maximum number of message templates you can have for this WhatsApp business "
        "account.",
        "the account has as many templates as it may",
    ),
    _template(
        2388023,
        "Message template language is being deleted",
        "New English (US) content can't be added while the existing English (US) content is being deleted. "
        "Try "
        "again in 4 weeks or consider creating a new message template.",
        "the name is locked since it was deleted",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388024,
        "Content in This Language Already Exists",
        "There is already English (US) content for this template. You can create a new template and try "
        "again.",
        "a second template of the same name and language",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388049,
        "Message template language is not supported",
        "Content can't be added for this language because it is not available for using library templates.",
        "a language that the template library does not have",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388025,
        "Message template is being deleted",
        "This message template is being deleted.",
        "any change to a template that is being deleted",
        Basis.INFERRED,
        source=_EDITING,
    ),
    user_facing(
        2388039,
        "Message template status can't be changed",
        "The status for this message template can't be changed. You can only delete or add templates.",
        "editing a template under review, or too often",
        edge="",
    ),
    _template(
        2388040,
        "Character limit exceeded",
        "A field in your template has exceeded the maximum character limit allowed.",
        "a text that is too long",
    ),
    _template(
        2388042,
        'Message template "components" param contains unexpected field(s)',
        "component of type BODY has unexpected field(s) (text)",
        "a member that a component does not have",
        Basis.RECORDED,
        source=_EDITING,
    ),
    _template(
        2388043,
        'Message template "components" param is missing expected field(s)',
        "component of type BODY is missing expected field(s) (example)",
        "an example that is missing, or does not fit the variables",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388046,
        "Name Format is Incorrect",
        "The message template name can only have lowercase letters and underscores.",
        "a name with other characters",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388047,
        "Message body format is incorrect",
        "The message body can't have more than two consecutive newline characters, only have parameters, or "
        "have more than 10 emojis.",
        "a body with a layout that is not allowed; Meta's page calls this number the header's",
        Basis.REPORTED,
    ),
    _template(
        2388050,
        "Message template button is missing expected field(s)",
        "component of type BUTTONS is missing expected field(s)",
        "a button that lacks a field",
        Basis.INFERRED,
        source=_EDITING,
    ),
    _template(
        2388052,
        "Message template button has invalid URL format",
        "A button URL can have one variable, at the end of the address.",
        "a variable in the middle of a button's address",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388060,
        "Button format is incorrect",
        "Buttons can't have any variables, newlines, emojis or formatting characters.",
        "a button label with variables, line breaks, emojis or formatting",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388072,
        "Message header format is incorrect",
        "The message header can't have any new lines, formatting characters, emojis or asterisks.",
        "a header with formatting; Meta's page calls this number the body's",
        Basis.REPORTED,
    ),
    _template(
        2388073,
        "Message footer format is incorrect",
        "Your message footer contains invalid formatting.",
        "a footer with formatting",
    ),
    _template(
        2388081,
        "Error while adding button URL",
        "Direct links to WhatsApp aren't allowed for buttons.",
        "a button that links to WhatsApp",
        Basis.REPORTED,
        source=_EDITING,
    ),
    user_facing(
        2388094,
        "Sample template can't be changed",
        "Sample message templates can't be edited or deleted.",
        "editing or deleting `hello_world`",
        Basis.INFERRED,
        edge="",
        source=_EDITING,
    ),
    _template(
        2388155,
        "Template name is already used as a sample template",
        "This template is named after a sample template created by default. Please use a different name.",
        "a template with the name of a sample",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388185,
        "Cannot create message template",
        "This WhatsApp business account does not have permission to create message template",
        "an authentication template of a business that is not verified",
        Basis.REPORTED,
        title="Application does not have permission for this action",
        code=10,
        source=f"{DOCS}/templates/authentication-templates/authentication-templates",
    ),
    _template(
        2388273,
        "Missing sample parameter for title type",
        "Templates with IMAGE header type need an example/sample, but it was not provided.",
        "no sample of a header, or an address in its place",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388293,
        "Params Words Ratio Exceeds Limit",
        "This template has too many variables for its length. Reduce the number of variables or increase the "
        "message length.",
        "too many variables for the text",
        Basis.REPORTED,
        source=_EDITING,
    ),
    _template(
        2388299,
        "Leading or trailing params not allowed",
        "Variables can't be at the start or end of the template.",
        "a variable at the beginning or the end",
        Basis.RECORDED,
        source=_EDITING,
    ),
    user_facing(
        2388318,
        "Message template can't be edited",
        "Templates created by Direct Send can't be edited.",
        "editing a template generated by Direct Send",
        Basis.INFERRED,
        edge="",
    ),
    _template(
        2388330,
        "Message template can't be deleted",
        "Templates created by Direct Send can't be deleted.",
        "deleting a template generated by Direct Send",
        Basis.INFERRED,
        method="DELETE",
    ),
    _template(
        2494102,
        "Uploaded Media Handle Is Invalid",
        "The handle of the sample is not one that an upload ended with.",
        "the id of a media file, or a handle with an error in it, as the sample of a header",
        Basis.REPORTED,
        title="Parameter value is not valid",
        code=131009,
        verbatim=False,
        source=_EDITING,
    ),
    _template(
        2593002,
        "Message Template Not Found",
        "The message template wasn't found for this account.",
        "deleting a template that does not exist",
        Basis.RECORDED,
        method="DELETE",
        source=_EDITING,
    ),
    user_facing(
        3835031,
        "Message template category can't be changed",
        "The category of this message template can't be changed.",
        "another category of an approved template; from or to AUTHENTICATION of any",
        Basis.INFERRED,
        edge="",
        source=_EDITING,
    ),
)
