"""What all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.postgres import Server, serving

# The time that one example takes says nothing on a busy machine. In continuous integration the examples are the same
# each time, so that what fails there fails again; elsewhere they are new ones each time.
settings.register_profile("steady", deadline=None, max_examples=60, derandomize="CI" in os.environ)
settings.load_profile("steady")


# Where a shell runs the tests in the background, they ignore Ctrl-C, and so would the processes that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL; tests that need one are skipped where none can be started."""
    try:
        started = serving()
        server = started.__enter__()
    except Exception as error:
        pytest.skip(f"no PostgreSQL could be started: {type(error).__name__}: {error}")
    yield server
    started.__exit__(None, None, None)
