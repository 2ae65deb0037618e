from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import query
from autotui.drivetrain.findings import Evidence, Fact, FactKind, Name, NameKind
from autotui.judging import Findings
from autotui.ui.sheet import set_to
from autotui.ui.widgets import findings
from autotui.ui.widgets.findings import Entry
from ui.stage import HOSTILE, article

FACT = Fact("battery_capacity", 77.4, "kWh", "net", "It has 77.4 kWh net.", 7, 15)
TEXT = st.text(max_size=40) | st.sampled_from(HOSTILE)
FACTS = st.builds(
    Fact,
    st.sampled_from(FactKind.__args__),  # type: ignore[attr-defined]
    st.floats(0, 1e12) | TEXT,
    TEXT,
    TEXT,
    TEXT,
    st.integers(0, 99),
    st.integers(0, 99),
)
NAMES = st.builds(
    Name,
    st.sampled_from(NameKind.__args__),  # type: ignore[attr-defined]
    st.text(min_size=1, max_size=40),
    TEXT,
    st.integers(0, 99),
    st.integers(0, 99),
)
EVIDENCE = st.builds(
    Evidence, TEXT, st.integers(0, 9), st.integers(0, 99), st.floats(-9, 9), TEXT
)


def told(entries: object) -> list[str]:
    assert isinstance(entries, list)
    return [entry.flow.first + entry.flow.text for entry in entries]


def items(entries: list[Entry]) -> list[tuple[str, str]]:
    """What can be chosen, as it is shown, and what finds it elsewhere."""
    return [
        (entry.flow.text[start:end], item.query)
        for entry in entries
        for start, end, item in entry.items
    ]


def test_figures_are_told_in_words_with_unit_and_qualifier() -> None:
    facts = (
        Fact("motor_speed", 16000.0, "rpm", "", "", 0, 1),
        Fact("chemistry", "LFP", "", "", "", 0, 1),
        Fact("power", 250.0, "kW", "", "", 0, 1),
        FACT,
    )

    assert told(list(findings.figures(facts))) == [
        "Figures",
        "Battery    77.4 kWh net",
        "Power      250 kW",
        "Speed      16,000 rpm",
        "Chemistry  LFP",
    ]


def test_what_comes_twice_is_told_once_at_its_first_place() -> None:
    again = FACT._replace(start=90, end=98)
    (_, entry) = findings.figures((FACT, again))
    assert entry.items[0][2].start == FACT.start

    bmw = Name("maker", "BMW", "BMW", 3, 6)
    (_, entry) = findings.names((bmw, bmw._replace(start=50), bmw._replace(start=60)))
    assert [item.start for _, _, item in entry.items] == [3]


def test_each_name_and_figure_knows_what_finds_it() -> None:
    names = (
        Name("supplier", "ZF", "ZF", 0, 1),
        Name("maker", "BMW", "BMW", 0, 1),
        Name("maker", 'Land "R" Rover', "x", 0, 1),
        Name("component", "e-axle", "e-axle", 0, 1),
    )
    facts = (FACT, Fact("price", 5.0, "EUR", "", "", 0, 1))

    assert items(list(findings.names(names))) == [
        ("BMW", "name:BMW"),
        ('Land "R" Rover', 'name:"Land \\"R\\" Rover"'),
        ("ZF", "name:ZF"),
        ("e-axle", 'name:"e-axle"'),
    ]
    assert items(list(findings.figures(facts))) == [
        ("77.4 kWh net", "kwh>=77.4"),
        ("5 EUR", ""),
    ]


def test_of_very_many_findings_the_rest_is_counted() -> None:
    facts = tuple(FACT._replace(value=float(n)) for n in range(100))
    names = tuple(Name("model", f"M{n}", "", n, n) for n in range(100_000))

    assert told(list(findings.figures(facts)))[-1] == "and 60 more"
    assert told(list(findings.names(names)))[-1] == "and 1,940 more"


def test_reasons_tell_sign_size_quote_and_cue() -> None:
    found = Findings(
        0.4,
        False,  # noqa: FBT003 - a named tuple
        (
            Evidence("e-axle", 0, 6, 2.8, "e_axle"),
            Evidence("gear\nbox", 0, 6, 1.25, "gearing"),
            Evidence("charger", 0, 6, -1.0, "charging"),
        ),
        "more of other subjects",
    )

    assert told(list(findings.why(found))) == [
        "Missing: more of other subjects",
        "For",
        '+2.8 "e-axle"',
        '+1.2 "gear box" (gearing)',
        "Against",
        '-1.0 "charger" (charging)',
    ]


def test_the_verdict_is_told_with_the_score() -> None:
    shown = "About EV drivetrains: {}\u00a0%, {}"
    for score, story, said in (
        (0.874, article(suggested=True), shown.format(87, "suggested")),
        (0.999, article(tags=("ev-drivetrain",)), shown.format(99, "tagged")),
        (0.001, article(rejected=True), shown.format(1, "rejected")),
        (0.2, article(), shown.format(20, "not suggested")),
    ):
        assert findings.verdict(story, score) == said


def test_where_the_reader_taught_something_it_is_said_where_that_stands() -> None:
    lexicon = Evidence("e-axle", 0, 6, 2.8, "e_axle")
    taught = Evidence("parade", 0, 6, -0.1, "learned: parade")
    seed, learned = (
        told(list(findings.why(Findings(0.9, True, each))))  # noqa: FBT003
        for each in ((lexicon,), (lexicon, taught))
    )

    assert learned[-1] == "The command palette shows all that was learned."
    assert learned[-1] not in seed


@settings(deadline=None)
@given(
    st.lists(FACTS, max_size=5),
    st.lists(NAMES, max_size=5),
    st.lists(EVIDENCE, max_size=5),
    st.integers(1, 60),
)
def test_whatever_was_found_is_shown_and_what_finds_it_can_be_read(
    facts: list[Fact], names: list[Name], evidence: list[Evidence], width: int
) -> None:
    found = Findings(0.5, True, tuple(evidence), "", tuple(facts), tuple(names))  # noqa: FBT003
    entries = [
        *findings.why(found),
        *findings.figures(found.facts),
        *findings.names(found.names),
    ]

    sheet = set_to(width, tuple(entry.flow for entry in entries))
    for number in range(len(sheet.lines)):
        assert not set(sheet.text(number)) & set("\x00\x07\x1b\x9b\x9d\u202e\u2066\n")
    for shown, wanted in items(entries):
        assert "\n" not in shown
        if wanted and len(wanted) < query.MAX_LENGTH:
            query.parse(wanted)
