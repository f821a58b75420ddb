"""What all tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest

from tests import forkserver, postgres

# How long an example takes says how much else the machine has to do; pytest has limits of its own.
hypothesis.settings.register_profile(
    "any load", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any load")


@pytest.fixture(scope="session", autouse=True)
def _no_command_outlives_the_tests() -> Iterator[None]:
    yield
    forkserver.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server, one for each process of the tests; skips where none is installed."""
    found = postgres.programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    with postgres.running(found) as server:
        yield server


@pytest.fixture
def postgres_database(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    address = postgres_server.new_database()
    yield address
    postgres_server.drop(address)


@pytest.fixture(params=("sqlite", "postgresql"))
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test runs twice: its archives are kept in SQLite, then in a PostgreSQL database."""
    monkeypatch.delenv("PALIMPSEST_DATABASE", raising=False)
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_database")
        monkeypatch.setenv("PALIMPSEST_DATABASE", address)
    return str(request.param)
