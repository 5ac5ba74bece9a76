"""Comparisons: how many tickets each agent, customer or company has, counted by the database."""

from datetime import datetime

from sqlalchemy import JSON, ColumnElement, Select, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Status
from pipeline.classify import Urgency
from pipeline.question import By, Counted
from pipeline.value import Value
from storage.cases import UNDECIDED
from storage.queue import CLAIMER
from storage.tables import cases, events

MOST_SHOWN = 10
_SOLVING = ("case.approved", "case.edited", "case.followed_up", "case.resolved")
_DONE = (Status.ANSWERED.value, Status.CLOSED.value)
_TICKET = cast(cases.c.ticket, JSON().with_variant(Text(), "sqlite"))
_EMAIL = func.lower(func.coalesce(_TICKET[("customer", "email")].as_string(), ""))
_NAME = func.coalesce(_TICKET[("customer", "name")].as_string(), "")
_CUSTOMER_ID = func.coalesce(_TICKET[("customer", "id")].as_string(), "")


class Fits(Value):
    """Which tickets are counted; "" and None mean all. `since` and `until` bound when they came or were solved."""

    team: str = ""
    category: str = ""
    urgency: Urgency | None = None
    since: datetime | None = None
    until: datetime | None = None


class Share(Value):
    """How many tickets one has. `key` is what tells them apart, `newest` the case that came last."""

    key: str
    name: str
    count: int
    newest: str = ""


class Comparison(Value):
    """The first shares, the largest first, how many there are altogether, and how many tickets are in them all.

    `nobodys` is how many tickets belong to nobody that could be named.
    """

    shares: tuple[Share, ...]
    parties: int
    tickets: int
    nobodys: int = 0


async def compared(connection: AsyncConnection, workspace: str, by: By, counted: Counted, fits: Fits) -> Comparison:
    """Count the tickets that fit, by whom they belong to."""
    theirs = _agents(counted) if by is By.AGENT else _customers()
    where = [cases.c.workspace == workspace, *_conditions(counted, fits)]
    every = (await connection.execute(_grouped(theirs, counted, where))).all()
    found = [Share(key=row.key, name=row.name, count=row.count, newest=row.newest) for row in every]
    if by is By.COMPANY:
        found = _by_domain(found)
    known = sorted((share for share in found if share.key), key=lambda share: (-share.count, share.name, share.key))
    return Comparison(
        shares=tuple(known[:MOST_SHOWN]),
        parties=len(known),
        tickets=sum(share.count for share in known),
        nobodys=sum(share.count for share in found if not share.key),
    )


def _grouped(
    theirs: tuple[ColumnElement[str], ColumnElement[str]], counted: Counted, where: list[ColumnElement[bool]]
) -> Select[tuple[str, str, int, str]]:
    key, name = theirs[0].label("key"), theirs[1].label("name")
    each = select(key, name, cases.c.id.label("id"), cases.c.created_at.label("at"))
    if counted is Counted.SOLVED:
        each = each.join(events, events.c.case_id == cases.c.id)
    every = each.where(*where).subquery()
    last = func.row_number().over(partition_by=every.c.key, order_by=(every.c.at.desc(), every.c.id)).label("last")
    ranked = select(every, last).subquery()
    newest = func.max(func.coalesce(_if(ranked.c.last == 1, ranked.c.id), "")).label("newest")
    named = func.max(func.coalesce(_if(ranked.c.last == 1, ranked.c.name), "")).label("name")
    return select(ranked.c.key, named, func.count().label("count"), newest).group_by(ranked.c.key)


def _if(condition: ColumnElement[bool], value: ColumnElement[str]) -> ColumnElement[str]:
    return case((condition, value))


def _agents(counted: Counted) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Who works on a ticket now, or who solved it."""
    if counted is Counted.SOLVED:
        name = cast(events.c.actor, JSON().with_variant(Text(), "sqlite"))[("name",)].as_string()
    else:
        name = func.coalesce(CLAIMER, cases.c.agent)
    return name, name


def _customers() -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Customers are told apart by their e-mail, and without one by their id in their helpdesk."""
    numbered = func.coalesce(func.nullif(_CUSTOMER_ID, ""), "")
    by_id = _if(numbered != "", cases.c.source + "\n" + numbered)
    key = func.coalesce(func.nullif(_EMAIL, ""), by_id, "")
    return key, func.coalesce(func.nullif(_NAME, ""), func.nullif(_EMAIL, ""), numbered)


def _conditions(counted: Counted, fits: Fits) -> list[ColumnElement[bool]]:
    column, moment = cases.c, cases.c.created_at
    found: list[ColumnElement[bool]] = []
    if counted is Counted.OPEN:
        found.append(column.status.in_(UNDECIDED))
    if counted is Counted.SOLVED:
        moment = events.c.at
        later = events.alias()
        last = select(func.max(later.c.number)).where(later.c.case_id == cases.c.id, later.c.kind.in_(_SOLVING))
        found += [column.status.in_(_DONE), events.c.kind.in_(_SOLVING), events.c.number == last.scalar_subquery()]
    if fits.team:
        found.append(column.team == fits.team)
    if fits.category:
        found.append(column.category == fits.category)
    if fits.urgency is not None:
        found.append(column.urgency == fits.urgency)
    if fits.since is not None:
        found.append(moment >= fits.since)
    if fits.until is not None:
        found.append(moment < fits.until)
    return found


def _by_domain(customers: list[Share]) -> list[Share]:
    """Add up the customers of one e-mail domain; public mail providers are nobody's company."""
    found: dict[str, Share] = {}
    for share in customers:
        domain = share.key.rpartition("@")[2] if "@" in share.key else ""
        domain = "" if domain in _PUBLIC else domain
        known = found.get(domain, Share(key=domain, name=domain, count=0))
        newest = known.newest or share.newest
        found[domain] = known.model_copy(update={"count": known.count + share.count, "newest": newest})
    return list(found.values())


_PUBLIC = frozenset(
    (
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk",
        "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "freenet.de",
        "mail.com", "proton.me", "protonmail.com", "posteo.de", "mailbox.org", "orange.fr", "free.fr", "laposte.net",
        "libero.it", "qq.com", "163.com", "mail.ru", "yandex.ru", "zoho.com",
    )
)  # fmt: skip
