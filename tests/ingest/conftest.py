"""A client that goes to the tests' own web directly."""

from collections.abc import AsyncIterator

import pytest

from autotui.ingest.client import Client


@pytest.fixture
async def http(_no_proxy: None) -> AsyncIterator[Client]:
    async with Client() as http:
        yield http
