"""The tables of alarms and of the calls that each of them made."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from storage.tables import Moment, metadata

alarms = Table(
    "alarms",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("number", Integer, nullable=False),  # of the case's alarms, from 1
    Column("workspace", String(64), nullable=False),
    Column("case_id", String(20), ForeignKey("cases.id"), nullable=False),
    Column("condition", String(16), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("body", Text, nullable=False),  # pipeline.alarm.Alarm as JSON
    Index(None, "case_id", "number", unique=True),
    Index(None, "workspace", "started_at"),
)
# A case has one alarm that is not over, whoever raises it at the same time.
_current = Index("uq_alarms_current", alarms.c.case_id, unique=True)
for _dialect in ("sqlite", "postgresql"):
    _current.dialect_options[_dialect]["where"] = alarms.c.condition != "over"

calls = Table(
    "calls",
    metadata,
    Column("alarm_id", String(20), ForeignKey("alarms.id"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("who", String(160), nullable=False),  # a member's name, or a channel's with #
    Column("user", String(64), nullable=False),  # whom it mentions; "" for a channel
    Column("channel", String(32), nullable=False),
    Column("thread", String(32)),
    Column("planned_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("ts", String(32)),  # null until Slack has it
    Column("acted_at", Moment),  # when somebody acted after it
    Column("act", String(32)),
    Column("actor", Text),  # pipeline.case.Actor as JSON
)
