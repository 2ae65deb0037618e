import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest.story.jsonld import Graph, types

STORY = (
    '{"@type": "NewsArticle", "headline": "Rotor", "datePublished": "2019-06-05",'
    ' "wordCount": 7'
)
WRITTEN = {
    "as it should be": STORY + "}",
    "in a list": f"[{STORY}}}]",
    "in a list of lists": f"[[{STORY}}}]]",
    "in CDATA": f"<![CDATA[{STORY}}}]]>",
    "in CDATA behind strokes": f"//<![CDATA[\n{STORY}}}\n//]]>",
    "in CDATA behind stars": f"/* <![CDATA[ */{STORY}}}/* ]]> */",
    "in a comment": f"<!-- {STORY}}} -->",
    "with a mark of byte order": f"\ufeff{STORY}}}",
    "with a semicolon": STORY + "};",
    "with a comma too many": STORY + ",}",
    "with commas too many": f'[{STORY}, "keywords": ["a", "b",\n],}},]',
    "with a comment at the end of a line": STORY + ", // the author\n" + '"author": "J"}',
    "with a comment between": STORY + ', /* none */ "author": "J"}',
    "with a raw line end": STORY + ', "description": "one\ntwo"}',
    "with control characters": STORY + ', "description": "one\x00\x1btwo"}',
    "with an escape that is none": STORY + ', "description": "it\\\'s \\x"}',
    "with quotes as entities": (STORY + "}").replace('"', "&quot;"),
    "several behind each other": '{"@type": "Person"}' + STORY + "}",
    "several with commas": '{"@type": "Person"},\n' + STORY + "},",
    "in a graph": f'{{"@graph": [{{"@type": "WebSite"}}, {STORY}}}]}}',
    "as the page's entity": f'{{"@type": "WebPage", "mainEntity": {STORY}}}}}',
    "as the review of a product": (
        '{"@type": "Product", "name": "Car", "review": {"@type": "Review", '
        '"headline": "Rotor", "wordCount": 7}}'
    ),
    "of a type with its vocabulary": STORY.replace("News", "https://schema.org/News") + "}",
    "of several types": STORY.replace('"NewsArticle"', '["Thing", "NewsArticle"]') + "}",
}


