"""What the pages of states, decisions and versions show, as plain values: every choice that a page makes is made here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from app.models.policy import Policy
from app.models.reviews import Reviewer
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.services.versions.situation import History, review_fault
from app.services.versions.workflow import Facts, NextId, TransitionId, next_step
from app.web.view_models import AddressOf, ContentWords, Day, Link, Message, Notice, Tag, Words, message, state_color

NextDeed = NextId | Literal["reply"]  # "reply": the review is over, and its comments wait for answers


class Way(NamedTuple):
    """Where a step is taken, and who may: everybody, whoever may edit, or whoever may make that transition."""

    endpoint: str
    needs: Literal["any", "edit"] | TransitionId


WAYS: Mapping[NextDeed, Way] = {
    "keep": Way("workplaces.keep", "any"),
    "send": Way("review.overview", "send"),
    "follow": Way("review.overview", "edit"),
    "reply": Way("review.comments", "edit"),
    "answer": Way("steps.control", "any"),
    "ready": Way("decisions.ready", "ready"),
    "decide": Way("decisions.decide", "decide"),
    "put_in_force": Way("decisions.in_force", "put_in_force"),
    "wait": Way("decisions.in_force", "put_in_force"),
    "revise": Way("decisions.reopen", "revise"),
}
PICTURES: Mapping[str, str] = {"decided": "decided", "in_force": "in_force"}  # the moments that have a drawing, by the state of the policy
NOT_URGENT: frozenset[NextDeed] = frozenset({"revise", "wait"})  # their button is a second one: nothing has to be done now


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at a page of a policy: the steps that are `allowed`, whether the answers may be changed, how addresses are made, and who owns it."""

    allowed: frozenset[TransitionId]
    may_edit: bool
    is_archived: bool
    address: AddressOf
    owns: bool = False

    def may(self, needs: str) -> bool:
        """Whether what needs this may be done here."""
        return needs == "any" or needs in self.allowed or (needs == "edit" and self.may_edit)


# ── the next step ──


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next: what it means, the button for those who may, and other ways on."""

    text: Message
    button: Link | None
    is_urgent: bool
    is_for_owners: bool
    others: tuple[Link, ...]


def is_review_over(facts: Facts) -> bool:
    """Whether the review is over, while the state of the policy still says that it is read."""
    return facts.state == "in_review" and not facts.review_open


def next_step_of(id: str, facts: Facts, visit: Visit, is_locked: bool) -> NextStep:
    """The one thing to do next with the policy `id`, as it is offered to whoever visits."""
    deed: NextDeed = next_step(facts)
    if deed == "follow" and is_review_over(facts):
        deed = "reply"
    way = WAYS[deed]
    can, address = visit.may(way.needs), visit.address(way.endpoint, id=id)
    return NextStep(
        text=message("status_keep_text" if deed == "keep" else f"status_next_{deed}_text"),
        button=Link(message(f"status_next_{deed}"), address) if can and address else None,
        is_urgent=deed not in NOT_URGENT,
        is_for_owners=is_locked and not can,
        others=tuple(_other_ways(id, deed, visit)),
    )


def _other_ways(id: str, deed: NextDeed, visit: Visit) -> Iterator[Link]:
    if deed == "revise":
        yield Link(message("launch_link"), visit.address("launch.page", id=id))
    if deed in ("revise", "wait") and visit.owns:
        yield Link(message("publish_title"), visit.address("publishing.settings", id=id))
    if deed == "send" and "ready" in visit.allowed:
        yield Link(message("status_ready_without"), visit.address("decisions.ready", id=id))
    if "reopen" in visit.allowed:
        yield Link(message("status_reopen"), visit.address("decisions.reopen", id=id))
    if plan := visit.address("plan.overview", id=id):
        yield Link(message("plan_title"), plan)


# ── what is said about the state ──


def body_of(decision: Decision) -> Words:
    """What the body is called that decided: as it was written down, or as the content calls it."""
    known = {body.id: body for body in the_pack().review.bodies}
    return decision.body_name or (ContentWords(known[decision.body].label) if decision.body in known else decision.body)


def result_of(decision: Decision) -> Words:
    """What was decided, in the words of the content."""
    return ContentWords(the_pack().papers.result(decision.result).label)


def lead_of(facts: Facts) -> Message:
    """What the state of the policy means now."""
    stage = "review_over" if is_review_over(facts) else "scheduled" if facts.scheduled else facts.state
    return message(f"status_lead_{stage}")


def notices_of(policy: Policy, history: History, signed: Version | None, unreached: Sequence[Reviewer], address: AddressOf) -> list[Notice]:
    """What whoever looks at the page should know beside the state, the text that applies first."""
    found = [_applies(policy, history, signed, address), _review_date(history, signed), _given_back(policy, history)]
    return [notice for notice in (*found, _undelivered(policy, unreached, address)) if notice]


def _applies(policy: Policy, history: History, signed: Version | None, address: AddressOf) -> Notice | None:
    """Which version applies now, where it is not the one that the page is about; and which one will."""
    applies = history.applies()
    link = Link(message("status_read", number=applies.number), _version_address(applies, address)) if applies else None
    if policy.state == "decided" and signed and signed.in_force_on:
        coming = message("status_will_apply", number=signed.number, day=signed.in_force_on)
        return Notice("info", (coming, message("status_applies_until", number=applies.number)) if applies else (coming,), link)
    if applies and policy.state != "in_force":
        return Notice("info", (message("status_applies", number=applies.number, day=applies.in_force_on),), link)
    return None


def _version_address(version: Version, address: AddressOf) -> str:
    return address("decisions.version", id=version.policy_id, number=version.number)


def _review_date(history: History, signed: Version | None) -> Notice | None:
    decision = history.decisions.get(signed.id) if signed else None
    fault = review_fault(signed, decision) if signed and decision else ""
    return Notice("warning", (message(f"status_review_{fault}"),)) if fault else None


def _given_back(policy: Policy, history: History) -> Notice | None:
    """What a body wanted otherwise in the last version, while the draft is worked on."""
    decision = history.decisions.get(history.versions[0].id) if history.versions else None
    if policy.state not in ("draft", "in_review") or decision is None or not decision.changes:
        return None
    key = "status_after_changes" if decision.result == "adopted_with_changes" else "status_after_sent_back"
    return Notice("warning", (message(key, body=body_of(decision), day=decision.decided_on),), quoted=decision.changes)


def _undelivered(policy: Policy, unreached: Sequence[Reviewer], address: AddressOf) -> Notice | None:
    if not unreached:
        return None
    names = "; ".join(reader.name for reader in unreached)
    link = Link(message("review_undelivered_see"), address("review.overview", id=policy.id) + "#readers")
    return Notice("warning", (message("review_undelivered_alert", names=names),), link)


# ── versions ──


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list of all: its title with the way to it, its state, and what is known about it."""

    link: Link
    state: Tag
    sentences: tuple[Message, ...]
    text_hash: str


