"""Guards on meaning: a faithful rewording passes, one that says something else is stopped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import VOCABULARY, study

from curbside.answer.guards import Failure, Sentence
from curbside.answer.guards_meaning import MEANING, reworded_failures
from curbside.language.vocabulary import Vocabulary
from curbside.records import Category, Quote, Span

ALL = Vocabulary.shipped()


def tried(held: str, said: str, vocabulary: Vocabulary = ALL) -> tuple[Failure, ...]:
    """Why `said` may not stand on the quote `held`."""
    document = study("Trial", [("Results", Category.RESULTS, held)]).document
    start = document.text.index(held)
    quote = Quote(document.id, Span(start, start + len(held)), held)
    return reworded_failures(Sentence(said, (quote,), {document.id: document}, (), (), vocabulary))


FAITHFUL = [
    (
        "Sirolimus reduced the size of angiomyolipomas by 30% at 12 months in adults with tuberous sclerosis complex.",
        "In adults with tuberous sclerosis complex, angiomyolipomas shrank by 30% at 12 months on sirolimus.",
    ),
    (
        "Topical sirolimus 0.1% may be effective for facial angiofibromas.",
        "Facial angiofibromas might respond to topical sirolimus 0.1%.",
    ),
    (
        "Topical sirolimus 0.1% may be effective for facial angiofibromas.",
        "For facial angiofibromas, topical sirolimus 0.1% may be effective.",
    ),
    (
        "The response rate was 45% with sirolimus and 23% with placebo (P = 0.01).",
        "With sirolimus 45% responded and with placebo 23% (P = 0.01).",
    ),
    (
        "The response rate was higher with sirolimus than with placebo.",
        "Compared with placebo, sirolimus had a higher response rate.",
    ),
    (
        "Stomatitis occurred in 12 of 40 patients receiving everolimus.",
        "Of 40 patients who received everolimus, 12 developed stomatitis.",
    ),
    (
        "There was no significant difference in survival between sirolimus and tacrolimus.",
        "Survival did not significantly differ between sirolimus and tacrolimus.",
    ),
    (
        "Evidence for sirolimus in children with lymphatic malformations is limited.",
        "In children with lymphatic malformations, there is limited evidence for sirolimus.",
    ),
    (
        "Sirolimus was associated with hyperlipidemia and delayed wound healing.",
        "Hyperlipidemia and delayed wound healing were associated with sirolimus.",
    ),
    (
        "Four of 13 patients had a complete response after 6 months of treatment.",
        "4 of 13 patients had a complete response after 6 months of treatment.",
    ),
    (
        "A case report describes resolution of pruritus with oral sirolimus in one child.",
        "In a case report, pruritus resolved in one child who took oral sirolimus.",
    ),
    (
        "Patients should avoid grapefruit juice during treatment with sirolimus.",
        "During sirolimus treatment, patients should avoid grapefruit juice.",
    ),
    (
        "The trough level should be kept between 5 and 15 ng/mL.",
        "Trough levels should be kept between 5 and 15 ng/mL.",
    ),
    (
        "Sirolimus was well tolerated; mouth ulcers were the most common adverse event.",
        "Mouth ulcers were the most common adverse event, and sirolimus was well tolerated.",
    ),
    (
        "Sirolimus did not reduce the number of cysts in patients with polycystic kidney disease.",
        "In patients with polycystic kidney disease, sirolimus did not reduce the number of cysts.",
    ),
    (
        "Sirolimus did not reduce the number of cysts in patients with polycystic kidney disease.",
        "The number of cysts was not reduced by sirolimus in patients with polycystic kidney disease.",
    ),
    (
        "Treatment was discontinued in 3 patients because of pneumonitis.",
        "Because of pneumonitis, 3 patients discontinued treatment.",
    ),
    (
        "Everolimus 10 mg daily improved progression-free survival compared with placebo (HR 0.43, 95% CI 0.35-0.53).",
        "Compared with placebo, everolimus 10 mg daily improved progression-free survival (HR 0.43, 95% CI 0.35-0.53).",
    ),
    (
        "The authors suggest that sirolimus could be considered as second-line therapy.",
        "Sirolimus could be considered as second-line therapy, the authors suggest.",
    ),
    (
        "Complete remission was seen in 5 of 12 children, and partial remission in 4.",
        "Of 12 children, 5 had complete remission and 4 partial remission.",
    ),
    (
        "Sirolimus inhibits mTOR and reduces lymphangiogenesis in mice.",
        "In mice, sirolimus inhibits mTOR and lymphangiogenesis is reduced.",
    ),
]

HOSTILE = [
    (
        "The response rate was 45% with sirolimus and 23% with placebo (P = 0.01).",
        "The response rate was 45% with placebo and 23% with sirolimus (P = 0.01).",
    ),
    (
        "The response rate was 45% with sirolimus and 23% with placebo (P = 0.01).",
        "The response rate was 23% with sirolimus and 45% with placebo (P = 0.01).",
    ),
    (
        "The response rate was higher with sirolimus than with placebo.",
        "The response rate was higher with placebo than with sirolimus.",
    ),
    (
        "The response rate was higher with sirolimus than with placebo.",
        "Compared with sirolimus, placebo had a higher response rate.",
    ),
    (
        "Sirolimus was superior to everolimus.",
        "Everolimus was superior to sirolimus.",
    ),
    (
        "Sirolimus reduced pain and increased cholesterol.",
        "Sirolimus increased pain and reduced cholesterol.",
    ),
    (
        "Sirolimus reduced seizures but not headaches.",
        "Sirolimus reduced headaches but not seizures.",
    ),
    (
        "Sirolimus was associated with lower mortality.",
        "Sirolimus lowered mortality.",
    ),
    (
        "Sirolimus was associated with lower mortality.",
        "Sirolimus caused lower mortality.",
    ),
    (
        "Topical sirolimus may be effective.",
        "Topical sirolimus is effective.",
    ),
    (
        "Some patients responded to sirolimus.",
        "Patients responded to sirolimus.",
    ),
    (
        "Up to 20% of patients had stomatitis.",
        "20% of patients had stomatitis.",
    ),
    (
        "Sirolimus 2 mg daily for 12 weeks was given.",
        "Sirolimus 2 mg daily for 12 months was given.",
    ),
    (
        "Response was assessed at 12 weeks.",
        "Response was assessed at 24 weeks.",
    ),
    (
        "Sirolimus was effective in children.",
        "Sirolimus was effective in adults.",
    ),
    (
        "Sirolimus was effective in children.",
        "Sirolimus was effective.",
    ),
    (
        "Sirolimus was effective in mice.",
        "Sirolimus was effective.",
    ),
    (
        "Sirolimus improved symptoms.",
        "Sirolimus is recommended because it improved symptoms.",
    ),
    (
        "Sirolimus improved symptoms.",
        "Sirolimus greatly improved symptoms.",
    ),
    (
        "In one retrospective study sirolimus improved symptoms.",
        "Sirolimus improved symptoms.",
    ),
    (
        "A case report describes resolution of pruritus with oral sirolimus.",
        "Pruritus resolved with oral sirolimus.",
    ),
    (
        "Evidence was mixed for sirolimus in pruritus.",
        "There was evidence for sirolimus in pruritus.",
    ),
    (
        "Anemia occurred in 5% and stomatitis in 10% of patients on sirolimus.",
        "Anemia occurred in 10% and stomatitis in 5% of patients on sirolimus.",
    ),
    (
        "Treatment before transplantation was stopped.",
        "Treatment after transplantation was stopped.",
    ),
    (
        "It is unlikely that sirolimus improves survival.",
        "It is likely that sirolimus improves survival.",
    ),
    (
        "Sirolimus plus prednisone improved survival.",
        "Sirolimus improved survival.",
    ),
    (
        "Low-quality evidence suggests benefit from sirolimus.",
        "High-quality evidence suggests benefit from sirolimus.",
    ),
]


@pytest.mark.parametrize(("held", "said"), FAITHFUL)
def test_a_faithful_rewording_passes(held: str, said: str) -> None:
    """Other words, another order, active or passive, turned comparisons."""
    assert tried(held, said) == ()


@pytest.mark.parametrize(("held", "said"), HOSTILE)
def test_a_rewording_that_says_something_else_is_stopped(held: str, said: str) -> None:
    """Arms, directions, doubts, people, times, causes, amounts."""
    assert tried(held, said) != ()


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ("Sirolimus 2 mg daily may reduce itch in some of 40 children after 12 weeks.", "numbers kept"),
        ("Sirolimus 2 mg daily may reduce itch in some children after up to 12 weeks.", "bound"),
        ("Sirolimus 2 mg daily may reduce itch in some children before 12 weeks.", "time"),
        ("Sirolimus 2 mg daily does reduce itch in some children after 12 weeks.", "certainty"),
        ("Sirolimus 2 mg daily may not reduce itch in some children after 12 weeks.", "denial"),
        ("Sirolimus 2 mg daily may increase itch in some children after 12 weeks.", "direction"),
        ("Sirolimus 2 mg daily may reduce itch in some adults after 12 weeks.", "people"),
        ("Sirolimus 2 mg daily may completely reduce itch in some children after 12 weeks.", "state"),
        ("Sirolimus 2 mg daily may reduce itch in most children after 12 weeks.", "amount"),
        ("Sirolimus 2 mg daily may lead to reduced itch in some children after 12 weeks.", "cause"),
        ("Sirolimus 2 mg daily should and may reduce itch in some children after 12 weeks.", "advice"),
        ("Sirolimus 2 mg daily may greatly reduce itch in some children after 12 weeks.", "strength"),
        ("Everolimus 2 mg daily may reduce itch in some children after 12 weeks.", "subjects"),
        ("Sirolimus 2 mg daily may reduce mean itch in some children after 12 weeks.", "measure"),
        ("Sirolimus 2 mg daily may reduce itch in some children after 12 weeks unless treated.", "condition"),
        ("Sirolimus 2 mg daily may reduce itch in some children after 12 weeks versus placebo.", "comparison"),
    ],
)
def test_each_guard_stops_what_it_is_for(said: str, guard: str) -> None:
    """Not only some guard that happens to look at the same words."""
    held = "Sirolimus 2 mg daily may reduce itch in some children after 12 weeks."
    assert guard in {failure.guard for failure in tried(held, said)}


def test_the_contrary_of_a_word_is_stopped() -> None:
    """Words that no other table knows."""
    assert "antonym" in {each.guard for each in tried("Treatment was continued.", "Treatment was discontinued.")}


def test_numbers_stay_with_whom_they_are_of() -> None:
    """By the words beside them, and by their order alone."""
    held = "Response was 38% and 59% in the first and the second year, respectively."
    assert "binding" in {each.guard for each in tried(held, held.replace("38% and 59%", "59% and 38%"))}
    held = "Of 20 on sirolimus 12 responded, of 22 on placebo 5."
    assert "binding" in {each.guard for each in tried(held, "Of 20 on sirolimus 5 responded, of 22 on placebo 12.")}


def test_a_quote_that_does_not_hold_stops_everything() -> None:
    """No meaning is looked at where there is nothing to hold it against."""
    assert [each.guard for each in reworded_failures(Sentence("Any.", (), {}, (), (), VOCABULARY))] == ["quote"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([held for held, _ in FAITHFUL + HOSTILE]), st.integers(0, 30))
def test_no_word_that_doubts_can_be_left_out(held: str, place: int) -> None:
    """Whatever word is taken away: what passes still doubts, denies and counts as its quote does."""
    words = held.split()
    del words[place % len(words)]
    if not words or tried(held, " ".join(words)):
        return
    taken = held.split()[place % len(held.split())].lower().strip(".,;")
    assert taken not in {
        "may",
        "not",
        "some",
        "could",
        "suggest",
        "unlikely",
        "mixed",
        "children",
        "limited",
        "placebo",
    }


def test_every_guard_is_described() -> None:
    """The table is the list that people read."""
    assert all(guard.__doc__ for guard in MEANING.values())
