"""Whoever reads who acts, or where, says from which workspace: ids alone would mean the usual one."""

import re
from pathlib import Path

from handlers.slack.whence import WORKSPACE, addressed

ROOT = Path(__file__).parents[3] / "handlers" / "slack"
IDS = re.compile(r"""\["user"\]\["id"\]|event\["user"\]|event\.get\("user", |\["user_id"\]""")
BY_SLACKS_OWN_CLIENT = {'said = {"channel": event["channel"], "user": event["user"]}'}


def test_an_id_of_a_further_workspace_has_it_before_it() -> None:
    assert addressed({WORKSPACE: "T0HARBOR"}, "U1PAUL") == "T0HARBOR/U1PAUL"
    assert addressed({WORKSPACE: ""}, "U0ANA") == addressed({}, "U0ANA") == "U0ANA"


def test_every_listener_says_where_a_person_acts() -> None:
    lines = (line.strip() for path in sorted(ROOT.glob("*.py")) for line in path.read_text().splitlines())
    read = [line for line in lines if IDS.search(line) and line not in BY_SLACKS_OWN_CLIENT]
    assert len(read) > 5, "the source is read wrongly"
    assert [line for line in read if "addressed(" not in line] == []
