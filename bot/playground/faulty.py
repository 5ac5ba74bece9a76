"""Answers under the fault plan: late, broken, refused, or done but never told."""

import asyncio
import time
from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from bot.playground.faults import Fault, FaultKind
from bot.playground.hang_up import HangUp
from bot.playground.playground import Playground
from bot.playground.wire import Object

Answer = tuple[int, Object, dict[str, str]]
"""HTTP status, JSON body, headers."""
Refuse = Callable[[Fault], Answer]
"""How this service words a fault that is an answer."""


async def serve(
    playground: Playground, what: str, said: object, run: Callable[[], Answer], refuse: Refuse, path: str = ""
) -> Response:
    """Run the request, or what the plan puts in its place, and write it to the log."""
    started = time.perf_counter()
    fault = playground.faults.draw(what)
    status, body, headers = await _answer(fault, run, refuse)
    hang_up = _hang_up(fault)
    told = {"fault": fault.kind, "answer": body} if fault else body
    playground.log.record("from_bot", what, said, told, 0 if hang_up else status, started, path)
    return hang_up or JSONResponse(body, status, headers)


async def _answer(fault: Fault | None, run: Callable[[], Answer], refuse: Refuse) -> Answer:
    if fault is None:
        return run()
    match fault.kind:
        case FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
            return run()
        case FaultKind.EXECUTE_THEN_TIMEOUT:
            done = run()
            await asyncio.sleep(fault.seconds)
            return done
        case FaultKind.DROP | FaultKind.RESET:
            return 0, {}, {}
        case _:
            return refuse(fault)


def _hang_up(fault: Fault | None) -> HangUp | None:
    if fault and fault.kind in {FaultKind.DROP, FaultKind.RESET, FaultKind.EXECUTE_THEN_TIMEOUT}:
        return HangUp(reset=fault.kind is FaultKind.RESET)
    return None
