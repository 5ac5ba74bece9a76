"""The command line."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    help="Triage Desk: every support ticket read, drafted and decided on in Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

docs = typer.Typer(help="The company's own documents in the knowledge base.", no_args_is_help=True)
app.add_typer(docs, name="docs")
corrections = typer.Typer(help="What people said of our work, and taking it back.", no_args_is_help=True)
app.add_typer(corrections, name="corrections")

models = typer.Typer(help="What the engine learnt from corrections, and the way back.", no_args_is_help=False)
app.add_typer(models, name="models")

policies = typer.Typer(help="What leads changed over the policy file, and the way back.", no_args_is_help=True)
app.add_typer(policies, name="policy")

MODEL = typer.Option(exists=True, file_okay=False, help="what train wrote")
POLICY = typer.Option(exists=True, dir_okay=False, help="a policy file")
LABELLED = typer.Argument(metavar="FILE|-", help="labelled tickets, JSON Lines or .csv; - reads standard input")
BY = typer.Option(help="whose: a Slack user id, or the name in the policy")
SINCE = typer.Option(help="from which day or moment on, such as 2026-05-04")
DATA = typer.Argument(metavar="FILE|-", help="JSON Lines (or .csv) of tickets; - reads standard input")


@app.command()
def demo(
    tickets: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="ticket lines to feed")] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="where the pretend workspace is")] = 4000,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="do not open the page")] = False,
) -> None:
    """Start everything on this machine, with a pretend Slack workspace to click in.

    Example: triage demo --port 4000 --no-browser
    """
    from bot.demo import demo as run
    from bot.logs import configure

    configure("console", quiet=True)
    _until_stopped(run(port, tickets, open_browser=not no_browser))


@app.command()
def serve(
    only: Annotated[str, typer.Option(help="parts to run, out of web,worker,clock")] = "web,worker,clock",
) -> None:
    """Run the product, or some of its parts.

    Example: triage serve --only worker
    """
    from bot.serve import serve as run

    _until_stopped(run(tuple(part.strip() for part in only.split(","))))


@app.command()
def migrate() -> None:
    """Bring the database to the present shape.

    Example: TRIAGE_DATABASE_URL=postgresql+asyncpg://… triage migrate
    """
    from bot.serve import migrate_only

    asyncio.run(migrate_only())


@app.command()
def rekey() -> None:
    """Seal the tokens of every workspace with the newest key of TRIAGE_SECRET_KEY, and print how many needed it.

    Example: TRIAGE_SECRET_KEY=NEW,OLD triage rekey
    """
    from bot.rekeying import rekey as run

    typer.echo(asyncio.run(run()))


@app.command()
def prepare() -> None:
    """Let the engine learn now what it would learn at its first start, which takes half a minute.

    Example: triage prepare
    """
    from bot.prepare import prepare as run

    asyncio.run(run())


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object instead of lines")] = False,
) -> None:
    """Check settings, database, model, Slack and helpdesks; say what to do about what is wrong.

    Example: triage doctor
    """
    from bot.doctor import examine, show

    findings = asyncio.run(examine())
    show(findings, as_json=as_json)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command()
def classify(
    file: Annotated[str, DATA],
    model: Annotated[Path | None, MODEL] = None,
    policy: Annotated[Path | None, POLICY] = None,
) -> None:
    """Read tickets and print one decision per line, in the input's order, without storing anything.

    Example: triage classify tickets.jsonl > decisions.jsonl
    """
    from bot.commands import classify_lines

    _done(asyncio.run(classify_lines(file, model, policy)))


@app.command()
def train(
    file: Annotated[str, LABELLED],
    out: Annotated[Path | None, typer.Option(file_okay=False, help="where to keep what was learnt")] = None,
) -> None:
    """Learn from labelled tickets: any of category, urgency, sentiment and escalation, under any names.

    Without --out the product uses what was learnt from its next start on.

    Example: triage train history.csv --out heads
    """
    from bot.train import train as run

    _done(asyncio.run(run(file, out)))


@app.command(name="eval")
def evaluate(
    file: Annotated[str, LABELLED],
    model: Annotated[Path | None, MODEL] = None,
    policy: Annotated[Path | None, POLICY] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object instead of tables")] = False,
    plot: Annotated[Path | None, typer.Option(file_okay=False, help="a folder for pictures")] = None,
) -> None:
    """Read labelled tickets as the product does and compare: accuracy, confusion, calibration, escalation.

    Example: triage eval held_out.jsonl --model heads --json
    """
    from bot import evaluation_report
    from bot.evaluation import evaluate_file

    found = asyncio.run(evaluate_file(file, model, policy))
    (evaluation_report.write_json if as_json else evaluation_report.show)(found)
    if plot:
        evaluation_report.plot(found, plot)
    _done(found.wrong_lines)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="what a customer might write")],
    k: Annotated[int, typer.Option("--k", min=1, max=50, help="how many to show")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line each")] = False,
) -> None:
    """Show what the knowledge base has for a text, with scores and reasons.

    Example: triage search "I was charged twice"
    """
    from bot.searching import search as run

    asyncio.run(run(text, k, as_json=as_json))


@app.command()
def cluster(
    file: Annotated[str, DATA],
    k: Annotated[int | None, typer.Option("--k", min=1, help="how many clusters, where that is known")] = None,
    summary: Annotated[bool, typer.Option("--summary", help="print the clusters instead: size, share, name")] = False,
) -> None:
    """Find tickets that are about the same, and print each one's cluster; 0 is the largest. Nothing is stored.

    Example: triage cluster tickets.jsonl --summary
    """
    from bot.clustering import cluster_file

    _done(asyncio.run(cluster_file(file, k, summary=summary)))


@app.command(name="import")
def import_history(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="solved tickets, JSON Lines or .csv, with an answer")],
    skipped: Annotated[Path | None, typer.Option(dir_okay=False, help="a file for what was left out, and why")] = None,
) -> None:
    """Take solved tickets into the knowledge base, masked and without duplicates. Called again, it goes on.

    Example: triage import history.csv --skipped left_out.jsonl
    """
    from bot.history import import_file

    _done(asyncio.run(import_file(file, skipped)))


@docs.command(name="add")
def add_documents(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Markdown, HTML, text or PDF files, or folders")],
    url: Annotated[str, typer.Option(help="where they are on the web, unless they say it themselves")] = "",
) -> None:
    """Take documents into the knowledge base, by heading. Added again, a document is replaced.

    Example: triage docs add handbook/ --url https://help.example.com
    """
    from bot.documents import add_documents as run

    _done(asyncio.run(run(paths, url)))


@app.command()
def reindex(
    everything: Annotated[bool, typer.Option("--all", help="throw the index away before")] = False,
) -> None:
    """Bring the index up to the database. Called again after an interruption, it goes on.

    Example: triage reindex --all
    """
    from bot.reindexing import reindex as run

    asyncio.run(run(everything=everything))


@corrections.command(name="list")
def list_corrections(
    by: Annotated[str, BY] = "",
    since: Annotated[str, SINCE] = "",
    standing: Annotated[
        Literal["counted", "trusted", "quarantined", "undone"] | None, typer.Option(help="only these")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line each")] = False,
) -> None:
    """Show who said what when: what was shown, what they chose, and whether we learn from it.

    Example: triage corrections list --by "Ana Ribeiro" --since 2026-05-04
    """
    from bot.correcting import show_corrections

    asyncio.run(show_corrections(by, since, standing, as_json=as_json))


@corrections.command(name="undo")
def undo_corrections(
    by: Annotated[str, BY],
    since: Annotated[str, SINCE],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only count them")] = False,
) -> None:
    """Learn nothing from what one person said since a day. Tickets stay as they were decided.

    Example: triage corrections undo --by U012ANA --since 2026-05-04 --dry-run
    """
    from bot.correcting import undo_corrections as run

    asyncio.run(run(by, since, dry_run=dry_run))


@corrections.command(name="accept")
def accept_corrections(
    numbers: Annotated[list[int], typer.Argument(help="as the list has them")],
) -> None:
    """Learn from corrections that were held back because they contradict many.

    Example: triage corrections accept 17 18
    """
    from bot.correcting import accept_corrections as run

    asyncio.run(run(numbers))


@models.callback(invoke_without_command=True)
def list_models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line each")] = False,
) -> None:
    """Show what was learnt from corrections, newest first, with the figures that it was adopted or refused by.

    Example: triage models --json
    """
    from bot.relearning import show_models

    if context.invoked_subcommand is None:
        asyncio.run(show_models(as_json=as_json))


@models.command(name="retrain")
def retrain_models() -> None:
    """Learn anew now what people said; it is adopted when it reads held-out tickets no worse.

    Example: triage models retrain
    """
    from bot.relearning import retrain

    if not asyncio.run(retrain()):
        raise typer.Exit(1)


@models.command(name="back")
def give_models_back() -> None:
    """Return to the model before the present one. It stays so until enough news is there to learn again.

    Example: triage models back
    """
    from bot.relearning import give_back

    asyncio.run(give_back())


@app.command(name="why")
def explain(
    ticket: Annotated[str, typer.Argument(metavar="ID", help="a case's id, or the ticket's number in the helpdesk")],
    replay: Annotated[bool, typer.Option("--replay", help="decide again from the receipt, and compare")] = False,
) -> None:
    """Print how a ticket was decided as JSON: scores, thresholds, people, and what would have turned it. Masked.

    With --replay, decide again under the policy in force: exit status 0 where it comes to the same bytes, else 1 with
    each part that differs, and whether the policy of then comes to the same.

    Example: triage why 4711 --replay
    """
    from bot.why import why

    if not asyncio.run(why(ticket, replay=replay)):
        raise typer.Exit(1)


@policies.command(name="list")
def list_policy_changes(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line each")] = False,
) -> None:
    """Show who changed what in the policy when, newest first.

    Example: triage policy list --json
    """
    from bot.governing import show_changes

    asyncio.run(show_changes(as_json=as_json))


@policies.command(name="show")
def show_policy(
    place: Annotated[str, typer.Argument(help="a place in it, such as thresholds/answer")] = "",
) -> None:
    """Print the policy in force as JSON: the file, with what leads changed over it.

    Example: triage policy show teams/billing_support/members
    """
    from bot.governing import show_policy as run

    asyncio.run(run(place))


@policies.command(name="set")
def set_policy_value(
    place: Annotated[str, typer.Argument(help="a place in it, such as thresholds/answer")],
    value: Annotated[str, typer.Argument(help="what it shall say: JSON, or a text")],
    why: Annotated[str, typer.Option(help="who reads the list will know")] = "",
) -> None:
    """Change one place of the policy, checked as the file is. Every process follows within seconds.

    Example: triage policy set categories/billing/sla_hours/P1 0.5 --why "Month's end"
    """
    from bot.governing import set_value

    asyncio.run(set_value(place, value, why))


@policies.command(name="undo")
def undo_policy_change() -> None:
    """Take back the newest change that stands. Every process follows within seconds.

    Example: triage policy undo
    """
    from bot.governing import undo_change

    asyncio.run(undo_change())


@app.command(name="acceptance")
def show_acceptance(
    days: Annotated[int, typer.Option(min=1, max=3650, help="how far back")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object instead of a table")] = False,
) -> None:
    """Show how many drafts were sent as they were, edited or rejected, by category, team, grade and week.

    Example: triage acceptance --days 90
    """
    from bot.correcting import show_acceptance as run

    asyncio.run(run(days, as_json=as_json))


@app.command(name="stats")
def show_stats(
    asked: Annotated[list[str] | None, typer.Argument(help="a period and a team, as after /triage stats")] = None,
    zone: Annotated[str, typer.Option(help="in whose days, such as Europe/Berlin")] = "UTC",
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV for a spreadsheet instead of JSON")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="compute every day anew from the tickets before")] = False,
) -> None:
    """Print the figures of a period: tickets, first responses, targets, backlog, corrections, drafts, cost, savings.

    Example: triage stats from 2026-10-01 to 2026-10-31 team billing_support --csv > october.csv
    """
    from bot.figures import show_stats as run

    asyncio.run(run(" ".join(asked or ()), zone, as_csv=as_csv, rebuild=rebuild))


@app.command()
def mask(file: Annotated[str, DATA]) -> None:
    """Add `masked` and `entities` to each line.

    Example: echo '{"text": "I am at ana@example.com"}' | triage mask -
    """
    from bot.commands import mask_lines

    _done(mask_lines(file))


def _done(wrong: int) -> None:
    """End with exit status 1 where lines were left out."""
    if wrong:
        raise typer.Exit(1)


def _until_stopped(product: Coroutine[object, object, None]) -> None:
    try:
        asyncio.run(product)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")


def _run() -> int:
    """Run the command that was typed and return its exit status."""
    from pipeline.errors import TriageError, Unavailable

    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except TriageError as error:
        sys.stderr.write(f"{error}\n")
        return 1 if isinstance(error, Unavailable) else 2
    return 0


def main() -> None:
    """Run a command: exit status 0 done, 1 found something wrong, 2 bad use."""
    status = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # as in `triage mask FILE | head`: nobody reads on, so nobody needs a traceback either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    raise SystemExit(status)


if __name__ == "__main__":
    main()
