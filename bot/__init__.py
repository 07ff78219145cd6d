"""Convenor: a Slack bot that hosts a community of practice."""
