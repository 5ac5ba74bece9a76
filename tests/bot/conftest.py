"""Fixtures for the command line."""

from tests.bot.command import run

__all__ = ["run"]
