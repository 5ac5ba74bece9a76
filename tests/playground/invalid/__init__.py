"""Payloads that Slack refuses, each with the place that its complaint must name."""
