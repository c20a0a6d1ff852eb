"""What can be done in a sandbox: each act is one transaction. The half of the facade that moves no time."""

from __future__ import annotations

from emulator.sandbox.acts.business import BusinessActs
from emulator.sandbox.acts.conversing import ConversingActs
from emulator.sandbox.acts.costs import CostActs
from emulator.sandbox.acts.faults import FaultActs
from emulator.sandbox.acts.groups import GroupActs
from emulator.sandbox.acts.opinions import OpinionActs
from emulator.sandbox.acts.people import PeopleActs
from emulator.sandbox.acts.templates import TemplateActs


class Acts(
    PeopleActs,
    ConversingActs,
    OpinionActs,
    GroupActs,
    TemplateActs,
    BusinessActs,
    CostActs,
    FaultActs,
):
    """The acts of people, reviewers, the platform and bad luck."""
