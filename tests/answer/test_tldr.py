"""The short of a text: which of its sentences say what came of it, and why there may be none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import VOCABULARY, study

from curbside.answer.tldr import tldr
from curbside.records import Category, DocumentKind, EvidenceKind, Holding

LABELLED = (
    ("Background", Category.BACKGROUND, "Sirolimus is an mTOR inhibitor that improved psoriasis in mice."),
    ("Objective", Category.OBJECTIVE, "We aimed to see whether sirolimus helps in lymphatic malformation."),
    (
        "Results",
        Category.RESULTS,
        "Forty patients were enrolled and randomized. The malformation became smaller in 24 of 30 (80%) patients on "
        "sirolimus. Side effects occurred in 3 of 30 patients.",
    ),
    (
        "Conclusions",
        Category.CONCLUSIONS,
        "Sirolimus may be effective in lymphatic malformation. Further trials are needed.",
    ),
)


def shorts(holding: Holding) -> list[str]:
    """The sentences of the short of a text."""
    return [sentence.text for sentence in tldr(holding, VOCABULARY).sentences]


def reason(holding: Holding) -> str:
    """Why there is none."""
    return tldr(holding, VOCABULARY).reason


def plain(words: str, title: str = "Sirolimus in lymphatic malformation") -> Holding:
    """An article whose abstract bears no labels."""
    return study(title, [("", Category.NONE, words)])


def test_the_conclusion_and_the_result_with_figures_are_taken() -> None:
    """In the order of the text; not what was known, wanted, enrolled or is still to be done."""
    assert shorts(study("Sirolimus in lymphatic malformation", LABELLED)) == [
        "The malformation became smaller in 24 of 30 (80%) patients on sirolimus.",
        "Sirolimus may be effective in lymphatic malformation.",
    ]


def test_hedges_stay() -> None:
    """The sentence is the source's own, whole."""
    holding = study("Sirolimus in lymphatic malformation", LABELLED)
    for sentence in tldr(holding, VOCABULARY).sentences:
        assert all(quote.holds_in(holding.document) for quote in sentence.quotes)
        assert sentence.text == sentence.quotes[-1].words
    assert "may be effective" in shorts(holding)[-1]


def test_without_labels_the_words_of_concluding_tell() -> None:
    """And what opens a text is what was known before."""
    words = (
        "Propranolol reduced migraine in earlier trials. Twenty patients took sirolimus. Sirolimus reduced the size "
        "of the malformation. In conclusion, sirolimus seems effective in lymphatic malformation."
    )
    assert shorts(plain(words))[-1] == "In conclusion, sirolimus seems effective in lymphatic malformation."
    assert not any("Propranolol" in each for each in shorts(plain(words)))


@pytest.mark.parametrize(
    "words",
    [
        "This review summarizes the treatment of lymphatic malformation with sirolimus.",
        "Future studies should compare sirolimus with sclerotherapy in lymphatic malformation.",
        "The aim of this study was to compare sirolimus with sclerotherapy.",
        "This work was supported by a grant of the society for lymphatic malformation.",
    ],
)
def test_what_announces_wants_or_thanks_is_no_result(words: str) -> None:
    """There is none then, and it is said."""
    assert shorts(plain(words)) == []
    assert reason(plain(words)) == "It states no result in the words that are held."


def test_a_sentence_that_leans_on_the_one_before_brings_it() -> None:
    """ "It" alone says nothing; what speaks of the study itself leans on none."""
    words = "Some had sirolimus for a year. It resolved lymphatic malformation in 7 of 9 patients without any harm."
    assert shorts(plain(words)) == [words]
    own = "Other drugs failed in migraine. In this study sirolimus resolved lymphatic malformation in 7 of 9 patients."
    assert shorts(plain(own))[-1].startswith("In this study")


def test_a_case_is_told_in_the_sentence_that_reports_it() -> None:
    """A case report has no other result."""
    words = "Lymphatic malformation is rare. We report a child whose lymphatic malformation resolved on sirolimus."
    holding = plain(words, "Sirolimus in lymphatic malformation: case report")
    assert holding.profile.evidence is EvidenceKind.CASE_REPORT
    assert shorts(holding) == ["We report a child whose lymphatic malformation resolved on sirolimus."]


@pytest.mark.parametrize(
    ("kind", "evidence", "words"),
    [
        (DocumentKind.QUESTION_PAGE, EvidenceKind.REPLY, "It is a page, not a study"),
        (DocumentKind.ARTICLE, EvidenceKind.PROTOCOL, "It is a protocol"),
        (DocumentKind.TRIAL, EvidenceKind.REGISTRATION, "It is the registration of a trial"),
        (DocumentKind.ARTICLE, EvidenceKind.NOTICE, "It is an editorial notice"),
    ],
)
def test_what_is_no_study_or_not_done_has_none(kind: DocumentKind, evidence: EvidenceKind, words: str) -> None:
    """And the reason says which; a protocol that has results after all is none."""
    holding = study("Sirolimus in lymphatic malformation", [LABELLED[0], LABELLED[-1]])
    holding = replace(
        holding,
        document=replace(holding.document, kind=kind),
        profile=replace(holding.profile, evidence=evidence),
    )
    assert shorts(holding) == [] and words in reason(holding)


def test_a_title_alone_or_another_language_has_none() -> None:
    """Nothing is chosen from nothing, nor from what is not read."""
    bare = study("Sirolimus in lymphatic malformation", [])
    assert reason(bare) == "Only a title is held: there is no text to choose from."
    french = study("Sirolimus in lymphatic malformation", LABELLED)
    french = replace(french, document=replace(french.document, language="fr"))
    assert reason(french) == "Its text is not in English."
