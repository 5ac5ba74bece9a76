"""Installations: the Slack workspaces that installed the app, each with its sealed tokens."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime, Field
from sqlalchemy import Boolean, Column, ColumnElement, Integer, String, Table, Text, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.policy import Policy
from pipeline.value import Value
from storage.outbox import first_tick
from storage.store import Transaction
from storage.tables import Moment, metadata

STATE_LIFE = timedelta(minutes=10)

installations = Table(
    "installations",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("team", String(32), primary_key=True),  # Slack's id of its workspace
    Column("name", String(255), nullable=False),
    Column("bot_user", String(32), nullable=False),
    Column("bot_id", String(32), nullable=False),
    Column("installer", String(32), nullable=False),
    Column("sealed", Text, nullable=False),  # the tokens, as storage.sealing closes them
    Column("expires_at", Moment),  # of the bot's token; null: it lives until it is revoked
    Column("active", Boolean, nullable=False),
    Column("problem", String(255), nullable=False),  # why it is not active, or what threatens it
    Column("version", Integer, nullable=False),  # changes with the tokens
    Column("renewing_until", Moment),  # one process at a time renews the tokens
    Column("first_at", Moment, nullable=False),
    Column("installed_at", Moment, nullable=False),
)
oauth_states = Table(  # a browser that is on its way to Slack and back
    "oauth_states",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", Moment, nullable=False, index=True),
)


class Installation(Value):
    """A workspace that installed the app. `sealed` is not for any log."""

    team: str
    name: str
    bot_user: str
    bot_id: str
    installer: str
    sealed: str = Field(repr=False)
    expires_at: AwareDatetime | None = None
    active: bool = True
    problem: str = ""
    version: int = 0
    first_at: AwareDatetime
    installed_at: AwareDatetime


async def listed(connection: AsyncConnection, workspace: str) -> tuple[Installation, ...]:
    """Return every workspace that ever installed the app, the first one first."""
    columns = [installations.c[name] for name in Installation.model_fields]
    query = select(*columns).where(installations.c.workspace == workspace)
    rows = await connection.execute(query.order_by(installations.c.first_at, installations.c.team))
    return tuple(Installation.model_validate(dict(row)) for row in rows.mappings())


async def install(tx: Transaction, workspace: str, new: Installation) -> None:
    """Keep what an installation brought; who installs again comes back to life with new tokens."""
    row = {**new.model_dump(), "workspace": workspace, "renewing_until": None}
    if not await tx.insert_new(installations, row):
        again = {name: value for name, value in row.items() if name not in ("workspace", "team", "first_at", "version")}
        changed = update(installations).where(_is(workspace, new.team))
        await tx.connection.execute(changed.values(**again, version=installations.c.version + 1))


async def claim_first(tx: Transaction, now: datetime) -> bool:
    """Whether this is the first installation of all, of two at once as well."""
    return await first_tick(tx, "installation", "first", now)


async def claim_renewal(tx: Transaction, workspace: str, of: Installation, now: datetime, until: datetime) -> bool:
    """Say that this process renews the tokens until a moment. Returns False when another one does, or has done."""
    free = or_(installations.c.renewing_until.is_(None), installations.c.renewing_until <= now)
    claimed = update(installations).where(_at_version(workspace, of), free).values(renewing_until=until)
    return (await tx.connection.execute(claimed)).rowcount == 1


async def renewed(tx: Transaction, workspace: str, of: Installation, sealed: str, expires_at: datetime | None) -> None:
    """Keep the next tokens, unless the app was installed anew meanwhile."""
    values = {"sealed": sealed, "expires_at": expires_at, "problem": "", "renewing_until": None}
    changed = update(installations).where(_at_version(workspace, of))
    await tx.connection.execute(changed.values(**values, version=installations.c.version + 1))


async def threaten(tx: Transaction, workspace: str, of: Installation, problem: str, until: datetime | None) -> None:
    """Note what will end an installation; `until` is the end of what its token still opens, where that is new."""
    values = {"problem": problem[:255], **({"expires_at": until} if until else {})}
    await tx.connection.execute(update(installations).where(_at_version(workspace, of)).values(**values))


async def deactivate(
    tx: Transaction, workspace: str, team: str, problem: str, *, before: datetime, version: int | None = None
) -> bool:
    """Note that a workspace removed the app; an installation from `before` on is another one, and stays."""
    gone = [_is(workspace, team), installations.c.active, installations.c.installed_at < before]
    if version is not None:
        gone.append(installations.c.version == version)
    values = {"active": False, "problem": problem[:255]}
    return (await tx.connection.execute(update(installations).where(*gone).values(**values))).rowcount == 1


async def reseal(tx: Transaction, workspace: str, of: Installation, sealed: str) -> None:
    """Keep the same tokens under another key."""
    await tx.connection.execute(update(installations).where(_at_version(workspace, of)).values(sealed=sealed))


async def issue_state(tx: Transaction, state: str, now: datetime) -> None:
    """Remember that a browser was sent to Slack; what was never used goes when its time is over."""
    await tx.connection.execute(delete(oauth_states).where(oauth_states.c.expires_at <= now))
    row = {"digest": _digest(state), "expires_at": now + STATE_LIFE}
    await tx.connection.execute(oauth_states.insert().values(row))


async def consume_state(tx: Transaction, state: str, now: datetime) -> bool:
    """Whether a browser comes back with a state of ours, in time and for the first time."""
    ours = delete(oauth_states).where(oauth_states.c.digest == _digest(state), oauth_states.c.expires_at > now)
    return (await tx.connection.execute(ours)).rowcount == 1


def usual(among: Sequence[Installation], policy: Policy) -> str:
    """Return the id of the usual workspace: the one that the policy names, else the first that no team names."""
    if policy.workspace:
        return policy.workspace
    further = {team.workspace for team in policy.teams}
    return min((each.team for each in among), key=lambda team: team in further, default="")


def _is(workspace: str, team: str) -> ColumnElement[bool]:
    return (installations.c.workspace == workspace) & (installations.c.team == team)


def _at_version(workspace: str, of: Installation) -> ColumnElement[bool]:
    return _is(workspace, of.team) & (installations.c.version == of.version)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
