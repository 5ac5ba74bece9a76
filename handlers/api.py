"""The REST API: what programs ask with a key of their own."""

import hmac
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from handlers.services import Services
from handlers.stats import stats, understood
from handlers.told_stats import stats_csv, stats_json
from pipeline.decide import NotNow
from pipeline.period import BadPeriod

LONGEST_QUESTION = 200  # characters


def router(services: Services, keys: Sequence[str]) -> APIRouter:
    """Return the endpoints under /v1. Without a key in the settings nobody gets in."""
    routes = APIRouter(prefix="/v1", tags=["api"])

    @routes.get("/stats")
    async def figures(request: Request, period: str = "7d", team: str = "", zone: str = "") -> Response:
        """Return the figures of a period, for all teams or one; as CSV with `Accept: text/csv`."""
        if not _is_known(request.headers.get("authorization", ""), keys):
            told = "Send Authorization: Bearer KEY, with a key of the setting TRIAGE_API_KEYS."
            return JSONResponse({"error": told}, 401, headers={"WWW-Authenticate": "Bearer"})
        asked = f"{period} team {team}" if team else period
        if len(asked) > LONGEST_QUESTION:
            return JSONResponse({"error": f"That is longer than {LONGEST_QUESTION} characters."}, 422)
        try:
            still = services.still()
            found = await stats(still, understood(still.policy, asked), _zone(zone or "UTC"))
        except (NotNow, BadPeriod) as error:
            return JSONResponse({"error": str(error)}, 422)
        if "text/csv" in request.headers.get("accept", ""):
            saved_as = {"Content-Disposition": 'attachment; filename="stats.csv"'}
            return Response(stats_csv(found), media_type="text/csv; charset=utf-8", headers=saved_as)
        return JSONResponse(stats_json(found))

    return routes


def _is_known(header: str, keys: Sequence[str]) -> bool:
    """Whether the header carries one of the keys; all are compared, so that the time tells nothing."""
    scheme, _, key = header.partition(" ")
    fits = [hmac.compare_digest(key.strip().encode(), each.encode()) for each in keys]
    return scheme.casefold() == "bearer" and any(fits)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadPeriod("I know no time zone of that name: write it as Europe/Berlin.") from None
