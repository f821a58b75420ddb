"""The capture's promise, checked on the user's own machine: odd servers, exact bytes, both ways."""

DEFAULT_CONCURRENCY = 16
"""Exchanges that go on at once."""
DEFAULT_ROUNDS = 2
