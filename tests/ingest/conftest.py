"""A client that goes to the tests' own web directly."""

from collections.abc import AsyncIterator

import httpx
import pytest

from autotui.ingest import fetch


@pytest.fixture
async def http(_no_proxy: None) -> AsyncIterator[httpx.AsyncClient]:
    async with fetch.client() as http:
        yield http
