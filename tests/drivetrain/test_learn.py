from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.drivetrain import learn, lexicon, score, words
from autotui.drivetrain.learn import Common
from autotui.drivetrain.learned import Learned
from autotui.drivetrain.score import Judgement
from support.learning import with_verdict

CLEAR = ("Supplier shows an e-axle with a silicon carbide inverter for electric cars", "")
LONE = ("A glance at the e-axle", "")
OTHER = ("Classic parade rolls through Turin", "")
WORDS = (
    *("inverter", "e-axle", "Batterie", "moteur électrique", "Radnabenmotor", "sales"),
    *(
        "Stra\u00dfe",
        "e\u0301lectrique",
        "so\u00adlid",
        "\ufb01sker",
        "\u2003",
        "the",
        "800 V",
    ),
    *("\u0130stanbul", "T\u04bbe", "\U0001f50b", "\ud800", "\u202e", "_", "12", ".", "-"),
)
mixed = st.lists(st.sampled_from(WORDS) | st.text(max_size=9), max_size=30).map(" ".join)
texts = mixed | st.text()
features = st.frozensets(
    st.sampled_from(
        [f"{kind}{word}" for kind in ("title:", "word:") for word in "abcdefgh"]
    )
    | st.sampled_from(["cue:inverter", "cue:market"])
)
given_verdicts = st.lists(st.tuples(features, st.booleans()), max_size=8)


def named(story: tuple[str, str]) -> frozenset[str]:
    return words.features(*story, score.judge(*story).cues)


def taught(*stories: tuple[tuple[str, str], bool], times: int = 1) -> Learned:
    return told([(named(story), positive) for story, positive in stories], times=times)


def told(given: Iterable[tuple[frozenset[str], bool]], *, times: int = 1) -> Learned:
    learned = Learned()
    for each, positive in given:
        learned = with_verdict(learned, each, positive=positive, times=times)
    return learned


def assert_exact(judged: Judgement, title: str, text: str) -> None:
    whole = f"{title}\n\n{text}"
    assert all(each.quote == whole[each.start : each.end] for each in judged.evidence)
    assert 0 <= judged.score <= 1


@pytest.mark.parametrize(
    "story", [CLEAR, LONE, OTHER, ("", ""), ("Sales", "inverter " * 9)]
)
def test_without_verdicts_the_judgement_is_the_lexicons(story: tuple[str, str]) -> None:
    assert learn.judge(Learned(), *story) == score.judge(*story)


def test_ten_rejections_silence_a_lone_cue() -> None:
    before = score.judge(*LONE)
    assert len(before.cues) == 1

    learned = taught((LONE, False), times=10)

    cue, value = next(iter(before.cues.items()))
    weight = lexicon.standard().cues[cue].weight + learn.adjustments(learned)[cue]
    assert weight * value == pytest.approx(0)
    silent = score.judge(
        "A glance at the e-axle of another", "", learn.adjustments(learned)
    )
    assert not any(each.cue == cue for each in silent.evidence)


def test_ten_rejections_take_a_suggestion_away_and_say_so() -> None:
    story = ("The e-axle of the e-axle", "An e-axle it is.")
    assert score.judge(*story).suggest

    judged = learn.judge(taught((story, False), times=10), *story)

    assert not judged.suggest
    assert judged.missing == "you rejected stories like it"


def test_ten_acceptances_raise_stories_of_another_kind() -> None:
    learned = taught((OTHER, True), times=10)

    judged = learn.judge(learned, "Next parade in Turin", "")

    assert judged.raw > score.judge("Next parade in Turin", "").raw + 0.5
    assert {"learned: parade", "learned: turin"} <= {each.cue for each in judged.evidence}


def test_five_rejections_leave_a_cue_seven_eighths_of_its_weight() -> None:
    changes = learn.adjustments(taught((LONE, False), times=5))
    weights = lexicon.standard().cues
    assert changes == {name: pytest.approx(-weights[name].weight / 8) for name in changes}
    assert changes


def test_no_cue_is_made_more_of_than_the_lexicon_does() -> None:
    assert learn.adjustments(taught((LONE, True), (CLEAR, True), times=50)) == {}


@pytest.mark.parametrize("times", range(6))
def test_five_contradictions_do_not_outweigh_a_clear_story(times: int) -> None:
    wrong = {f"corrected:{cue}" for cue in score.judge(*CLEAR).cues}
    assert learn.judge(told([(named(CLEAR) | wrong, False)], times=times), *CLEAR).suggest


def test_five_acceptances_do_not_make_a_story_without_cues_one_about_drivetrains() -> None:
    assert not learn.judge(taught((OTHER, True), times=5), *OTHER).suggest