def version_rows(history: History, is_over: bool, address: AddressOf) -> list[VersionRow]:
    """Every version, the newest first. `is_over`: the review of the one that is read is over."""
    return [_version_row(version, history, is_over, address) for version in history.versions]


def _version_row(version: Version, history: History, is_over: bool, address: AddressOf) -> VersionRow:
    decision = history.decisions.get(version.id)
    state = "closed" if is_over and version.state == "in_review" else version.state
    decided = [message("status_decided", result=result_of(decision), body=body_of(decision), day=decision.decided_on)] if decision else []
    title = Link(message("version_title", number=version.number), _version_address(version, address))
    planned = version.in_force_on or (decision.in_force_from if decision else None)
    sentences = (made_by(version, history), *decided, *times_of(version, planned))
    return VersionRow(title, version_tag(state), sentences, version.text_hash)


def version_tag(state: str) -> Tag:
    """The state of a version."""
    return Tag(message(f"version_{state}"), state_color(state))


def made_by(version: Version, history: History) -> Message:
    """Who made the version, and when."""
    if version.made_by and version.made_by in history.names:
        return message("status_by", day=version.made_at, name=history.names[version.made_by])
    return message("status_by_nobody", day=version.made_at)


def times_of(version: Version, planned: date | None) -> list[Message]:
    """From when to when the version applies; of one that is decided, the day that is planned."""
    if version.state == "decided" and planned:
        return [message("status_plan_in_force", day=planned)]
    if version.state == "replaced" and version.until:
        return [message("status_in_force_until", day=version.in_force_on, end=version.until)]
    return [message("status_since", day=version.in_force_on)] if version.in_force_on else []


def version_sentences(version: Version, history: History) -> list[Message]:
    """What is known about a version on its own page."""
    return [made_by(version, history), message("version_edition", edition=version.edition), *times_of(version, version.in_force_on)]


class DecisionFact(NamedTuple):
    """One thing that was written down about a decision. `is_quoted`: in the words of whoever wrote it."""

    label: Message
    value: Words
    is_quoted: bool = False


def decision_facts(decision: Decision) -> list[DecisionFact]:
    """What was written down about a decision; what is empty and may be is left out."""
    always = [
        DecisionFact(message("decide_result"), result_of(decision)),
        DecisionFact(message("decide_body"), body_of(decision)),
        DecisionFact(message("decide_date"), Day(decision.decided_on)),
    ]
    case = [DecisionFact(message("decide_case_number"), decision.case_number)] if decision.case_number else []
    present = DecisionFact(message("decide_present"), decision.present, is_quoted=True)
    said = (("decide_changes", decision.changes), ("version_dissent", decision.dissent))
    return [*always, *case, present, *(DecisionFact(message(key), words, is_quoted=True) for key, words in said if words)]


# ── the page ──


def status_page(
    facts: Facts, policy: Policy, history: History, signed: Version | None, unreached: Sequence[Reviewer], visit: Visit
) -> dict[str, Any]:
    """What the status page shows beside its timeline, by the names in its template."""
    is_over = is_review_over(facts)
    return {
        "picture": "" if visit.is_archived else PICTURES.get(facts.state, ""),
        "lead": None if visit.is_archived else lead_of(facts),
        "notices": notices_of(policy, history, signed, unreached, visit.address),
        "next": None if visit.is_archived else next_step_of(policy.id, facts, visit, policy.is_locked),
        "versions": version_rows(history, is_over, visit.address),
        "is_open": not policy.is_locked and not visit.is_archived,
    }
