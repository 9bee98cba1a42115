"""The forms of workplaces: names, units, invitations, and keeping a draft. What is wrong is said here, also what only the database knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.models.people import NAME_LENGTH as PERSON_LENGTH
from app.models.people import Person, address_of
from app.models.policy import UNIT_LENGTH, Policy
from app.models.workplaces import MOST_OWNED, MOST_POLICIES, NAME_LENGTH, Workplace
from app.pack.examples import NAMES
from app.values.vocabulary import MEMBER_ROLES
from app.web.choices import Choice, Option
from app.web.fields import Email, Line, Looks, Part
from app.web.forms import Form, posted
from app.web.language import t

NEW = "new"
REGISTER = "register"


class WorkplaceForm(Form):
    """A form of workplaces, in their looks."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="stack-tight", group="plain-set")


def unit_line(label: str = "workplaces_unit_label") -> Line:
    """The field for the part of a workplace that a policy is for; blank for the whole."""
    return Line(label, UNIT_LENGTH, help="workplaces_unit_help")


def check_unit(field: Line, place: Workplace | None, but: str = "") -> bool:
    """Whether a policy can be for the unit: none too many, and none that another policy than `but` is for already."""
    if place and not but and place.is_full():
        field.wrong("workplaces_error_full", most=MOST_POLICIES)
    elif place and not field.fault and place.has_unit(field.data, but):
        field.wrong("workplaces_error_unit_taken", unit=field.data or t("workplaces_whole"))
    return not field.fault


class NameForm(WorkplaceForm):
    """What a workplace is called."""

    name = Line("workplaces_name_label", NAME_LENGTH, missing="workplaces_error_name", render_kw={"autocomplete": "organization"})


def check_owned(field: Line, person: Person) -> bool:
    """Whether a new workplace can have the name: its owner may not own too many."""
    if not field.fault and Workplace.owned_by(person.id) >= MOST_OWNED:
        field.wrong("workplaces_error_owned", most=MOST_OWNED)
    return not field.fault


class KeepForm(NameForm):
    """Where a draft is kept: in a workplace of one's own, or in a new one. Readers see the name of whoever invites them, which is asked for once."""

    workplace = Choice("workplaces_keep_which", missing="workplaces_error_choose")
    unit = unit_line()
    your_name = Line(
        "workplaces_your_name", PERSON_LENGTH, help="workplaces_your_name_help", missing="workplaces_error_your_name",
        render_kw={"autocomplete": "name"},
    )  # fmt: skip

    def offer(self, places: Sequence[Workplace]) -> None:
        """Offer these, and a new one."""
        named = [Option(place.id, Markup("<bdi>{}</bdi>").format(place.name)) for place in places]
        self.workplace.options = [*named, Option(NEW, t("workplaces_keep_new"))]
        if places:
            self.name.names("workplaces_keep_new_name")
        else:
            self.workplace.data = NEW

    def is_fine(self, place: Workplace | None, person: Person) -> bool:
        """Whether the draft can be kept in `place`, or in a new one."""
        self.validate()
        if self.workplace.data != NEW:
            self.name.forgive()
        else:
            check_owned(self.name, person)
        if person.name:
            self.your_name.forgive()
        check_unit(self.unit, place)
        return not self.faults


class BeginForm(WorkplaceForm):
    """A new policy for a unit, from nothing or from an example."""

    unit = unit_line()
    example = Choice("workplaces_new_how")

    def offer(self, has_register: bool) -> None:
        """Offer to begin with nothing, with what the register says where there is one, and the examples."""
        register = [Option(REGISTER, t("workplaces_new_register"), t("workplaces_new_register_help"))] if has_register else []
        self.example.options = [Option("", t("workplaces_new_blank")), *register, *(Option(name, t(f"start_example_{name}")) for name in NAMES)]


class ManageForm(WorkplaceForm):
    """Everything that can be done with a policy as a whole; of its forms one is posted."""

    unit = unit_line()
    copy = unit_line("workplaces_copy_label")
    archive = Part("workplaces_archiving_title")
    restore = Part("workplaces_restore_title")

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """The fields that were posted, and beside them what is stored."""
        return cls(MultiDict({"unit": policy.unit, "copy": "", **posted().to_dict()}))


class InviteForm(WorkplaceForm):
    """Whom to invite, and in which role."""

    email = Email("workplaces_people_email", missing="workplaces_error_email", unfit="workplaces_error_email")
    role = Choice("workplaces_people_role", missing="workplaces_error_role", default="editor")

    def offer(self) -> None:
        """Offer the roles, the one that may do least first."""
        self.role.options = [Option(role, t(f"role_{role}"), t(f"workplaces_{role}_text")) for role in reversed(MEMBER_ROLES)]

    def is_fine(self, place: Workplace) -> bool:
        """Whether the person can be invited: not whoever is a member already."""
        if self.validate() and any(person.email == address_of(self.email.data) for _, person in place.members()):
            self.email.wrong("workplaces_error_member")
        return not self.faults
