"""Who works in the pretend workspaces, and where, when they begin."""

from bot.playground.credentials import APP_NAME, BOT_NAME
from bot.playground.people import Channel, Person, Role, UserGroup
from bot.playground.team import HARBOR, HOME

_BOT = HOME.bot_user
_SHARED = (HOME.id, HARBOR.id)

PEOPLE = (
    Person("U0ANA", "ana", "Ana Ribeiro", "Billing agent", Role.AGENT),
    Person("U0BEN", "ben", "Ben Adeyemi", "Technical agent", Role.AGENT),
    Person("U0CHLOE", "chloe", "Chloe Martin", "Account agent", Role.AGENT),
    Person("U0DEV", "dev", "Dev Patel", "Product feedback", Role.AGENT),
    Person("U0EVA", "eva", "Eva Novak", "General support", Role.AGENT),
    Person("U0OMAR", "omar", "Omar Haddad", "Engineering on-call", Role.AGENT),
    Person("U0LENA", "lena", "Lena Fischer", "Support lead", Role.LEAD),
    Person("U0ADA", "ada", "Ada Keller", "Owns this workspace", Role.ADMIN),
    Person("U0OTTO", "otto", "Otto Berg", "Sales", Role.OUTSIDER),
    Person("U0GINA", "gina", "Gina Lopez", "Guest from an agency", Role.GUEST),
    Person("U0SAM", "sam", "Sam Osei", "Guest in one channel", Role.GUEST, is_single_channel=True),
    Person("U0DORA", "dora", "Dora Klein", "Left in spring", Role.AGENT, deleted=True),
    Person(_BOT, BOT_NAME, APP_NAME, "App", Role.BOT),
    Person("U1NORA", "nora", "Nora Lind", "Operations lead", Role.ADMIN, team=HARBOR.id),
    Person("U1PAUL", "paul", "Paul Weiss", "Operations", Role.AGENT, team=HARBOR.id),
    Person("U1IDA", "ida", "Ida Moen", "Contracts", Role.AGENT, team=HARBOR.id),
)

_STAFF = frozenset(
    person.id
    for person in PEOPLE
    if person.team == HOME.id and person.role not in {Role.GUEST, Role.BOT} and not person.deleted
)
_TEAM = _STAFF | {_BOT}
_HARBOR = frozenset(person.id for person in PEOPLE if person.team == HARBOR.id)

CHANNELS = (
    Channel("C0BILLING", "billing-support", "Invoices, refunds, plans", _TEAM),
    Channel("C0TECH", "tech-support", "Errors, speed, integrations", _TEAM),
    Channel("C0ACCOUNT", "account-support", "Sign-in, access, ownership", _TEAM),
    Channel("C0PRODUCT", "product-feedback", "Wishes and praise", _TEAM),
    Channel("C0GENERAL", "general-support", "Everything else", _TEAM | {"U0GINA", "U0SAM"}),
    Channel("C0BILLINGLEAD", "billing-lead", "Escalated: money", _TEAM),
    Channel("C0ONCALL", "engineering-oncall", "Escalated: outages and data", _TEAM),
    Channel("C0ACCOUNTMGR", "account-manager", "Escalated: accounts at risk", _TEAM),
    Channel("C0PRODUCTMGR", "product-manager", "Escalated: product", _TEAM),
    Channel("C0SUPPORTLEAD", "support-lead", "Escalated: everything else", _TEAM),
    Channel("C0RANDOM", "random", "Lunch and cats", _STAFF | {"U0GINA"}),
    Channel(
        "C0HARBOR",
        "shared-harbor-labs",
        "Together with Harbor Labs",
        frozenset({"U0ANA", "U0LENA", _BOT, "U1NORA"}),
        teams=_SHARED,
    ),
    Channel(
        "C0CONTRACT",
        "harbor-contract",
        "Between two people",
        frozenset({"U0LENA", "U1IDA"}),
        is_private=True,
        teams=_SHARED,
    ),
    Channel("C1ALL", "all-harbor", "News", _HARBOR, teams=(HARBOR.id,), creator="U1NORA", is_general=True),
    Channel("C1OPS", "operations", "Ships and cranes", _HARBOR, teams=(HARBOR.id,), creator="U1NORA"),
)

USER_GROUPS = (
    UserGroup("S0BILLING", "billing-team", "Billing team", ("U0ANA", "U0LENA")),
    UserGroup("S0TECH", "tech-team", "Technical team", ("U0BEN", "U0OMAR", "U0LENA")),
    UserGroup("S0ACCOUNT", "account-team", "Account team", ("U0CHLOE", "U0LENA")),
)
