"""Who may come where. One row for each route and method, one letter for each visitor, three strings: own, foreign, deleted.

+ gets on · . finds nothing (404) · - is a member whose role does not reach that far (403) · l is asked to sign in

"Other" owns the workplace that is foreign to everybody else. The links are personal links to a review of the first workplace, and to a question
that a colleague is asked there: one that is good, one that is past its time, one that was taken back. The former member has been asked to come back,
and has not said yes.
"""

Row = tuple[str, str, str]
VISITORS = ("nobody", "other", "reader", "editor", "owner", "link", "expired", "revoked", "ex_member")
SIDES = ("own", "foreign", "deleted")

NOTHING = "........."
# The columns:      nobody other reader editor owner · link expired revoked · ex_member
EVERYBODY: Row = ("+++++++++", "+++++++++", "+++++++++")
PUBLIC: Row = ("+++++++++", "+++++++++", NOTHING)
NOBODY: Row = (NOTHING, NOTHING, NOTHING)
SIGNED_IN: Row = ("l++++lll+", "l++++lll+", "l++++lll+")
# A policy that a workplace keeps:
MEMBERS: Row = ("..+++....", ".+.......", NOTHING)
EDITORS: Row = ("..-++....", ".+.......", NOTHING)
OWNERS: Row = ("..--+....", ".+.......", NOTHING)
# The workplace itself: whoever is not signed in is asked to, whether or not it exists.
MEMBERS_THERE: Row = ("l.+++lll.", "l+...lll.", "l....lll.")
EDITORS_THERE: Row = ("l.-++lll.", "l+...lll.", "l....lll.")
OWNERS_THERE: Row = ("l.--+lll.", "l+...lll.", "l....lll.")
EXPECTED_THERE: Row = ("l....lll+", "l....lll.", "l....lll.")
ACCEPTED_THERE: Row = ("l.+++lll+", "l+...lll.", "l....lll.")  # who belongs there is led there
# A review, for whoever was invited to read it:
READERS: Row = (".....+...", NOTHING, NOTHING)
LINKS: Row = (".....+...", ".....+...", NOTHING)  # whoever has a good link is invited
OWN_PASSKEY: Row = ("l...+lll.", "l+...lll.", "l....lll.")


def rows(row: Row, *names: str) -> dict[str, Row]:
    """The same row for several routes."""
    return dict.fromkeys(names, row)


