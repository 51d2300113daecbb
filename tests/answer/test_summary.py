"""The plain summary of a text: forms filled with what it prints, or its own words, each past the guards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import study

from curbside.answer.forms import Source, filled, in_figures
from curbside.answer.plain_words import explained, often, quantity_words, range_words, with_unit
from curbside.answer.summary import FOUND, GIVEN, HARMS, KIND, PEOPLE, basis_of, summary
from curbside.extract.card import read_card
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Basis,
    Category,
    DocumentKind,
    EvidenceKind,
    Field,
    Holding,
    Quantity,
    Quote,
    Range,
    Span,
    StudyCard,
    WorkSummary,
)

WORDS = Vocabulary.shipped()
TRIAL = (
    ("Methods", Category.METHODS, "Thirty children with lymphatic malformation were enrolled in this randomized trial. "
     "They received oral sirolimus 0.8 mg/m2 twice daily for 6 months or placebo."),
    ("Results", Category.RESULTS, "The malformation became smaller with sirolimus than with placebo. Of 15 children "
     "followed to the end, 12 had a partial response. Mouth ulcers were the most frequent adverse event."),
    ("Conclusions", Category.CONCLUSIONS, "Sirolimus may be effective in children with lymphatic malformation."),
)  # fmt: skip


@pytest.fixture(scope="module")
def trial() -> Holding:
    """A small trial."""
    return study("Sirolimus in lymphatic malformation: a randomized trial", TRIAL)


def made(holding: Holding) -> WorkSummary:
    """Its summary."""
    return summary(holding, read_card(holding.document, WORDS), WORDS)


def under(found: WorkSummary, heading: str) -> list[str]:
    """The sentences under a heading."""
    return [each.text for section in found.sections if section.heading == heading for each in section.sentences]


def test_it_says_who_was_studied_what_was_given_and_what_came_of_it(trial: Holding) -> None:
    """In forms that anybody reads, with the figures of the source."""
    found = made(trial)
    assert under(found, KIND) == ["A randomised trial: chance decided who got which treatment."]
    assert under(found, PEOPLE)[0] == "Thirty children took part."
    assert "The drug studied: Sirolimus." in under(found, GIVEN)
    assert "Partial response: 12 of 15." in under(found, FOUND)
    assert under(found, HARMS) == ["Mouth ulcers were the most frequent adverse event."]
    assert found.tldr[-1].text == "Sirolimus may be effective in children with lymphatic malformation."


def test_each_sentence_stands_on_quotes_that_hold(trial: Holding) -> None:
    """Like every sentence of an answer."""
    for section in made(trial).sections:
        for sentence in section.sentences:
            assert sentence.quotes and all(quote.holds_in(trial.document) for quote in sentence.quotes)


def test_how_it_was_borne_is_said_where_no_harm_is_named() -> None:
    """In the source's own words; then harms are not among what is not stated."""
    borne = "Sirolimus was well tolerated with very few side effects."
    texts = (
        TRIAL[0],
        (*TRIAL[1][:2], TRIAL[1][2].replace("Mouth ulcers were the most frequent adverse event.", borne)),
    )
    found = made(study("Sirolimus in lymphatic malformation", (*texts, TRIAL[2])))
    assert under(found, HARMS) == [borne]
    assert Field.ADVERSE_EVENT not in found.not_stated


def test_what_is_not_stated_is_said(trial: Holding) -> None:
    """The age of the children is nowhere."""
    assert Field.AGE in made(trial).not_stated
    assert Field.ADVERSE_EVENT not in made(trial).not_stated


def test_words_of_research_are_explained(trial: Holding) -> None:
    """Those that are used, and no others."""
    terms = dict(made(trial).terms)
    assert "randomised" in terms and "adverse event" in terms and "hazard ratio" not in terms


def test_a_title_alone_has_nothing_but_its_notes() -> None:
    """It says so."""
    found = made(study("Sirolimus in lymphatic malformation", []))
    assert (found.basis, found.sections, found.tldr) == (Basis.TITLE, (), ())
    assert found.notes == ("Only the title is held; there is nothing to summarise.",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"retracted": True}, "This work is retracted"),
        ({"noticed": True}, "An editorial notice stands on this work"),
        ({"evidence": EvidenceKind.ANIMALS}, "It was not done in people."),
    ],
)
def test_what_has_to_be_known_first_is_said_first(trial: Holding, changes: dict[str, object], words: str) -> None:
    """Before anything is read."""
    changed = replace(trial, profile=replace(trial.profile, **changes))  # type: ignore[arg-type]
    assert any(note.startswith(words) for note in made(changed).notes)


