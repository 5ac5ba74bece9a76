"""Serves the web application with uvicorn, inside a loop that others share."""

import uvicorn
from fastapi import FastAPI


async def serve_web(app: FastAPI, host: str, port: int) -> None:
    """Serve until the process is asked to stop; open requests get three seconds to end."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
        ws="none",
    )
    await uvicorn.Server(config).serve()
