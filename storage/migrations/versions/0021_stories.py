"""What figures are computed from: moments of each case, columns by day with marks, and what models took."""

from alembic import op
from sqlalchemy import Column, func, insert, inspect, select, update

from storage.story_tables import model_calls, retold, story_days
from storage.tables import cases, events

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ANSWERS = ("reply.sent", "agent.wrote")
_FIRST = {"responded_at": (*_ANSWERS, "holding.sent"), "answered_at": _ANSWERS}
_RESOLUTIONS = ("case.resolved", "ticket.solved_there")


def upgrade() -> None:
    """Create the tables and fill the columns from the events; every case is marked, and summed up in the background."""
    for table in (story_days, retold, model_calls):
        table.create(op.get_bind(), checkfirst=True)
    known = {column["name"] for column in inspect(op.get_bind()).get_columns("cases")}
    if "responded_at" in known:
        return
    for name in (*_FIRST, "resolved_at"):
        op.add_column("cases", Column(name, cases.c[name].type))
    op.create_index("ix_cases_workspace_created_at", "cases", ["workspace", "created_at"])
    op.create_index("ix_cases_workspace_status_team_created_at", "cases", ["workspace", "status", "team", "created_at"])
    mine = events.c.case_id == cases.c.id
    for name, kinds in _FIRST.items():
        first = select(func.min(events.c.at)).where(mine, events.c.kind.in_(kinds)).scalar_subquery()
        op.execute(update(cases).values({name: first}))
    last = select(func.max(events.c.at)).where(mine, events.c.kind.in_(_RESOLUTIONS)).scalar_subquery()
    op.execute(update(cases).where(cases.c.status == "closed").values(resolved_at=last))
    every = select(cases.c.workspace, cases.c.created_at, cases.c.id)
    op.execute(insert(retold).from_select(["workspace", "created_at", "case_id"], every))