def test_animals_are_no_people_and_a_guideline_gives_nobody_anything(trial: Holding) -> None:
    """What does not fit a kind is left out."""
    animals = replace(trial, profile=replace(trial.profile, evidence=EvidenceKind.ANIMALS))
    guideline = replace(trial, profile=replace(trial.profile, evidence=EvidenceKind.GUIDELINE))
    assert under(made(animals), PEOPLE) == []
    assert under(made(guideline), GIVEN) == []


def test_the_basis_is_told_from_what_is_held(trial: Holding) -> None:
    """An abstract is not a full text, a note not a paper, a page no study."""
    document = trial.document
    assert basis_of(document) is Basis.ABSTRACT
    assert basis_of(replace(document, kind=DocumentKind.NOTE)) is Basis.NOTE
    assert basis_of(replace(document, kind=DocumentKind.QUESTION_PAGE)) is Basis.PAGE


class TestForms:
    """A form filled with what a source prints."""

    def source(self, words: str) -> tuple[Source, Quote]:
        """A text of one sentence and a quote of it."""
        holding = study("A study", [("", Category.NONE, words)])
        start = holding.document.text.index(words)
        quote = Quote(holding.document.id, Span(start, start + len(words)), words)
        return Source(holding, StudyCard(holding.document.id, ()), WORDS), quote

    @pytest.mark.parametrize(
        "text",
        [
            "13 of 15 had a response.",
            "12 of 15 had a response to everolimus.",
            "12 of 15 had a response to sirolimus 2 mg.",
        ],
    )
    def test_nothing_comes_in_that_the_quote_has_not(self, text: str) -> None:
        """No number, no drug, no amount."""
        source, quote = self.source("Of 15 children 12 had a response to sirolimus.")
        assert filled(source, text, [quote]) is None

    def test_no_hedge_is_lost(self) -> None:
        """What the quote doubts the sentence doubts."""
        source, quote = self.source("Sirolimus may have helped about 12 children.")
        assert filled(source, "Sirolimus helped 12 children.", [quote]) is None

    def test_a_quote_that_cuts_a_number_is_none(self) -> None:
        """ "40,80 mg" is not "80 mg"."""
        source, quote = self.source("They took 40,80 mg of mannitol.")
        at = quote.span.start + quote.words.index("80")
        cut = Quote(quote.document, Span(at, at + 5), "80 mg")
        assert filled(source, "Dose: 80 mg.", [cut]) is None

    def test_a_number_in_words_may_be_told_in_figures(self) -> None:
        """And only one that is there."""
        _, quote = self.source("Fifteen children took sirolimus.")
        assert [each.value for each in in_figures(quote, "15", "16")] == ["15"]


class TestPlainWords:
    """Values as people say them."""

    @pytest.mark.parametrize(
        ("amount", "unit", "words"),
        [("1", "year", "1 year"), ("2", "year", "2 years"), ("5", "mg", "5 mg"), ("20", "%", "20%"), ("3", "", "3")],
    )
    def test_units_come_in_the_number_that_they_want(self, amount: str, unit: str, words: str) -> None:
        """Abbreviated ones have no plural."""
        assert with_unit(amount, unit) == words

    def test_a_dose_keeps_what_it_is_per_and_how_often(self) -> None:
        """A dose without its frequency is another dose."""
        assert quantity_words(Quantity("0.8", "mg", "m2", "2/day")) == "0.8 mg per m2, twice a day"
        assert quantity_words(Quantity("4.5", "mg", "m2/day")) == "4.5 mg per m2 per day"
        assert often("5/month", "") == ", 5 times per month"

    def test_ranges_name_their_unit_once(self) -> None:
        """And say what stands in their middle."""
        assert range_words(Range(low="6 year", high="21 year")) == "from 6 to 21 years"
        assert range_words(Range(low="28 day", high="2 year", median="9 month")) == (
            "median 9 months, from 28 days to 2 years"
        )
        assert range_words(Range(low="18", unit="year")) == "at least 18 years"

    def test_terms_are_told_once_in_the_order_of_the_table(self) -> None:
        """Whatever the order of the text."""
        assert [term for term, _ in explained(["The median, against placebo.", "Placebo again."])] == [
            "placebo",
            "median",
        ]
