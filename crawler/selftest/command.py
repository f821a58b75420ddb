"""``palimpsest selftest capture``: the promise of exact bytes, checked where the user is."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.values import GivenPath
from crawler.language import words
from crawler.selftest import DEFAULT_CONCURRENCY, DEFAULT_ROUNDS

if TYPE_CHECKING:
    from crawler.selftest.compare import Verdict
    from crawler.selftest.run import Result

EXIT_INEXACT = 1
SUMMARY = (
    "{scenarios} scenarios, {exchanges} exchanges over http and https, {connections} connections: "
    "{requests} requests and {responses} responses exact, {passed} as they must be"
)


@click.group(cls=HelpGroup, help=words("Check on this machine what the program promises."))
def selftest() -> None:
    """The group of the program's own checks."""


@selftest.command(
    "capture",
    cls=Help,
    help=words("Fetch from an odd server on loopback and compare the WARC byte for byte."),
)
@click.option(
    "--rounds",
    default=DEFAULT_ROUNDS,
    show_default=True,
    type=click.IntRange(1, 1000),
    help=words("How many times everything is fetched."),
)
@click.option(
    "--concurrency",
    default=DEFAULT_CONCURRENCY,
    show_default=True,
    type=click.IntRange(1, 256),
    help=words("How many exchanges go on at once."),
)
@click.option(
    "--keep",
    type=GivenPath(file_okay=False, path_type=Path),
    help=words("Keep the WARC files in this directory."),
)
def capture(rounds: int, concurrency: int, keep: Path | None) -> None:
    """Fetch from an odd server on loopback and compare the WARC byte for byte."""
    # Not before it is called: whoever only lists the commands waits for no crawler.
    import asyncio

    from crawler.selftest.run import run_capture_test

    with tempfile.TemporaryDirectory(prefix="palimpsest-selftest-") as scratch:
        test = run_capture_test(keep or Path(scratch), rounds=rounds, concurrency=concurrency)
        result = asyncio.run(test)
    for verdict in result.verdicts:
        if not verdict.passed:
            click.echo(describe(verdict))
    click.echo(summary(result))
    sys.exit(0 if result.passed else EXIT_INEXACT)


def describe(verdict: Verdict) -> str:
    """One line about an exchange that is not as it must be."""
    wrong = []
    if not verdict.request_exact:
        wrong.append("request bytes differ")
    if not verdict.response_exact:
        wrong.append("response bytes differ")
    if verdict.reported != verdict.scenario.error:
        wrong.append(f"reported {verdict.reported!r} instead of {verdict.scenario.error!r}")
    return f"FAILED {verdict.scheme} {verdict.address}: {', '.join(wrong)}"


def summary(result: Result) -> str:
    """Scenarios, exchanges, exact requests and responses, in one line."""
    verdicts = result.verdicts
    names = {verdict.scenario.name for verdict in verdicts}
    requests = sum(verdict.request_exact for verdict in verdicts)
    responses = sum(verdict.response_exact for verdict in verdicts)
    return words(SUMMARY).format(
        scenarios=len(names),
        exchanges=len(verdicts),
        connections=result.connections,
        requests=requests,
        responses=responses,
        passed=sum(verdict.passed for verdict in verdicts),
    )