TABLE: dict[str, Row] = {
    **rows(
        EVERYBODY,
        "GET front_door", "GET health.healthz", "GET health.readyz", "GET static", "GET documents.questions", "GET mail.outbox",
        "GET verify.ask", "POST verify.tell",
        "GET start.start", "GET start.entrance", "GET start.privacy", "GET start.accessibility", "GET start.offer", "POST start.begin",
        "POST start.from_file", "GET reading.left", "GET accounts.sign_in", "POST accounts.send", "GET accounts.code", "POST accounts.enter",
        "GET accounts.to_use", "POST accounts.enter_by_passkey", "GET accounts.to_sign_in", "GET accounts.to_sign_in_again",
        "POST accounts.sign_out",
    ),
    # Links of another kind that nobody here has:
    **rows(NOBODY, "POST start.take", "GET accounts.link", "POST accounts.use", "GET reminders.choose", "POST reminders.save"),
    **rows(PUBLIC, "GET public.steps", "GET public.worker"),
    **rows(PUBLIC, "GET public.page", "GET public.page_in", "GET public.code", "GET public.file", "GET calendar.feed"),
    # Without a register to ask there is no page for it:
    **rows(NOBODY, "GET organisation.ask", "POST organisation.search", "GET organisation.to_ask", "POST organisation.choose"),
    **rows(NOBODY, "GET organisation.ask_for", "POST organisation.search_for", "GET organisation.to_ask_for", "POST organisation.choose_for"),
    **rows(
        SIGNED_IN,
        "GET accounts.me", "POST accounts.save", "GET accounts.to_me", "POST accounts.sign_out_elsewhere", "GET accounts.export",
        "GET accounts.export_page",
        "GET accounts.remove", "POST accounts.remove", "GET accounts.to_make", "GET accounts.to_passkeys", "POST accounts.add",
        "GET workplaces.mine", "POST workplaces.begin",
    ),
    **rows(
        MEMBERS,
        "GET steps.tasks", "GET steps.page", "GET steps.check", "GET steps.control", "GET steps.hand_over", "GET documents.preview",
        "GET documents.download", "GET documents.file", "GET documents.picture", "GET documents.at_length", "GET documents.together",
        "GET documents.answers", "GET documents.to_logo", "GET workplaces.keep",
        "GET documents.to_colour", "GET documents.to_template", "GET own_words.overview",
        "GET decisions.status", "GET decisions.version", "GET decisions.version_file", "GET review.overview", "GET review.back",
        "GET beside.lead", "GET launch.page", "GET launch.page_in", "GET launch.file", "GET launch.everything",
        "GET steps.answered", "GET looks.first", "GET looks.look", "GET delegation.overview",
        "GET plan.overview", "GET plan.calendar", "GET plan.measures", "GET plan.annex", "GET plan.sheet",
        "GET review.comments", "GET review.comment", "GET review.meetings", "GET review.read_record", "GET review.record_docx",
        "GET review.record_pdf", "GET review.statement",
    ),
    **rows(
        EDITORS,
        "POST beside.section",
        "POST plan.add_measure", "POST plan.take_measures", "GET plan.measure", "POST plan.measure", "POST plan.done", "POST plan.take_sheet",
        "POST steps.save", "POST steps.hand_over", "POST documents.speak", "POST documents.logo", "POST workplaces.keep", "GET workplaces.manage",
        "POST documents.colour", "POST documents.template",
        "POST workplaces.manage", "GET decisions.ready", "POST decisions.make_ready", "GET decisions.reopen",
        "POST decisions.open_for_changes",
        "POST review.take_proposal_in",
        "GET own_words.section", "POST own_words.save", "GET own_words.new", "POST own_words.make", "GET own_words.own", "POST own_words.change",
        "POST own_words.arrange",
        "GET review.new", "POST review.send", "GET review.invite", "POST review.invite", "GET review.move", "POST review.move",
        "POST looks.confirm", "GET delegation.ask", "POST delegation.send", "POST delegation.settle",
        "GET review.close", "POST review.close", "POST review.remind", "GET review.link", "POST review.link", "GET review.revoke",
        "POST review.revoke", "POST review.answer", "POST review.tell", "POST review.add_meeting", "GET review.change_meeting",
        "POST review.change_meeting", "GET review.delete_meeting", "POST review.delete_meeting",
    ),
    **rows(
        OWNERS,
        "GET steps.remove", "POST steps.remove", "GET workplaces.discard", "POST workplaces.discard", "GET decisions.decide",
        "POST decisions.record_decision", "GET decisions.in_force", "POST decisions.put_in_force", "GET publishing.settings", "POST publishing.save",
        "POST plan.feed",
    ),
    **rows(
        MEMBERS_THERE,
        "GET workplaces.overview", "GET workplaces.people", "GET workplaces.to_people", "GET workplaces.leave", "POST workplaces.leave",
    ),
    **rows(EDITORS_THERE, "GET workplaces.new", "POST workplaces.new"),
    **rows(
        OWNERS_THERE,
        "POST workplaces.invite", "POST workplaces.change", "POST workplaces.withdraw", "GET workplaces.rename", "POST workplaces.rename",
        "GET workplaces.remove", "POST workplaces.remove", "GET workplaces.log", "GET workplaces.log_csv", "GET workplaces.log_json",
    ),
    **rows(EXPECTED_THERE, "POST workplaces.decline"),
    **rows(ACCEPTED_THERE, "POST workplaces.accept"),
    **rows(
        READERS,
        "GET reading.on_paper",
        "GET reading.overview", "GET reading.stored", "POST reading.leave", "GET reading.section", "POST reading.respond", "GET reading.whole",
        "POST reading.respond_whole", "GET reading.comment", "POST reading.rewrite", "GET reading.delete", "POST reading.deleted",
        "GET reading.process", "POST reading.check", "GET reading.statement", "POST reading.state", "GET reading.paper", "GET reading.summary",
        "POST reading.send", "GET reading.answers", "GET reading.answer", "POST reading.reply",
    ),
    **rows(LINKS, "GET reading.offer", "POST reading.take", "GET colleague.answer", "POST colleague.save"),
    **rows(OWN_PASSKEY, "POST accounts.drop"),
}  # fmt: skip
# Where "foreign" and "does not exist" must look the same: everywhere that somebody is turned away for not belonging there.
HIDDEN = sorted(name for name, row in TABLE.items() if "." in row[2] and row not in (NOBODY, LINKS, PUBLIC))
