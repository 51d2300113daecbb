"""Lists of evidence: a result leans on the study above it, and a long text is read to its lists' ends."""

from __future__ import annotations

import pytest
from small import VOCABULARY, study

from curbside.answer.context import LONG, Candidate, candidates
from curbside.answer.naming import Mentions, finder
from curbside.records import Category, DocumentKind, PartRole, Span

TRIAL = "• In a phase II trial, 28 patients received sirolimus 2 mg daily."
RESPONSE = "• The response rate was 71%."
FILLER = "\n".join(f"Number {n} of the words on something else." for n in range(LONG // 30))


def read(*paragraphs: str, heading: str = "Results", title: str = "Psoriasis treatment") -> dict[str, Candidate]:
    """The candidates of a guideline with one section, by the sentence's own words."""
    held = study(title, [(heading, Category.NONE, "\n".join(paragraphs))], PartRole.BODY, DocumentKind.GUIDELINE)
    wanted = finder({"d:sirolimus"}, VOCABULARY)
    return {one.own: one for one in candidates(held, wanted, Span(0, 0), VOCABULARY)}


def test_a_result_leans_on_its_study() -> None:
    """It is quoted behind the study, and names what that names."""
    one = _of(RESPONSE, "Evidence:", TRIAL, RESPONSE)
    assert one.leans
    assert one.words == f"{TRIAL} {RESPONSE}"
    assert one.named.drugs == {"d:sirolimus"}


def _of(words: str, *paragraphs: str) -> Candidate:
    return read(*paragraphs)[words]


def test_of_a_study_the_sentence_with_the_drug_is_quoted() -> None:
    """Not the one that only tells of an operation before it."""
    study_item = "• A trial took in 28 patients after sclerotherapy. They received sirolimus."
    assert _of(RESPONSE, study_item, RESPONSE).words == f"They received sirolimus. {RESPONSE}"


def test_a_lead_in_is_around_its_items() -> None:
    """ "Evidence (sirolimus):" names the drug of every item under it."""
    one = _of("• Half of the patients improved.", "Evidence (sirolimus):", "• Half of the patients improved.")
    assert any(level.drugs == {"d:sirolimus"} for level in one.around[:2])


@pytest.mark.parametrize(
    "paragraphs",
    [
        (TRIAL, "Other treatments follow.", RESPONSE),
        (TRIAL, "• In a trial, 30 patients had an operation.", RESPONSE),
        (TRIAL, "• Surgery is an option.", "• Observation is another."),
        (TRIAL, "• With everolimus the response rate was 12%."),
    ],
    ids=["a paragraph ends the list", "another study", "no result", "another drug"],
)
def test_what_leans_on_nothing(paragraphs: tuple[str, ...]) -> None:
    """Only a study's own results do."""
    assert not _of(paragraphs[-1], *paragraphs).leans


def test_a_short_item_heads_the_studies_under_it() -> None:
    """ "Sirolimus." is a heading in all but form; an item that tells of no study does not lean on it."""
    another = "• In another trial, 6 of 12 patients responded."
    advice = "• Small lesions are observed every year."
    found = read("Options:", "• Sirolimus alone.", another, advice)
    assert found[another].leans
    assert found[another].named.drugs == {"d:sirolimus"}
    assert not found[advice].leans


def test_a_long_text_is_read_to_the_list_s_end() -> None:
    """Results behind a matched item are read though they name nothing; far paragraphs are not."""
    found = read(FILLER, TRIAL, RESPONSE, "• Two stopped for toxicity.", FILLER)
    assert found[RESPONSE].leans
    assert found["• Two stopped for toxicity."].leans
    assert "Number 7 of the words on something else." not in found


def test_abbreviations_of_a_long_text_are_followed() -> None:
    """Defined far from where they stand; one that stands nowhere costs nothing."""
    text = f"Lymphatic malformations (LM) are rare. {FILLER} In LM it works."
    place = Span(len(text) - 15, len(text))
    assert Mentions.read(text, VOCABULARY, [place]).within(place).conditions == {"c:lymphatic-malformation"}
    assert not Mentions.read(text.replace("(LM)", ""), VOCABULARY, [place]).within(place).conditions
