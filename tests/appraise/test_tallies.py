"""Tallies of stances, and citations as reviewers left them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curbside.appraise.flagged import reviewed, same_person
from curbside.appraise.tallies import Counted, stance_tally
from curbside.records import Citation, CitationStatement, CitingSection, Flag, Judgement, Span, Stance

SUPPORTING, CONTRASTING, MENTIONING = Stance.SUPPORTING, Stance.CONTRASTING, Stance.MENTIONING
TEXT = "It rose before. In line with others [1], it rose. It fell."
KEYS = {0: ("pmid:1",), 1: ("doi:10.1000/b", "pmid:2")}


def citation(stance: Stance = MENTIONING, document: str = "d1", own: bool = False, **more: object) -> Citation:
    """A citation at the marker of `TEXT`."""
    section = more.pop("section", CitingSection.DISCUSSION)
    statement = CitationStatement(document, Span(36, 39), Span(16, 49), None, None, section, (0,))  # type: ignore[arg-type]
    return Citation(statement, 0, Judgement(stance, 0.71, (), "", "stance model 1"), own)


def counted(stance: Stance, work: str = "w1", document: str = "d1", **more: object) -> Counted:
    """A citation as it is counted."""
    own, section = bool(more.pop("own", False)), more.pop("section", CitingSection.DISCUSSION)
    return Counted(citation(stance, document, own, section=section), "w0", work, **more)  # type: ignore[arg-type]


class TestTally:
    """Each citation once, in all, by section and by year."""

    def test_of_nothing(self) -> None:
        """All counts are nought."""
        tally = stance_tally([])
        assert (tally.total, tally.works, tally.by_section, tally.by_year) == (0, 0, (), ())

    def test_by_stance_section_year_and_author(self) -> None:
        """Sections in the order of a report, years latest first, the unknown year last."""
        tally = stance_tally(
            [
                counted(SUPPORTING, "w1", "d1", year=2019, section=CitingSection.RESULTS),
                counted(MENTIONING, "w1", "d1", year=2019, section=CitingSection.INTRODUCTION, own=True),
                counted(CONTRASTING, "w2", "d2", year=2022),
                counted(MENTIONING, "w3", "d3"),
            ]
        )
        assert (tally.supporting, tally.contrasting, tally.mentioning, tally.total) == (1, 1, 2, 4)
        assert tally.by_section == (
            (CitingSection.INTRODUCTION, (0, 0, 1)),
            (CitingSection.RESULTS, (1, 0, 0)),
            (CitingSection.DISCUSSION, (0, 1, 1)),
        )
        assert tally.by_year == ((2022, (0, 1, 0)), (2019, (1, 0, 1)), (None, (0, 0, 1)))
        assert (tally.own, tally.others, tally.works, tally.retracted) == (1, 3, 3, 0)

    def test_retracted_works_count_only_where_asked(self) -> None:
        """Otherwise they are counted apart and in nothing else."""
        given = [counted(SUPPORTING, "w1", "d1", year=2019), counted(SUPPORTING, "w2", "d2", year=2020, retracted=True)]
        without, with_ = stance_tally(given), stance_tally(given, retracted=True)
        assert (without.supporting, without.works, without.retracted, len(without.by_year)) == (1, 1, 1, 1)
        assert (with_.supporting, with_.works, with_.retracted, len(with_.by_year)) == (2, 2, 0, 2)

    def test_a_work_in_several_texts_counts_once(self) -> None:
        """The text that cites most speaks: a preprint and the article say one thing, not two."""
        short = [counted(SUPPORTING, "w1", "d1")]
        long = [counted(SUPPORTING, "w1", "d2"), counted(MENTIONING, "w1", "d2")]
        assert stance_tally([*short, *long]).total == 2
        assert stance_tally([*long, *short]).works == 1

    def test_of_several_works_each_is_counted(self) -> None:
        """One sentence on two works of an author is two citations."""
        one = counted(SUPPORTING)
        assert stance_tally([one, replace(one, cited="w9")]).total == 2


def flag(
    number: int = 1, stance: Stance = CONTRASTING, agreed: tuple[str, ...] = ("Bo Ek", "Cy Fox"), **more: object
) -> Flag:
    """A flag on the citation of `citation`."""
    given: dict[str, object] = {"words": TEXT[16:49], "marker": Span(20, 23), "key": "pmid:1", "agreed": agreed}
    return Flag(number, citation().id, stance, "Ann Lee", "No.", "2026", **(given | more))  # type: ignore[arg-type]


class TestReviewed:
    """The class that holds is the reviewers' where two agree."""

    def test_without_flags_nothing_is_touched(self) -> None:
        """The judge's class holds."""
        (one,) = reviewed([citation()], [], "", {})
        assert (one.citation, one.flags, one.changed) == (citation(), (), None)

    @pytest.mark.parametrize("agreed", [(), ("Bo Ek",)])
    def test_one_is_not_enough(self, agreed: tuple[str, ...]) -> None:
        """The flag is shown, the class stays."""
        (one,) = reviewed([citation()], [flag(agreed=agreed)], TEXT, KEYS)
        assert (one.citation.judgement.stance, len(one.flags), one.changed) == (MENTIONING, 1, None)

    def test_two_change_it_and_say_so(self) -> None:
        """Who they are and what the model said stays with it."""
        (one,) = reviewed([citation()], [flag()], TEXT, KEYS)
        judgement = one.citation.judgement
        assert (judgement.stance, judgement.probability, judgement.maker) == (CONTRASTING, 1.0, "Bo Ek and Cy Fox")
        assert judgement.reason == "changed by Bo Ek and Cy Fox; stance model 1 said mentioning .71"

    def test_the_later_of_two_holds(self) -> None:
        """A class may be changed back."""
        flags = [flag(2, SUPPORTING), flag(1, CONTRASTING), flag(3, MENTIONING, agreed=())]
        (one,) = reviewed([citation()], flags, TEXT, KEYS)
        assert (one.citation.judgement.stance, [each.number for each in one.flags]) == (SUPPORTING, [1, 2, 3])

    @pytest.mark.parametrize(
        ("more", "stays"),
        [
            pytest.param({}, True, id="the same words elsewhere in another version"),
            pytest.param({"words": "In line with others\n[1],  it rose."}, True, id="broken into lines otherwise"),
            pytest.param({"words": "In line with others [1], it fell."}, False, id="other words"),
            pytest.param({"marker": Span(0, 3)}, False, id="another marker of the sentence"),
            pytest.param({"key": "pmid:2"}, False, id="another work"),
        ],
    )
    def test_it_follows_the_words(self, more: dict[str, object], stays: bool) -> None:
        """Where the place moved, the sentence's words, the marker's place in it and the work tell."""
        moved = replace(flag(**more), citation="d9:1-4:7")
        (one,) = reviewed([citation()], [moved], TEXT, KEYS)
        assert (one.changed is not None) is stays

    def test_a_name_that_is_still_there_is_not_looked_for_elsewhere(self) -> None:
        """Two sentences of the same words: only the one that was flagged is changed."""
        twin = replace(
            citation(),
            statement=replace(citation().statement, document="d1", marker=Span(86, 89), sentence=Span(66, 99)),
        )
        text = TEXT + " " * (66 - len(TEXT)) + TEXT[16:49]
        first, second = reviewed([citation(), twin], [flag()], text, KEYS)
        assert (first.changed is not None, second.changed is not None) == (True, False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Lee", "ANN  LEE", True),
        ("Ann Lee", "Ánn Lee", True),
        ("Ann Lee", "Ann Li", False),
        ("A. Lee", "A Lee", True),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    """Nobody agrees with themselves in capitals."""
    assert same_person(one, other) is same
