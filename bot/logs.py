"""Structured logs: noun.verb events with ids, never a customer's words."""

import logging
import os
import sys

import structlog


def configure(style: str, *, quiet: bool = False) -> None:
    """Set up logging once, at start. `style` is json or console; quiet keeps warnings and worse."""
    level = logging.WARNING if quiet else logging.INFO
    renderer = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty() and not os.environ.get("NO_COLOR"),
            # Local variables in a traceback would show customers' words.
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    for noisy in ("httpx", "slack_bolt", "slack_sdk", "chromadb", "sentence_transformers"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
