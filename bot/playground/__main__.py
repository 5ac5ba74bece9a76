"""The playground on its own: a Slack workspace and a helpdesk on this machine, to click in and to test against."""

import argparse
import asyncio
import sys
from pathlib import Path

from yaml import YAMLError

from bot.playground.fault_plan import BadPlan, read_file, read_words
from bot.playground.gate import NotLoopback
from bot.playground.manifest import Manifest, read_manifest, shipped
from bot.playground.server import Playground, serve
from bot.playground.wire import Object

EXAMPLES = """\
examples:
  python -m bot.playground --port 4000 --bot http://127.0.0.1:3000
  python -m bot.playground --fault 'chat.postMessage=error500:0.2'           one post in five fails
  python -m bot.playground --fault 'chat.postMessage=error500,slow@2,ok'     a script: the 1st, the 2nd, the 3rd call
  python -m bot.playground --fault 'chat.update=error:is_archived*3'         the first three times
  python -m bot.playground --fault 'chat.*=ratelimited:0.1@7'                Retry-After: 7
  python -m bot.playground --fault 'event *=redelivery:0.5'                  half of all events come twice
  python -m bot.playground --fault 'block_actions ticket.approve=drop*1'     the first press gets lost
  python -m bot.playground --faults plan.toml --seed 7

a fault: METHOD=KIND[:CODE][:PROBABILITY][@SECONDS][*TIMES], or a script METHOD=KIND,KIND,…
  METHOD   a Slack method, "zendesk PUT tickets", or a delivery as the inspector names it: "event message",
           "block_actions ACTION", "command /triage", "view_submission CALLBACK", "webhook ticket.created *" …
           * and ? are wildcards; "*" is every request of the bot, "delivery *" every delivery to it
  KIND     of requests: slow, error500, drop, reset, ratelimited, execute_then_timeout, lagging_lookup,
           token_revoked, error:CODE; of deliveries: slow, drop, reset, execute_then_timeout, redelivery

a file: [[faults]] in TOML, or in JSON {"faults": [{"method": …, "kind": …, "probability": …, "times": …,
  "seconds": …}, {"method": …, "script": ["error500", "slow@2"]}]}

while it runs: GET and POST /playground/control read and replace the plan ({"faults": […], "seed": 7, "rate_limits":
  true}); POST /playground/control/emit {"event": {"type": …}}, /redeliver {"n": number in /playground/wire},
  /disconnect {"reason": "refresh_requested"}, /newcomer {"name": "zoe", "real_name": "Zoe Roth"},
  /person {"user": "U0BEN", "active": false}, /verify

deliveries go over Socket Mode while the app has a connection open (apps.connections.open), else by signed HTTP.
"""


def main(argv: list[str] | None = None) -> int:
    options = _read(argv)
    playground = Playground(
        bot_url=options.bot,
        seed=options.seed,
        strict=not options.lenient,
        rate_limits=options.rate_limits,
        manifest=options.manifest or shipped(),
    )
    try:
        playground.faults.follow(_plan(options))
        sys.stderr.write(f"Playground on http://{options.host}:{options.port}, bot at {options.bot}\n")
        asyncio.run(serve(playground, options.host, options.port))
    except (NotLoopback, BadPlan) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _plan(options: argparse.Namespace) -> list[Object]:
    """What the file says, then what the command line adds."""
    lines = read_file(options.faults) if options.faults else []
    return [*lines, *map(read_words, options.fault)]


def _read(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot.playground",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=4000)
    parser.add_argument("--bot", default="http://127.0.0.1:3000", help="where the bot listens")
    parser.add_argument("--seed", type=int, default=0, help="what makes faults repeat")
    parser.add_argument("--lenient", action="store_true", help="accept arguments that no contract names")
    parser.add_argument("--rate-limits", action="store_true", help="answer 429 as Slack and Zendesk do")
    parser.add_argument("--fault", action="append", default=[], metavar="FAULT", help="may be given more than once")
    parser.add_argument("--faults", type=Path, metavar="FILE", help="a fault plan in TOML or JSON")
    parser.add_argument("--manifest", type=_manifest, metavar="FILE", help="of another app: its commands and shortcuts")
    return parser.parse_args(argv)


def _manifest(path: str) -> Manifest:
    try:
        return read_manifest(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, YAMLError) as error:
        raise argparse.ArgumentTypeError(f"{path}: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
