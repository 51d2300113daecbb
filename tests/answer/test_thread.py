"""A question that follows others: what it carries over, what it replaces, and that each of it is said."""

from __future__ import annotations

import pytest
from small import VOCABULARY

from curbside.answer.thread import begin, follow
from curbside.records import Filters, Intent
from curbside.records.thread import ChipKind, Turn
from growth import assert_linear

FIRST = "Does oral sirolimus help children with psoriasis?"


def after(*texts: str, **given: object) -> Turn:
    """The last of some turns; `given` belongs to the last."""
    turn = begin(texts[0], VOCABULARY)
    for number, text in enumerate(texts[1:], 2):
        last = number == len(texts)
        turn = follow(turn, number, text, VOCABULARY, **(given if last else {}))  # type: ignore[arg-type]
    return turn


def about(turn: Turn) -> dict[str, set[str]]:
    """What a turn is about, by kind of chip."""
    found: dict[str, set[str]] = {}
    for chip in turn.chips:
        if chip.kind is not ChipKind.ASKS:
            found.setdefault(chip.kind.value, set()).add(chip.words)
    return found


ALL = {"drug": {"sirolimus"}, "condition": {"psoriasis"}, "people": {"child"}, "route": {"oral"}}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("which dose?", {}),
        ("what about side effects?", {}),
        ("and in adults?", {"people": {"adult"}}),
        ("in adults instead?", {"people": {"adult"}}),
        ("what about topical?", {"route": {"topical"}}),
        ("and everolimus?", {"drug": {"everolimus"}}),
        ("and for migraine?", {"condition": {"migraine"}}),
        ("does it work for migraine?", {"condition": {"migraine"}}),
        ("is it better than propranolol?", {"drug": {"sirolimus", "propranolol"}}),
        ("or propranolol?", {"drug": {"sirolimus", "propranolol"}}),
        ("only trials", {"sources": {"only randomised trial or non-randomised trial"}}),
        ("since 2020", {"sources": {"since 2020"}}),
        ("and does it cause stomatitis?", {"outcome": {"stomatitis"}}),
        ("after sclerotherapy?", {"tried before": {"sclerotherapy"}}),
        ("before sclerotherapy?", {}),
        ("with propranolol?", {"drug": {"sirolimus", "propranolol"}}),
        ("without propranolol?", {}),
        ("not in children, in adults", {"people": {"adult"}}),
        ("does it stomatitis?", {"outcome": {"stomatitis"}}),
        ("do mTOR inhibitors?", {"drug": None, "class": {"mTOR inhibitors"}}),
        ("and when steroids have failed?", {"tried before": {"steroids"}}),
        ("in people of any age?", {"people": None}),
        ("by any route?", {"route": None}),
        ("what about other drugs?", {"drug": None}),
        ("and in other conditions?", {"condition": None}),
        ("not oral", {"route": None}),
        ("and in blepharitis?", {"condition": None, "words": {"blepharitis"}}),
    ],
)
def test_what_a_follow_up_changes_and_what_it_keeps(text: str, changed: dict[str, set[str] | None]) -> None:
    """One thing is replaced, added or taken back; the rest is carried over."""
    wanted = {kind: words for kind, words in {**ALL, **changed}.items() if words}
    assert about(after(FIRST, text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Does propranolol help migraine?",
        "By the way, what is everolimus used for?",
        "New question: does sirolimus work?",
        "How is migraine treated?",
        "Which drugs are used for migraine?",
    ],
)
def test_a_new_subject_carries_nothing_and_says_so(text: str) -> None:
    """A whole question on something else; everything that was left behind is named."""
    turn = after(FIRST, text)
    assert turn.carried(2) == ()
    assert "Read as a new subject: nothing is carried over." in turn.notes
    named = {chip.words for chip in turn.chips}
    assert {each.chip.words for each in turn.dropped} == {w for words in ALL.values() for w in words} - named


def test_nothing_is_carried_or_left_without_a_word() -> None:
    """Over many turns each thing in the question has its chip, and each thing that went has its reason."""
    turn = begin(FIRST, VOCABULARY)
    texts = [
        "and in adults?",
        "topical?",
        "and everolimus?",
        "only guidelines",
        "for migraine?",
        "without any limits",
        "which dose?",
    ]
    for number, text in enumerate(texts, 2):
        before, turn = turn, follow(turn, number, text, VOCABULARY)
        shown = {chip.id for chip in turn.chips}
        gone = {each.chip.id for each in turn.dropped}
        assert {chip.id for chip in before.chips if chip.kind is not ChipKind.ASKS} <= shown | gone
        assert all(each.why for each in turn.dropped)
        question = turn.question
        concepts = (*question.drugs, *question.conditions, *question.outcomes)
        values = {*(each.concept for each in concepts), *question.populations, *question.routes}
        assert values <= {chip.value for chip in turn.chips}


