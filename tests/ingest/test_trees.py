from autotui.ingest import trees
from autotui.ingest.gather import Gather


def texts(html: str) -> list[str]:
    into = Gather("")
    trees.read(html, into, hides=False)
    return [block.text for block in into.built().blocks]


def test_what_follows_the_end_of_a_page_is_read_as_well() -> None:
    assert texts("<p>one</p></body></html><p>two</p>") == ["one", "two"]


def test_a_page_may_end_once() -> None:
    page = "<html><body><p>one</p></body></html>"
    assert trees.tamed(page, ends=1) == page
    assert trees.tamed(page + page, ends=1).lower().count("</body") == 0


def test_a_tag_of_endless_attributes_is_cut() -> None:
    endless = "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">text</p>"
    assert len(trees.tamed(endless)) < 100
    assert texts(endless) == ["text"]


class OnlyHeadings(trees.Walk):
    closed = 0

    def open(self, element: object, tag: str) -> bool:
        return tag == "p" or super().open(element, tag)  # type: ignore[arg-type]

    def close(self, element: object) -> None:
        self.closed += 1
        super().close(element)  # type: ignore[arg-type]


def test_a_walk_can_be_told_what_to_leave_out() -> None:
    import lxml.html

    into = Gather("")
    walk = OnlyHeadings(into, hides=False)
    walk.through(lxml.html.fromstring("<div><h1>kept</h1><p>left</p>tail</div>"))
    assert [block.text for block in into.built().blocks] == ["kept", "tail"]
    assert walk.closed == 2