def test_a_cue_against_is_silenced_by_corrections_and_by_nothing_else() -> None:
    cue = min(lexicon.standard().cues.values(), key=lambda cue: cue.weight)

    for positive in (True, False):
        agreed = told([(frozenset({f"cue:{cue.name}"}), positive)], times=50)
        assert learn.adjustments(agreed) == {}
    refused = corrected(cue.name, positive=False, times=50)
    assert learn.adjustments(refused) == {}
    for times, lost in ((5, 1 / 8), (10, 1), (50, 1)):
        tagged = corrected(cue.name, positive=True, times=times)
        assert learn.adjustments(tagged) == {cue.name: pytest.approx(-cue.weight * lost)}


@pytest.mark.parametrize(("times", "left"), [(1, 7 / 8), (4, 1 / 2), (8, 0), (50, 0)])
def test_each_suggestion_that_is_rejected_takes_an_eighth_of_a_cue(
    times: int, left: float
) -> None:
    weight = lexicon.standard().cues["inverter"].weight

    changes = learn.adjustments(corrected("inverter", positive=False, times=times))

    assert changes == {"inverter": pytest.approx(weight * (left - 1))}


def test_an_acceptance_makes_up_for_a_suggestion_that_was_rejected() -> None:
    accepted = told([(frozenset({"cue:inverter"}), True)], times=4)
    for _ in range(4):
        accepted = with_verdict(
            accepted, ["cue:inverter", "corrected:inverter"], positive=False
        )

    assert learn.adjustments(accepted) == {}


def test_rejected_battery_stories_lower_batteries_and_nothing_else() -> None:
    battery = ("A new battery pack for electric cars", "")
    learned = Learned()
    for _ in range(3):
        story = named(battery)
        wrong = {f"corrected:{cue}" for cue in score.judge(*battery).cues}
        learned = with_verdict(learned, story | wrong, positive=False)

    other = ("Solid-state battery pack on the road", "")
    assert learn.judge(learned, *other).raw < score.judge(*other).raw - 0.5
    assert learn.judge(learned, *LONE).raw == pytest.approx(score.judge(*LONE).raw, abs=0.2)


@given(*[st.integers(0, 10**6)] * 4)
def test_no_cue_is_ever_turned_round(
    accepted: int, rejected: int, tagged: int, refused: int
) -> None:
    cues = lexicon.standard().cues
    counts = {f"cue:{name}": (accepted, rejected) for name in cues}
    counts |= {f"corrected:{name}": (tagged, refused) for name in cues}

    changes = learn.adjustments(Learned(accepted, rejected, counts))

    assert all(
        (cues[name].weight + change) * cues[name].weight > -1e-9
        for name, change in changes.items()
    )


@given(given_verdicts, st.data())
def test_the_order_of_verdicts_makes_no_difference(
    given: list[tuple[frozenset[str], bool]], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(given))

    assert told(given) == told(other)
    assert learn.weights(told(given)) == learn.weights(told(other))


@given(each=features, positive=st.booleans(), times=st.integers(0, 12))
def test_a_verdict_given_often_is_the_verdict_given_again(
    *, each: frozenset[str], positive: bool, times: int
) -> None:
    again = told([(each, positive)] * times)
    assert told([(each, positive)], times=times) == again


@given(given_verdicts, features)
def test_words_lean_no_further_than_the_verdicts_allow(
    given: list[tuple[frozenset[str], bool]], each: frozenset[str]
) -> None:
    learned = told(given, times=1000)
    total, why = learn.lean(learned, each)
    assert abs(total) <= 3
    assert abs(learn.lean(told(given[:5]), each)[0]) <= 0.6
    assert {name for name, _ in why} <= each
    assert sum(weight for _, weight in why) == pytest.approx(total, abs=1)


