import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest import authors

FORMS = {
    "jane@x.org (Jane)": ("Jane",),
    "Jane <jane@x.org>": ("Jane",),
    "jane@x.org": ("jane@x.org",),
    "Jane": ("Jane",),
    "<jane@x.org>": ("jane@x.org",),
    "jane@x.org (Jane), bob@x.org (Bob)": ("Jane", "Bob"),
    "Jane jane@x.org": ("Jane",),
    "Jane (jane@x.org)": ("Jane",),
    "mailto:jane@x.org": ("jane@x.org",),
    "jane@x.org ()": ("jane@x.org",),
    "(jane@x.org)": ("jane@x.org",),
    "Jane &lt;jane@x.org&gt;": ("Jane",),
    '"Jane Doe" <jane@x.org>': ("Jane Doe",),
    "Jane Doe, Bob": ("Jane Doe, Bob",),
    "jane@x.org Jane Doe": ("Jane Doe",),
    "jane@x.org (Jane [Smith])": ("Jane [Smith]",),
    "jane@x.org <Jane>": ("Jane",),
    "Jane Doe <>": ("Jane Doe",),
    "@jane": ("@jane",),
    "  ": (),
    "Jane &amp; Bob": ("Jane & Bob",),
    "<b>Jane</b>": ("Jane",),
    "jane@x.org (Jane (editor))": ("Jane (editor)",),
    "Jane (BBC)": ("Jane (BBC)",),
    "jane@x.org, bob@x.org": ("jane@x.org", "bob@x.org"),
}


@pytest.mark.parametrize("raw", FORMS)
def test_a_name_is_found_in_whatever_form(raw: str) -> None:
    assert authors.names([raw]) == FORMS[raw]


def test_addresses_count_only_where_nobody_has_a_name() -> None:
    assert authors.names(["a@x.example", "Ada", "ADA", ""]) == ("Ada",)
    assert authors.names(["a@x.example", "none"]) == ("a@x.example",)


@given(st.lists(st.text(alphabet="ab@.<>() ,\x1b\u202e&;#27")))
def test_any_authors_are_clean_names(raw: list[str]) -> None:
    names = authors.names(raw)
    assert all(name.strip() and name.isprintable() for name in names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "raw", ["a" * 10**6 + "(", "a@" * 10**6, "a@b (" * 10**5, "<" * 10**6]
)
def test_a_hostile_author_takes_no_time(raw: str) -> None:
    start = time.process_time()
    authors.names([raw] * 100)
    assert time.process_time() - start < 1
