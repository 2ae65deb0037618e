from autotui.document import Block, Document
from autotui.ui.render import Looks
from autotui.ui.sheet import set_to
from autotui.ui.typeset import body


def shown(block: Block, width: int = 40) -> list[str]:
    sheet = set_to(width, tuple(body(Document((block,)), width, Looks())))
    return [sheet.text(number).rstrip() for number in range(len(sheet.lines))]


TABLE = Block(
    "table",
    rows=(
        ("Version", "Power", "Remark"),
        ("Base", "150 kW", "from autumn"),
        ("Max", "1,250 kW", "all-wheel drive 航続距離"),
    ),
)


def test_a_table_that_fits_has_aligned_columns_and_a_rule() -> None:
    assert shown(TABLE, width=60) == [
        "Version     Power  Remark",
        "───────  ────────  ────────────────────────",
        "Base       150 kW  from autumn",
        "Max      1,250 kW  all-wheel drive 航続距離",
    ]


def test_a_table_that_is_too_wide_wraps_its_widest_cells() -> None:
    assert shown(TABLE, width=32) == [
        "Version     Power  Remark",
        "───────  ────────  ─────────────",
        "Base       150 kW  from autumn",
        "Max      1,250 kW  all-wheel",
        "                   drive 航続距",
        "                   離",
    ]


def test_a_table_without_room_becomes_lines() -> None:
    assert shown(TABLE, width=20) == [
        "Version: Base",
        "Power: 150 kW",
        "Remark: from autumn",
        "",
        "Version: Max",
        "Power: 1,250 kW",
        "Remark: all-wheel",
        "drive 航続距離",
    ]


def test_a_huge_cell_is_cut() -> None:
    rows = (("A", "B"), ("x", "word " * 500))

    table = shown(Block("table", rows=rows), width=20)

    assert len(table) == 2 + 12
    assert table[-1].endswith("…")


def test_uneven_and_empty_tables_are_shown() -> None:
    assert shown(Block("table", rows=(("A",), ("1", "2"), ()))) == [
        "A",
        "─  ─",
        "1  2",
        "",
    ]
    assert shown(Block("table")) == []
    assert shown(Block("table", rows=((),))) == []
