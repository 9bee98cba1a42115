"""The meetings about a policy are one list: those of the table move into the answers, beside those of the wizard.

One purpose, edited by hand, both directions. Going back keeps the list in the answers, and makes the table empty again.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

POLICY = sa.table(
    "policy", sa.column("id", sa.String), sa.column("round", sa.Integer), sa.column("answers", sa.JSON), sa.column("meetings_before", sa.JSON)
)
VERSION = sa.table(
    "version", sa.column("policy_id", sa.String), sa.column("number", sa.Integer), sa.column("in_force_on", sa.Date), sa.column("answers", sa.JSON)
)
MEETING = sa.table(
    "meeting", sa.column("policy_id", sa.String), sa.column("round", sa.Integer), sa.column("held_on", sa.Date), sa.column("kind", sa.String),
    sa.column("present", sa.Text), sa.column("said", sa.Text), sa.column("created_at", sa.DateTime(timezone=True)),
)  # fmt: skip
KINDS = {"other": "meeting"}  # all others have the ids that the question has


def upgrade() -> None:
    op.add_column("policy", sa.Column("meetings_before", sa.JSON(), nullable=True))
    bind = op.get_bind()
    held = bind.execute(sa.select(MEETING).order_by(MEETING.c.held_on, MEETING.c.created_at)).mappings().all()
    for policy in bind.execute(sa.select(POLICY.c.id, POLICY.c.round, POLICY.c.answers)).mappings().all():
        _move(bind, policy, [row for row in held if row["policy_id"] == policy["id"]])
    op.drop_table("meeting")


def _move(bind: sa.Connection, policy: sa.RowMapping, held: list[sa.RowMapping]) -> None:
    """One list out of two; what both had is one meeting. What belongs to earlier rounds is remembered as that."""
    if not held and policy["round"] == 1:
        return
    rows = [dict(row) for row in (policy["answers"] or {}).get("consulted") or [] if isinstance(row, dict)]
    before = _decided(bind, policy["id"]) if policy["round"] > 1 else []
    for meeting in held:
        row = _row(meeting)
        rows = _joined(rows, row)
        if meeting["round"] < policy["round"]:
            before = _joined(before, row)
    given = {"answers": {**(policy["answers"] or {}), "consulted": rows}} if held else {}
    bind.execute(sa.update(POLICY).where(POLICY.c.id == policy["id"]).values(meetings_before=before, **given))


def _decided(bind: sa.Connection, policy: str) -> list[dict[str, str]]:
    """The meetings that stood in the version which ended the last round."""
    ends = sa.select(VERSION.c.answers).where(VERSION.c.policy_id == policy, VERSION.c.in_force_on.is_not(None)).order_by(VERSION.c.number.desc())
    answers = bind.execute(ends.limit(1)).scalar() or {}
    return [dict(row) for row in answers.get("consulted") or [] if isinstance(row, dict)]


def _row(meeting: sa.RowMapping) -> dict[str, str]:
    on: date = meeting["held_on"]
    who = " ".join(meeting["present"].split())
    row = {"who": who, "how": KINDS.get(meeting["kind"], meeting["kind"]), "date": on.isoformat(), "said": meeting["said"]}
    return {name: words for name, words in row.items() if words}


def _joined(rows: list[dict[str, str]], row: dict[str, str]) -> list[dict[str, str]]:
    """The list with this meeting. The same day and kind without minutes is the same meeting, entered twice: who was there is not lost."""
    twin = next((at for at, one in enumerate(rows) if not one.get("said") and all(one.get(name) == row.get(name) for name in ("how", "date"))), None)
    if twin is None:
        return [*rows, row]
    who = list(dict.fromkeys(words for words in (rows[twin].get("who", ""), row.get("who", "")) if words))
    one = {**row, **({"who": "; ".join(who)} if who else {})}
    return [*rows[:twin], one, *rows[twin + 1 :]]


def downgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_meeting_policy_id_policy"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_meeting_policy_id"), "meeting", ["policy_id"])
    with op.batch_alter_table("policy") as batch:
        batch.drop_column("meetings_before")