@pytest.mark.parametrize(("verdicts", "most"), [(5, 0.6), (20, 1.5), (2000, 3.0)])
def test_many_telling_words_lean_as_far_as_the_verdicts_allow(
    verdicts: int, most: float
) -> None:
    names = [f"title:telling{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    for pair, sign in (((9 * verdicts, 0), 1), ((0, 9 * verdicts), -1)):
        learned = Learned(
            verdicts // 2, verdicts - verdicts // 2, dict.fromkeys(names, pair)
        )
        total, why = learn.lean(learned, names)
        assert total == pytest.approx(most * sign, rel=0.02)
        assert all(weight == pytest.approx(total / 26) for _, weight in why)


def test_a_word_of_every_story_tells_nothing() -> None:
    learned = Learned(100, 900, {"title:everywhere": (100, 900)})
    assert learn.lean(learned, ["title:everywhere"])[0] == pytest.approx(0, abs=0.05)


def test_what_leans_does_not_hang_on_the_order_of_features() -> None:
    names = [f"title:word{at}" for at in range(60)]
    counts = {name: (at % 7, at * at % 11 + 1) for at, name in enumerate(names)}
    learned = Learned(100, 200, counts)
    orders = [names[at:] + names[:at] for at in range(60)]
    assert len({learn.lean(learned, order) for order in orders}) == 1


def test_weights_tell_what_matters_and_nothing_else() -> None:
    learned = taught((OTHER, False), times=10)

    found = learn.weights(learned)

    assert found["title:parade"] < found["title:turin"] < -0.02
    assert min(abs(each) for each in found.values()) >= 0.02


@given(texts, texts)
def test_features_are_few_and_say_what_they_are(title: str, text: str) -> None:
    found = words.features(title, text, {"inverter": 1.5})

    assert len(found) <= words.MAX_FEATURES
    assert "cue:inverter" in found
    assert all(name.startswith(("cue:", "title:", "word:")) for name in found)
    assert not any(name.partition(":")[2].isdecimal() for name in found)


def test_features_are_plain_words_of_title_and_text() -> None:
    found = words.features(
        "So\u00adlid Cells, E\u0301tat", "The CELLS of 2031", {"inverter": 1}
    )
    assert found == {
        *("title:solid", "title:cells", "title:etat"),
        *("word:the", "word:cells", "word:of", "cue:inverter"),
    }


def test_a_word_longer_than_any_is_no_feature() -> None:
    assert words.features("x" * 41, "y" * 40, {}) == {"word:" + "y" * 40}


def test_a_story_has_at_most_400_features_whatever_it_holds() -> None:
    many = " ".join(f"word{at}" for at in range(5000))

    found = words.features(many, many, {f"cue{at}": 1.0 for at in range(500)})

    assert len(found) == 400
    assert {"title:word0", "cue:cue0", "word:word0"} <= found


@pytest.mark.parametrize("piece", ["e\u0301", "\u0301\u0323", "x", "word ", "\u00ad", "_"])
def test_a_megabyte_of_anything_is_a_story(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    learned = told([(words.features(text, text, {}), True)], times=9)
    assert_exact(learn.judge(learned, text, text), text, text)
    assert_exact(learn.plain(learned, text, text), text, text)


@given(title=texts, text=texts, positive=st.booleans(), times=st.integers(1, 30))
def test_evidence_is_quoted_to_the_letter(
    *, title: str, text: str, positive: bool, times: int
) -> None:
    learned = taught(((title, text), positive), (CLEAR, not positive), times=times)

    for judged in (learn.judge(learned, title, text), learn.plain(learned, title, text)):
        assert_exact(judged, title, text)
        for each in judged.evidence:
            taught_word = each.cue.removeprefix("learned: ")
            assert each.cue == taught_word or words.features(each.quote, "", ()) == {
                f"title:{taught_word}"
            }


def test_a_learned_word_is_quoted_where_it_first_stands_in_the_title() -> None:
    learned = taught((("Parade", "A parade in Turin"), True), times=10)
    title, text = "Again: PARADE after parade", "A parade in Turin"

    found = [
        each for each in learn.judge(learned, title, text).evidence if "learned" in each.cue
    ]

    assert [(each.quote, each.start, each.cue) for each in found] == [
        ("PARADE", 7, "learned: parade")
    ]


def test_evidence_comes_strongest_first_learned_or_not() -> None:
    title, text = "Supplier shows an e-axle and an e-axle", "It has an e-axle."
    learned = Learned(500, 500, {"title:supplier": (500, 0)})

    evidence = learn.judge(learned, title, text).evidence

    strengths = [abs(each.weight) for each in evidence]
    assert strengths == sorted(strengths, reverse=True)
    assert "learned: supplier" in [each.cue for each in evidence][:-1]


def stories(subject: str, count: int) -> Sequence[tuple[str, str]]:
    towns = (
        "Oslo",
        "Turin",
        "Lyon",
        "Graz",
        "Porto",
        "Ghent",
        "Bern",
        "Kiel",
        "Cork",
        "Bari",
    )
    return [(f"{subject} seen near {towns[at % 10]} again", "") for at in range(count)]


def plainly(for_tag: int, others: int) -> Learned:
    given = [(words.features(*story, {}), True) for story in stories("Roadster", for_tag)]
    other = [(words.features(*story, {}), False) for story in stories("Lorry", others)]
    return told(given + other)


def test_a_tag_of_the_readers_own_needs_eight_stories() -> None:
    story = ("Roadster at dawn", "")

    assert not learn.plain(plainly(7, 30), *story).suggest
    assert learn.plain(plainly(7, 30), *story).score == 0
    assert (
        learn.plain(plainly(7, 30), *story).missing
        == "8 stories with this tag; there are 7"
    )
    assert learn.plain(plainly(8, 30), *story).suggest


def test_a_tag_of_the_readers_own_is_for_the_word_that_sets_it_apart() -> None:
    learned = plainly(10, 30)

    judged = learn.plain(learned, "Roadster seen near Graz", "")

    assert judged.suggest
    assert [each.cue for each in judged.evidence] == ["learned: roadster"]
    assert not learn.plain(learned, "Lorry seen near Graz again", "").suggest
    assert not learn.plain(learned, "Nothing of the kind", "").suggest


def test_a_tag_without_stories_to_compare_is_only_for_its_very_like() -> None:
    learned = plainly(10, 0)
    assert learn.plain(learned, "Roadster seen near Graz again", "").suggest
    assert not learn.plain(learned, "Ferry seen near Graz", "").suggest


def test_a_tag_of_the_readers_own_knows_no_lexicon() -> None:
    assert not learn.plain(plainly(10, 30), *CLEAR).suggest


@pytest.mark.parametrize("learned", [plainly(7, 30), plainly(8, 30), plainly(10, 0)])
@pytest.mark.parametrize("title", ["Roadster seen near Graz", "Lorry seen near Graz", ""])
def test_a_tag_fits_where_its_words_suggest_it_known_alone(
    learned: Learned, title: str
) -> None:
    judged = learn.plain(learned, title, "")
    had = words.features(title, "", ())
    counts = {name: each for name, each in learned.counts.items() if name in had}
    alone = Learned(learned.accepted, learned.rejected, counts)

    assert learn.fits(alone, had) == (judged.score if judged.suggest else 0)


def test_the_words_of_a_tag_are_told_with_what_they_add() -> None:
    found = learn.plain_weights(plainly(10, 30))

    assert found["title:roadster"] > 2
    assert found["title:lorry"] < -1
    assert min(abs(each) for each in found.values()) >= 0.02


def corrected(cue: str, *, positive: bool, times: int) -> Learned:
    features = frozenset({f"cue:{cue}", f"corrected:{cue}"})
    return told([(features, positive)], times=times)


def test_five_corrections_have_their_cue_in_common() -> None:
    against = lexicon.standard().cues
    charging = next(name for name, cue in against.items() if cue.weight < 0)

    assert learn.common(corrected("inverter", positive=False, times=4)) == ()
    assert learn.common(corrected("inverter", positive=False, times=5)) == (
        Common("inverter", 5, accepted=False, speaks=True),
    )
    assert learn.common(corrected("inverter", positive=True, times=6)) == (
        Common("inverter", 6, accepted=True, speaks=True),
    )
    assert learn.common(corrected(charging, positive=True, times=5)) == (
        Common(charging, 5, accepted=True, speaks=False),
    )
    assert learn.common(corrected(charging, positive=False, times=5)) == ()


def test_what_is_common_to_most_corrections_comes_first() -> None:
    both = frozenset({"corrected:inverter", "corrected:market"})
    learned = told([(both, False), (frozenset({"corrected:inverter"}), False)], times=5)

    assert [each.cue for each in learn.common(learned)] == ["inverter"]
    learned = told([(both, True), (frozenset({"corrected:market"}), True)], times=5)
    assert [each.cue for each in learn.common(learned)] == ["market", "inverter"]


@pytest.mark.parametrize("positive", [True, False])
def test_one_verdict_to_the_contrary_and_nothing_is_common(positive: bool) -> None:  # noqa: FBT001
    learned = corrected("inverter", positive=positive, times=9)
    again = with_verdict(learned, ["cue:inverter"], positive=not positive)

    assert learn.common(learned)
    assert learn.common(again) == ()


def test_corrections_change_nothing_but_their_cues() -> None:
    learned = taught((CLEAR, False), (OTHER, True), times=3)
    counts = {**learned.counts, "corrected:inverter": (0, 9)}
    more = Learned(learned.accepted, learned.rejected, counts)

    for story in (LONE, OTHER):
        assert learn.judge(more, *story) == learn.judge(learned, *story)
        assert learn.plain(more, *story) == learn.plain(learned, *story)
    weights = dict(learn.weights(more))
    assert weights.pop("cue:inverter") < learn.weights(learned).get("cue:inverter", 0)
    assert weights == {
        name: each
        for name, each in learn.weights(learned).items()
        if name != "cue:inverter"
    }
    assert learn.plain_weights(more) == learn.plain_weights(learned)