def test_chips_remember_the_turn_that_brought_them() -> None:
    """Through turns that name other things; a thing named again is new."""
    turn = after(FIRST, "and in adults?", "which dose?", "does sirolimus work?")
    origins = {chip.words: chip.turn for chip in turn.chips if chip.kind is not ChipKind.ASKS}
    assert origins == {"sirolimus": 4, "psoriasis": 1, "adult": 2, "oral": 1}


def test_what_is_asked_is_carried_until_something_else_is_asked() -> None:
    """ "And in adults?" asks what the question before asked."""
    assert after(FIRST, "and in adults?").question.intents[0] is Intent.EFFICACY
    assert after(FIRST, "which dose?", "and in adults?").question.intents == (Intent.DOSE,)
    pregnant = after(FIRST, "which dose?", "and in pregnancy?").question.intents
    assert pregnant == (Intent.PREGNANCY, Intent.DOSE)


def test_a_follow_up_is_read_in_words_that_stand_alone() -> None:
    """The words of the question it carries on, with what was replaced; concepts stand where their spans say."""
    turn = after(FIRST, "and everolimus in adults?")
    assert turn.question.text == "and everolimus in adults? (Does oral everolimus help adults with psoriasis?)"
    turn = after(FIRST, "which dose?")
    assert turn.question.text == "which dose? (sirolimus; psoriasis; children; oral)"
    for each in turn.question.expansions:
        assert each.span.of(turn.question.text) == each.name


def test_what_is_taken_away_is_not_carried() -> None:
    """By the chip's id or its words; what the turn itself names stays."""
    turn = after(FIRST, "which dose?", drop=("route:oral", "child"))
    assert about(turn) == {"drug": {"sirolimus"}, "condition": {"psoriasis"}}
    assert {(each.chip.words, each.why) for each in turn.dropped} == {("oral", "taken away"), ("child", "taken away")}
    assert about(after(FIRST, "and oral everolimus?", drop=("oral",)))["route"] == {"oral"}


def test_limits_on_sources_add_up_and_are_replaced() -> None:
    """Years and kinds stand beside each other; a new kind takes the place of the old; options are surer than words."""
    turn = after(FIRST, "only trials", "since 2015", "only guidelines")
    assert (turn.question.filters.evidence, turn.question.filters.since) == (("guideline",), 2015)
    assert [each.why for each in turn.dropped] == ["replaced by only guideline and since 2015"]
    assert after(FIRST, "only trials", given=Filters(evidence=("cohort",))).question.filters.evidence == ("cohort",)


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("the former?", {"sirolimus"}),
        ("what dose of the latter?", {"propranolol"}),
        ("which is safer?", {"sirolimus", "propranolol"}),
        ("what dose of it?", {"sirolimus", "propranolol"}),
    ],
)
def test_one_of_two(text: str, drugs: set[str]) -> None:
    """ "It" after two drugs may be either: both are asked about, and it is said."""
    turn = after("Is sirolimus better than propranolol for psoriasis?", text)
    assert about(turn)["drug"] == drugs
    assert any("It is not plain" in note for note in turn.notes) == (text == "what dose of it?")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("why does [3] disagree?", (3,)),
        ("what does reference 2 say?", (2,)),
        ("how do [1] and [2] differ?", (1, 2)),
        ("[3]", ()),
        ("what dose did 3 children get?", ()),
    ],
)
def test_references_of_the_answer_before(text: str, numbers: tuple[int, ...]) -> None:
    """A question on them keeps what the thread is about, and what it asks."""
    turn = after(FIRST, text)
    assert turn.about == numbers
    assert about(turn) == ALL
    if numbers:
        assert about(follow(turn, 3, "and in adults?", VOCABULARY)) == {**ALL, "people": {"adult"}}
        assert follow(turn, 3, "and in adults?", VOCABULARY).question.intents[0] is Intent.EFFICACY


def test_a_slip_of_the_pen_is_read_and_said() -> None:
    """ "Childern" is no subject that the vocabulary does not know."""
    turn = after("Does sirolimus help psoriasis?", "and in childern?")
    assert (turn.question.populations, turn.text) == (("child",), "and in childern?")
    assert turn.notes == ("Read “childern” as children.",)


@pytest.mark.parametrize(
    "piece", ["and in children ", "sirolimus or everolimus ", "why does [3] disagree ", "not oral "]
)
def test_following_takes_time_in_proportion_to_the_text(piece: str) -> None:
    """Whatever is repeated."""
    before = begin(FIRST, VOCABULARY)
    assert_linear(lambda n: lambda: follow(before, 2, piece * n, VOCABULARY), 20)
