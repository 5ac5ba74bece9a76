"""triage stats prints what Slack shows, and can compute every day anew."""

import csv
import io

from tests.bot.command import Run


def test_figures_are_printed_as_json_or_csv(run: Run) -> None:
    [told] = run("stats", "7d").lines
    assert (told["period"], told["whole"]["arrived"], told["before"]) == ("Last 7 days", 0, None)
    printed = run("stats", "from", "2026-10-01", "to", "2026-10-02", "--csv", "--rebuild")
    assert [row["name"] for row in csv.DictReader(io.StringIO(printed.out))] == [
        "all teams",
        "2026-10-01",
        "2026-10-02",
    ]
    refused = run("stats", "from", "monday")
    assert (refused.status, "stats from 2026-10-01 to 2026-10-31" in refused.err) == (2, True)
    assert run("stats", "--zone", "Mars/Olympus").status == 2
