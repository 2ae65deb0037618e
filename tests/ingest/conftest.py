"""A web to fetch from, and a client that goes there directly."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from autotui.ingest import fetch
from support.web import Web


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
async def http(_no_proxy: None) -> AsyncIterator[httpx.AsyncClient]:
    async with fetch.client() as http:
        yield http