BROKEN = {
    "cut off": STORY + ', "articleBody": "It begi',
    "without an end": STORY,
    "with quotes inside a text": STORY + ', "description": "the "best" motor", "a": 1}',
    "with words that are no JSON": STORY + ', "author": undefined}',
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_story_is_read_whole_however_it_is_written(how: str) -> None:
    graph = Graph([WRITTEN[how]])
    story = graph.story("", [])
    assert graph.text(story.get("headline")) == "Rotor"
    assert graph.text(story.get("wordCount")) == "7"


@pytest.mark.parametrize("how", BROKEN)
def test_of_what_cannot_be_decoded_the_plainest_is_rescued(how: str) -> None:
    graph = Graph([BROKEN[how]])
    story = graph.story("", [])
    assert graph.text(story.get("headline")) == "Rotor"
    assert graph.text(story.get("datePublished")) == "2019-06-05"


def test_a_comma_or_a_comment_inside_a_text_is_text() -> None:
    graph = Graph([STORY + ', "description": "a,} // b /* c */ ,]",}'])
    assert graph.story("", [])["description"] == "a,} // b /* c */ ,]"


def test_what_is_cut_off_keeps_its_escapes_and_its_author() -> None:
    script = r'{"@type":"Article","headline":"Die \u00e4lteste \"Achse\"","author":'
    graph = Graph([script + '[{"@type":"Person","name":"Jane Doe"}],"articleBody":"It'])
    story = graph.story("", [])
    assert story["headline"] == 'Die älteste "Achse"'
    assert story["author"] == "Jane Doe"


def test_references_are_followed_once() -> None:
    jane = {"@type": "Person", "@id": "#j", "name": "Jane"}
    loop = {"@id": "#loop", "publisher": {"@id": "#loop"}}
    article = {
        "@type": "Article",
        "headline": "H",
        "author": [{"@id": "#j"}, {"@id": "#x"}],
        "publisher": {"@id": "#loop"},
    }
    graph = Graph([json.dumps({"@graph": [jane, article, loop]})])
    story = graph.story("", [])
    assert list(graph.texts(story["author"])) == ["Jane"]
    assert graph.text(story["publisher"]) == ""


def test_of_several_stories_the_one_of_the_page_counts() -> None:
    first = {
        "@type": "NewsArticle",
        "headline": "Another",
        "author": "A",
        "articleBody": "B",
    }
    second = {"@type": "BlogPosting", "headline": "A rotor of steel"}
    third = {"@type": "BlogPosting", "headline": "Third", "url": "https://x.example/3#top"}
    graph = Graph([json.dumps([first, second, third])])
    assert graph.story("", [])["headline"] == "Another"
    assert graph.story("A rotor of steel | X", [])["headline"] == "A rotor of steel"
    assert graph.story("", ["https://x.example/3"])["headline"] == "Third"


def test_reviews_of_readers_are_no_story() -> None:
    review = {"@type": "Review", "headline": "Bad", "author": "R"}
    assert (
        Graph([json.dumps({"@type": "Product", "review": [review, review]})]).story("", [])
        == {}
    )


FREE = [
    ({"isAccessibleForFree": True}, True),
    ({"isAccessibleForFree": "True"}, True),
    ({"isAccessibleForFree": False}, False),
    ({"isAccessibleForFree": "false"}, False),
    ({"isAccessibleForFree": "https://schema.org/False"}, False),
    ({"hasPart": {"isAccessibleForFree": False}}, False),
    ({"hasPart": [{"isAccessibleForFree": True}, {"isAccessibleForFree": "no"}]}, False),
    ({"isAccessibleForFree": True, "hasPart": {"isAccessibleForFree": False}}, True),
    ({"isAccessibleForFree": "perhaps"}, None),
    ({"hasPart": ["x"]}, None),
    ({}, None),
]


@pytest.mark.parametrize(("said", "free"), FREE)
def test_a_page_says_whether_all_may_read_it(said: dict[str, Any], free: object) -> None:
    graph = Graph([json.dumps({"@type": "Article", "headline": "H", **said})])
    assert graph.free(graph.story("", [])) is free


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "author",
                    "headline",
                    "review",
                    "name",
                    "hasPart",
                ]
            )
            | st.text(),
            inner | st.sampled_from(["Article", "#a"]),
        )
    ),
)


@given(JSON)
def test_any_json_is_read(value: Any) -> None:
    graph = Graph([json.dumps(value)])
    story = graph.story("headline", ["#a"])
    assert all(isinstance(text, str) for key in story for text in graph.texts(story[key]))
    assert graph.free(story) in {True, False, None}
    assert isinstance(types(story), frozenset)


@given(st.text(alphabet='{}[]",:/*\\n &;<!-CDAT"headline":'))
def test_any_text_is_read(script: str) -> None:
    graph = Graph([script, STORY + script])
    assert isinstance(graph.text(graph.story("", []).get("headline")), str)


@pytest.mark.parametrize(
    "script",
    [
        "[" * 100_000,
        '{"@graph":' * 100_000,
        '{"@graph":' * 900 + "1" + "}" * 900,
        '"' * 10**6,
        '\\"' * 10**6,
        "," * 10**6,
        ", " * 10**6,
        "/*" * 10**6,
        "{" + " " * 10**6,
        "{}" * 10**6,
        "]]>" * 10**5 + "x",
        '"author":{' * 10**5,
        '"headline":"' * 10**5,
        '{"a":' + "9" * 10**6 + "}",
        STORY + ', "articleBody": "' + "words " * 300_000 + '"}',
        STORY + ', "author": [' + '"J",' * 300_000 + "]}",
        "[" + '{"@type":"Article","headline":"h"},' * 50_000 + "]",
    ],
    ids=range(17),
)
def test_a_hostile_script_takes_little_time(script: str) -> None:
    start = time.process_time()
    graph = Graph([script, STORY + "}"] * 3)
    list(graph.texts(graph.story("Rotor", []).get("author")))
    assert time.process_time() - start < 2
