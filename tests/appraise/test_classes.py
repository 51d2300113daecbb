"""What is said of a class: shown beside a drug's own evidence, never as part of it."""

from __future__ import annotations

from dataclasses import replace

from hand_made import WORDS, reported

from curbside.appraise.classes import classes_of, said_of_classes
from curbside.appraise.profile import pair_of
from curbside.appraise.studies import Reported, joined
from curbside.records import EvidenceKind, Part, PartRole, Span

PAIR = pair_of("d:tacrolimus", "c:vitiligo", WORDS)
SAID = "Topical calcineurin inhibitors are recommended as first-line treatment of vitiligo."


def source(name: str, words: str, kind: EvidenceKind = EvidenceKind.GUIDELINE, **more: object) -> Reported:
    """A document with these words under the title of a guideline on vitiligo."""
    made = reported(name, title="Treatment of vitiligo", kind=kind, drugs=(), conditions=("c:vitiligo",), **more)  # type: ignore[arg-type]
    text = f"Treatment of vitiligo\n\n{words}"
    document = replace(made.holding.document, text=text, parts=(Part(Span(0, len(text)), PartRole.ABSTRACT),))
    return replace(made, holding=replace(made.holding, document=document))


def test_a_guideline_on_the_class_is_quoted_as_a_class() -> None:
    """With the sentence that names it, under the name of the class."""
    (found,) = said_of_classes(PAIR, [source("1", SAID)], (), WORDS)
    assert (found.name, found.study.design) == ("topical calcineurin inhibitors", EvidenceKind.GUIDELINE)
    assert [fact.quote.words for fact in found.facts] == [SAID]


def test_guidelines_come_first() -> None:
    """Then reviews, then studies."""
    given = [source("1", SAID, EvidenceKind.COHORT), source("2", SAID, EvidenceKind.REVIEW), source("3", SAID)]
    found = said_of_classes(PAIR, given, (), WORDS)
    assert found[0].study.design is EvidenceKind.GUIDELINE
    assert len(found) == 3


def test_another_member_does_not_speak_for_the_class() -> None:
    """Pimecrolimus is no tacrolimus, and says nothing of calcineurin inhibitors by itself."""
    assert said_of_classes(PAIR, [source("1", "Pimecrolimus cream is recommended for vitiligo.")], (), WORDS) == ()


def test_what_the_profile_lists_and_what_is_retracted_is_left_out() -> None:
    """Each source stands in one place, and a retracted one nowhere."""
    listed = source("1", SAID)
    assert said_of_classes(PAIR, [listed], joined([listed]), WORDS) == ()
    assert said_of_classes(PAIR, [replace(listed, standing=("retracted",))], (), WORDS) == ()


def test_a_class_of_hundreds_says_nothing_of_one() -> None:
    """Immunosuppressants are too many; calcineurin inhibitors are few."""
    classes = classes_of("d:tacrolimus", WORDS)
    assert "k:topical-calcineurin-inhibitors" in classes
    assert "k:immunosuppressants" not in classes
