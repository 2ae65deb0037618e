import json
from datetime import UTC, datetime

import lxml.html
import pytest

from autotui.ingest.story.metadata import Metadata, resolve

PUBLISHED = datetime(2019, 6, 5, 16, 34, tzinfo=UTC)


def _resolved(head: str = "", body: str = "", url: str = "") -> Metadata:
    page = f"<html><head>{head}</head><body>{body}<p>The text of it all.</p></body></html>"
    return resolve(lxml.html.document_fromstring(page), url)


def _meta(**values: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in values.items()
    )


def _told(**values: object) -> str:
    story = {"@type": "NewsArticle", "headline": "A new rotor", **values}
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


TIMES = [
    (_told(datePublished="2019-06-05T16:34:00Z"), ""),
    (_told(datePublished="2019-06-05T16:34:00"), ""),
    (_told(datePublished=1559752440), ""),
    (_told(datePublished="2019-06-05") + _meta(date="2019-06-05T16:34Z"), ""),
    (_told(datePublished="1970-01-01") + _meta(date="2019-06-05T16:34Z"), ""),
    (_told(datePublished="2999-01-01") + _meta(date="2019-06-05T16:34Z"), ""),
    (_told(datePublished="soon") + _meta(article__published_time="2019-06-05 16:34"), ""),
    (_told(dateCreated="2019-06-05T16:34:00Z"), ""),
    ('<meta itemprop="datePublished" content="2019-06-05T16:34Z">', ""),
    ('<meta name="DC.date.issued" content="2019-06-05T16:34Z">', ""),
    ("", '<time datetime="2019-06-05T16:34Z">yesterday</time>'),
    ("", "<time>5 June 2019 16:34 GMT</time>"),
    ("", "<p class=date>Published 5 June 2019 16:34 GMT</p>"),
    (
        "",
        (
            '<time itemprop="dateModified" datetime="2019-06-06T00:00Z"></time>'
            '<time itemprop="datePublished" datetime="2019-06-05T16:34Z"></time>'
        ),
    ),
    ("", '<p>Next <time datetime="2019-06-05T16:34Z"></time></p><time>soon</time>'),
]


@pytest.mark.parametrize(("head", "body"), TIMES)
def test_a_page_tells_when_it_was_published(head: str, body: str) -> None:
    page = _resolved(head, f"<h1>A new rotor</h1><div>{body}</div>")
    assert page.published_at == PUBLISHED


def test_a_day_in_the_text_is_the_last_resort() -> None:
    page = _resolved("", "<h1>A new rotor</h1><p>Wednesday, June 5, 2019</p>", "")
    assert page.published_at == datetime(2019, 6, 5, tzinfo=UTC)


def test_a_change_before_publication_is_none() -> None:
    head = _told(datePublished="2019-06-05T16:34:00Z", dateModified="2019-06-04")
    assert _resolved(head).updated_at is None
    later = head + _meta(article__modified_time="2019-06-06T01:00:00+01:00")
    assert _resolved(later).updated_at == datetime(2019, 6, 6, tzinfo=UTC)


def test_a_visible_change_counts_where_none_is_told() -> None:
    shown = "<h1>Rotor</h1><p class=updated>Updated June 5, 2019 at 9:34 AM PDT</p>"
    assert _resolved("", shown).updated_at == PUBLISHED
    told = _meta(article__modified_time="2019-06-07T01:00Z")
    assert _resolved(told, shown).updated_at == datetime(2019, 6, 7, 1, tzinfo=UTC)


def test_the_day_in_an_address_is_the_day_of_publication() -> None:
    page = _resolved("", "<h1>Rotor</h1>", "https://courier.example/2019/06/05/rotor")
    assert page.published_at == datetime(2019, 6, 5, tzinfo=UTC)


def test_control_characters_near_a_date_are_no_trouble() -> None:
    tree = lxml.html.document_fromstring("<html><h1>Rotor</h1><p>\x0112 o'clock</p>")
    assert resolve(tree).published_at is None
