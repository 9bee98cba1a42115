"""The policy check: what is in order, and what is to be mended, each with the way to it."""

from __future__ import annotations

from flask import render_template, url_for

from app.documents.findings import Finding, findings_of, open_questions
from app.documents.met import met_checks
from app.documents.own_blocks import moved_on
from app.documents.own_words import OwnWords
from app.models.policy import Policy
from app.pack.load import the_pack
from app.services import delegations
from app.services.standing_cache import standing_of
from app.web.access import policy_for
from app.web.language import current_language, t
from app.web.rich_text import plain
from app.web.urls import own_words_address
from app.web.view_models import Link, message

from .view_models_control import met_of, score_of
from .views import bp


@bp.get("/control")
def control(id: str) -> str:
    """The policy check: what is in order, what is to be mended, and what is still open."""
    policy = policy_for(id)
    now_ = standing_of(policy)
    found = [*findings_of(now_, current_language(), OwnWords.of(policy.own_words)), *_moved_on(policy)]
    ways = {finding.id: _way_to_mend(id, finding) for finding in found}
    still_open, checks = open_questions(now_), met_checks(now_)
    page = {
        "findings": found,
        "met": met_of(now_.pack, checks, current_language()),
        "score": score_of(id, len(checks), found, len(still_open), url_for),
        "ways": ways,
        "open_points": still_open,
        "colleagues": delegations.by_question(delegations.delegated(policy)),
    }
    return render_template("steps/control.html", id=id, here="steps.control", **page)


def _moved_on(policy: Policy) -> list[Finding]:
    """The sections whose standard text reads otherwise than when the workplace worded it anew: each is looked at once more."""
    sections = dict.fromkeys(section for section, _ in moved_on(policy.draft()))
    text, why = t("own_words_moved_on_title"), t("control_moved_on_why")
    return [Finding(f"moved-on-{section}", "warns", text, why, "", ("own",), section) for section in sections]


def _way_to_mend(id: str, finding: Finding) -> Link:
    """Where what was found is mended: in the section that says it in own words, or at the question."""
    if finding.section:
        return Link(message("control_mend_own_words"), own_words_address(id, finding.section), finding.message)
    step, page = the_pack().place[finding.mend]
    address = url_for("steps.page", id=id, step=step.id, page=page.id) + f"?return=control#q-{finding.mend}"
    return Link(message("control_mend", label=plain(the_pack().questions[finding.mend].label)), address)
