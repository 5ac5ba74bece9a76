"""Health and metrics: what a load balancer, a scraper and a person look at."""

import shutil
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from bot.adapters.readiness import Readiness, State
from bot.metrics import Metrics
from handlers.services import Services
from storage.jobs import depth
from storage.store import DATABASE_ERRORS
from storage.stories import backlogs
from storage.strays import nowhere

_LEAST_DISK = 200_000_000  # bytes free below which we say that trouble is near


def router(services: Services, metrics: Metrics, data_dir: Path, engine: Readiness) -> APIRouter:
    """Return /health, /health/live, /health/ready and /metrics."""
    routes = APIRouter(tags=["health"])

    @routes.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "alive"}

    @routes.get("/health/ready")
    async def ready() -> Response:
        try:
            await services.store.ping()
        except DATABASE_ERRORS:
            return JSONResponse({"status": "unready", "database": "away"}, 503)
        return JSONResponse({"status": "ready"})

    @routes.get("/health")
    async def report() -> Response:
        try:
            queue = await _queue(services)
            cardless = await _cardless(services)
        except DATABASE_ERRORS:
            return JSONResponse({"status": "unhealthy", "checks": {"database": "away"}}, 503)
        failed = sum(count for (_, state), count in queue.items() if state == "failed")
        roomy = shutil.disk_usage(data_dir).free > _LEAST_DISK
        checks = {
            "database": "ok",
            "disk": "ok" if roomy else "almost full",
            "engine": f"{engine.state}: {engine.doing}" if engine.doing else engine.state.value,
            "failed_jobs": failed,
            "tickets_without_card": cardless,
            "queue": {f"{kind}.{state}": count for (kind, state), count in sorted(queue.items())},
        }
        status = "degraded" if not roomy or failed or cardless else "healthy"
        if status == "healthy" and engine.state is State.LEARNING:
            status = "learning"  # tickets are accepted, and read when it has ended
        return JSONResponse({"status": status, "checks": checks})

    @routes.get("/metrics", include_in_schema=False)
    async def page() -> Response:
        metrics.queue(await _queue(services))
        async with services.store.reader() as connection:
            now = services.clock.now()
            metrics.backlog(await backlogs(connection, services.workspace, now), now)
        return Response(metrics.page(), media_type="text/plain; version=0.0.4")

    return routes


async def _queue(services: Services) -> dict[tuple[str, str], int]:
    async with services.store.reader() as connection:
        return await depth(connection)


async def _cardless(services: Services) -> int:
    async with services.store.reader() as connection:
        return await nowhere(connection)
