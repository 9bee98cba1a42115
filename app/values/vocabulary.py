"""The closed lists of words that content, database, documents and pages have in common. Each stands here alone.

The words are stored: one may be added (with a migration for the condition on its column), none is renamed.
"""

from __future__ import annotations

from typing import Literal, get_args

MemberRole = Literal["owner", "editor", "reader"]
MEMBER_ROLES: tuple[MemberRole, ...] = get_args(MemberRole)
EDITORS: frozenset[str] = frozenset({"owner", "editor"})  # the roles that may change a policy
OWNERS: frozenset[str] = frozenset({"owner"})

ReviewerRole = Literal["verneombud", "hovedverneombud", "union_rep", "amu_member", "bht", "manager", "other"]
REVIEWER_ROLES: tuple[ReviewerRole, ...] = get_args(ReviewerRole)
SPEAK_FOR_EMPLOYEES: frozenset[ReviewerRole] = frozenset({"verneombud", "hovedverneombud", "union_rep"})

CommentKind = Literal["question", "proposal", "disagreement", "support"]
COMMENT_KINDS: tuple[CommentKind, ...] = get_args(CommentKind)

Outcome = Literal["answered", "taken_in", "changed_otherwise", "noted", "not_taken_in"]  # what became of a comment
StoredOutcome = Literal["", Outcome]  # empty while nobody has answered
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
STORED_OUTCOMES: tuple[StoredOutcome, ...] = get_args(StoredOutcome)
CHANGING_OUTCOMES: frozenset[StoredOutcome] = frozenset({"taken_in", "changed_otherwise"})  # those that say that the text has changed

PolicyState = Literal["draft", "in_review", "ready", "decided", "in_force"]
POLICY_STATES: tuple[PolicyState, ...] = get_args(PolicyState)  # in their order
LOCKED_STATES: frozenset[PolicyState] = frozenset({"ready", "decided", "in_force"})  # somebody signed for the text that the answers give

VersionState = Literal["in_review", "closed", "ready", "void", "decided", "in_force", "replaced"]
VERSION_STATES: tuple[VersionState, ...] = get_args(VersionState)

MeasureOrigin = Literal["own", "risk", "finding", "proposal", "decision"]  # where a measure of the plan comes from
MEASURE_ORIGINS: tuple[MeasureOrigin, ...] = get_args(MeasureOrigin)

ReminderKind = Literal["review", "measures", "season"]  # what owners are reminded of
REMINDER_KINDS: tuple[ReminderKind, ...] = get_args(ReminderKind)

Result = Literal["adopted", "adopted_with_changes", "sent_back"]  # of a decision
RESULTS: tuple[Result, ...] = get_args(Result)

Format = Literal["docx", "pdf", "html"]  # of a file that is made, or checked
Part = Literal["front", "body", "end", "appendix", "back"]  # where in a document a section stands
Tone = Literal["green", "yellow", "red"]
Severity = Literal["blocks", "warns"]
