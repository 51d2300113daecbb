"""What any judge of stance must do, by rules or by trained weights."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curbside.inference.base import StanceJudge
from curbside.records.citation import CitingSection, Judgement, Stance, StatementText
from curbside.records.span import Span
from curbside.wiring import STANCE_JUDGES, stance_judge
from growth import assert_linear


def said(words: str, section: CitingSection | None = None) -> StatementText:
    """Return a statement whose marker is the first "[7]"."""
    at = words.find("[7]")
    return StatementText(words, Span(at, at + 3) if at >= 0 else None, section=section)


AGREES = said("Our results are in agreement with those of an earlier trial [7].", CitingSection.DISCUSSION)
DIFFERS = said("In contrast to our findings, Meyer et al. [7] found no benefit of the higher dose.")
MENTIONS = said("Sirolimus inhibits the mammalian target of rapamycin [7].", CitingSection.INTRODUCTION)

HOSTILE = {
    "empty": StatementText(""),
    "blank": StatementText(" \t\r\n\u00a0\u2003"),
    "only a marker": said("[7]"),
    "no marker": StatementText("Our results agree with those of an earlier trial."),
    "marker outside": StatementText("Our results agree [7].", Span(90, 95)),
    "marker before the start": StatementText("Our results agree [7].", Span(-4, 2)),
    "empty marker": StatementText("Our results agree [7].", Span(3, 3)),
    "marker is all": StatementText("Our results agree [7].", Span(0, 22)),
    "megabyte": said("our results agree with " * 45_000 + "[7]"),
    "megabyte of brackets": StatementText("[1" * 500_000),
    "megabyte of markers": StatementText("[7], " * 200_000),
    "lone surrogates": said("\ud800 in agreement with \udfff [7]"),
    "NUL": said("in agree\x00ment with\x00 [7]"),
    "emoji": said("👩‍⚕️💊 similar to [7] " * 300),
    "right to left": said("\u202eسيروليموس\u202c consistent with [7]"),
    "neighbours of a megabyte": StatementText("Similar to [7].", Span(11, 14), "but " * 250_000, "however " * 125_000),
    "strange others": StatementText("As in [7] and [8].", Span(6, 9), others=(Span(14, 17), Span(-3, 4), Span(50, 60))),
}


@pytest.fixture(scope="module", params=sorted(STANCE_JUDGES))
def judge(request: pytest.FixtureRequest) -> StanceJudge:
    """Each judge in turn."""
    return stance_judge(request.param)


def one(judge: StanceJudge, statement: StatementText) -> Judgement:
    """Return the judgement of one statement."""
    (found,) = judge.judge([statement])
    return found


def test_it_says_what_it_is(judge: StanceJudge) -> None:
    """A name for people, with a version, which is the maker of what it judges."""
    assert isinstance(judge, StanceJudge)
    assert judge.name[-1].isdigit()
    assert one(judge, AGREES).maker == judge.name


def test_plain_cases(judge: StanceJudge) -> None:
    """Agreement said in so many words supports, its contrary contrasts, a fact with a reference only mentions."""
    assert [found.stance for found in judge.judge([AGREES, DIFFERS, MENTIONS])] == [
        Stance.SUPPORTING,
        Stance.CONTRASTING,
        Stance.MENTIONING,
    ]


def test_the_deciding_words_stand_in_the_text(judge: StanceJudge) -> None:
    """A stance that is taken points at words of the statement, in order, and gives a reason in a line."""
    for statement in (AGREES, DIFFERS):
        found = one(judge, statement)
        assert found.deciding
        assert list(found.deciding) == sorted(found.deciding)
        assert all(span.of(statement.text).strip() for span in found.deciding)
        assert found.reason and "\n" not in found.reason
    assert "agreement" in " ".join(span.of(AGREES.text) for span in one(judge, AGREES).deciding)


def test_abstaining_has_a_reason(judge: StanceJudge) -> None:
    """Nothing to go by is said, and never guessed."""
    for statement in (StatementText(""), StatementText("  ")):
        found = one(judge, statement)
        assert found.stance is Stance.MENTIONING
        assert found.deciding == ()
        assert found.reason.startswith("abstains")
    assert one(judge, MENTIONS).reason


def test_a_probability_is_one(judge: StanceJudge) -> None:
    """Above nothing, at most one; a rare class may win with less than a half."""
    for statement in (AGREES, DIFFERS, MENTIONS):
        assert 0.1 < one(judge, statement).probability <= 1


def test_company_changes_nothing(judge: StanceJudge) -> None:
    """The judgement of a statement is the same alone, among others and a second time."""
    statements = [AGREES, DIFFERS, MENTIONS, *(HOSTILE[name] for name in ("emoji", "no marker", "strange others"))]
    together = judge.judge(statements)
    assert together == [one(judge, statement) for statement in statements]
    assert judge.judge(statements[::-1]) == together[::-1]
    assert judge.judge([]) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_statements(judge: StanceJudge, name: str) -> None:
    """Whatever stands in a line gives one judgement with spans inside it."""
    statement = HOSTILE[name]
    found = one(judge, statement)
    assert found.stance in Stance
    assert 0 < found.probability <= 1
    assert all(0 <= span.start < span.end <= len(statement.text) for span in found.deciding)
    assert found.reason


@pytest.mark.parametrize("piece", ["our results agree with ", "[1", "[7], ", "not similar to [7] ", "but "])
def test_time_grows_with_length_and_no_faster(judge: StanceJudge, piece: str) -> None:
    """Of the statement and of its neighbours."""
    assert_linear(lambda n: lambda: one(judge, said(piece * n + "[7]")), 100)
    assert_linear(lambda n: lambda: one(judge, replace(AGREES, before=piece * n, after=piece * n)), 100)


@pytest.mark.parametrize(
    "words",
    [
        "This result was not confirmed by later studies [7].",
        "These findings were not replicated by Kim et al. [7].",
        "Our results do not agree with those of an earlier trial [7].",
        "Similar findings were not seen by others [7].",
    ],
)
def test_an_agreement_that_is_denied_is_never_support(judge: StanceJudge, words: str) -> None:
    """A reader would be told the reverse."""
    (judgement,) = judge.judge([said(words)])
    assert judgement.stance is Stance.CONTRASTING
    assert judgement.deciding
