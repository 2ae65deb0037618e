from autotui import query
from autotui.model import Counts, Feed
from autotui.tags import Tag
from autotui.ui.sidebar import rows
from ui.stage import HOSTILE


def feed(number: int, title: str, folder: str = "", **more: object) -> Feed:
    return Feed(number, f"https://{number}.example/", title, folder=folder, **more)  # type: ignore[arg-type]


def labels(*feeds: Feed, tags: tuple[Tag, ...] = ()) -> list[str]:
    found = rows(feeds, Counts(), tags)[6:]
    return ["  " * row.depth + row.label for row in found]


def test_smart_rows_count_what_waits_and_what_is_kept() -> None:
    counts = Counts(unread=7, total=9, starred=2, later=3, drivetrain=4, suggested=5)

    shown = [(row.label, row.query, row.count) for row in rows((), counts, ())]

    assert shown == [
        ("All", "", 7),
        ("Unread", "is:unread", 7),
        ("Starred", "is:starred", 2),
        ("Read later", "is:later", 3),
        ("EV drivetrains", "tag:ev-drivetrain", 4),
        ("Suggested", "is:suggested", 5),
    ]


def test_folders_come_before_loose_feeds_both_by_name() -> None:
    feeds = (feed(1, "zeta"), feed(2, "Alpha"), feed(3, "b", "Two"), feed(4, "A", "one"))

    assert labels(*feeds) == ["Feeds", "one", "  A", "Two", "  b", "Alpha", "zeta"]


def test_a_folder_adds_up_and_a_feed_tells_its_trouble() -> None:
    feeds = (
        feed(1, "One", "Cars", unread=2, error="HTTP 404"),
        feed(2, "Two", "Cars", unread=3),
    )

    _, folder, one, _ = rows(feeds, Counts(), ())[6:]

    assert (folder.kind, folder.count, folder.query) == ("folder", 5, 'folder:"Cars"')
    assert (one.kind, one.error, one.feed_id, one.query) == (
        "feed",
        "HTTP 404",
        1,
        "feed:1",
    )


def test_tags_stand_below_with_all_their_stories() -> None:
    e_motors = (Tag("e-motors", total=1, colour="red"), Tag("e-motors/hairpin", total=1))
    tags = (Tag("axles", unread=1, total=3), *e_motors)

    assert labels(tags=tags) == ["Tags", "axles", "e-motors", "  e-motors/hairpin"]
    found = rows((), Counts(), tags)[-3:]
    assert [(row.count, row.hue) for row in found] == [
        (3, ""),
        (1, "hue-red"),
        (1, "hue-red"),
    ]


def test_the_cursor_can_hold_on_to_a_row_whose_numbers_change() -> None:
    one = rows((feed(1, "One", unread=1),), Counts(unread=1), ())
    two = rows((feed(1, "Uno", unread=9),), Counts(unread=9), ())

    assert [row.identity for row in one] == [row.identity for row in two]


def test_no_folder_or_tag_breaks_out_of_its_query() -> None:
    for name in (*HOSTILE, 'a" OR is:read OR "', "\\", '\\"'):
        folder = rows((feed(1, "x", name),), Counts(), ())[7]
        tag = rows((), Counts(), (Tag(name),))[7]
        for row in (folder, tag):
            assert query.parse(row.query).node == query.Term(row.kind, name)


def test_saved_queries_stand_between_the_smart_rows_and_the_feeds() -> None:
    saved = (
        query.SavedQuery(1, "Axles", "axle", unread=4),
        query.SavedQuery(2, "Slow", "axle", unread=None),
        query.SavedQuery(3, "Broken", "moon:full", "there is no field 'moon'"),
    )

    found = rows((feed(1, "One"),), Counts(), (), saved)[6:]

    assert [row.label for row in found] == [
        *("Queries", "Axles", "Slow", "Broken"),
        *("Feeds", "One"),
    ]
    assert [(row.count, row.slow) for row in found[1:4]] == [
        (4, False),
        (0, True),
        (0, False),
    ]
    assert found[3].error == "there is no field 'moon'"
    assert len({row.identity for row in found[1:4]}) == 3
