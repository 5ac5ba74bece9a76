"""What Block Kit allows: shapes and limits, refused in Slack's words."""

from bot.playground.blocks.surfaces import Surface, check_blocks, check_view

__all__ = ["Surface", "check_blocks", "check_view"]
