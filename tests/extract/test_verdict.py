"""What one study suggests on a yes/no question, the sentences it stands on, and when nothing is suggested."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curbside.extract import verdict as judging
from curbside.extract.verdict import LIKELY, UNDECIDED, Decision, Model, decision, shipped, written_decision
from curbside.extract.verdict_features import features, lead
from curbside.extract.verdict_reading import READINGS, read_for, reading
from curbside.language.scoring import Weights
from curbside.language.vocabulary import Vocabulary
from curbside.records import Block, BlockKind, Category, Document, DocumentKind, Part, PartRole, Section, Span, sealed
from curbside.records.verdict import YesNo, YesNoVerdict
from growth import assert_linear

REDUCES = "Does sirolimus reduce the volume of lymphatic malformations?"
FOUND = "Lesion volume of lymphatic malformations was significantly reduced with sirolimus (HR 0.4, 95% CI 0.2 to 0.8; p=0.001)."
NONE = "Volume of lymphatic malformations did not differ significantly between sirolimus and observation (p=0.62)."
METHODS = "We randomised 60 children with lymphatic malformations to sirolimus or observation."


def verdict(question: str, document: Document, model: Model | None = None) -> YesNoVerdict:
    """Judge with the shipped names of drugs and conditions."""
    return judging.verdict(question, document, Vocabulary.shipped(), model)


def abstract(*pieces: tuple[Category, str]) -> Document:
    """Return an abstract with a section for each piece."""
    text, sections, blocks = "", list[Section](), list[Block]()
    for category, words in pieces:
        span = Span(len(text), len(text) + len(words))
        blocks.append(Block(span, BlockKind.PARAGRAPH, 0, len(sections)))
        sections.append(Section(span, 0, category=category))
        text += f"{words}\n\n"
    part = Part(Span(0, len(text)), PartRole.ABSTRACT)
    return sealed(
        Document("", text, DocumentKind.ARTICLE, parts=(part,), sections=tuple(sections), blocks=tuple(blocks))
    )


def study(*results: str) -> Document:
    """Return an abstract of methods and results."""
    return abstract((Category.METHODS, METHODS), (Category.RESULTS, " ".join(results)))


@pytest.mark.parametrize(("sentence", "says"), [(FOUND, YesNo.YES), (NONE, YesNo.NO)])
def test_a_plain_finding_decides(sentence: str, says: YesNo) -> None:
    """The answer is suggested on the sentence that reports it, with a probability of at least a half."""
    document = study("Mean age was 7 years.", sentence)
    made = verdict(REDUCES, document)
    assert (made.says, made.likeliest) == (says, says)
    assert made.probability >= LIKELY
    assert sum(made.shares) == pytest.approx(1)
    assert made.reasons[0].quote.words == sentence
    assert all(each.quote.holds_in(document) for each in made.reasons)
    assert made.maker


def test_reasons_say_what_is_read() -> None:
    """In words, so that a reader can check it."""
    (reason, *_) = verdict(REDUCES, study("Mean age was 7 years.", FOUND)).reasons
    assert "significant p value" in reason.why
    assert "one side of 1" in reason.why
    assert 0 < reason.weight <= 1


def test_doubt_of_the_source_is_kept() -> None:
    """Words of doubt in a deciding sentence are printed with the suggestion."""
    made = verdict(REDUCES, study("Mean age was 7 years.", FOUND.replace("was significantly", "may be significantly")))
    assert made.hedged == ("may be",)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("How does sirolimus reduce the volume of lymphatic malformations?", "not one that yes or no answers"),
        ("Is it useful in farming?", "no sentence names"),
        ("Does everolimus reduce the volume of lymphatic malformations?", "does not name everolimus"),
        ("Does sirolimus reduce the volume of kidney cysts in lupus?", "does not name"),
    ],
)
def test_nothing_is_suggested(question: str, why: str) -> None:
    """Where yes or no answers nothing, or the text speaks of something else; the reason is said."""
    made = verdict(question, study("Mean age was 7 years.", FOUND))
    assert made.says is None
    assert why in made.abstains
    assert made.reasons == ()


def test_a_text_without_sentences_suggests_nothing() -> None:
    """It has nothing to stand on."""
    made = verdict(REDUCES, sealed(Document("", "", DocumentKind.ARTICLE)))
    assert made.says is None
    assert made.abstains == "the text has no sentences that report anything"


def model(**allowance: float) -> Model:
    """Return a model that says yes as far as a word of the results, "age", is there."""
    return Model(Weights(tuple(YesNo), (0.0, 0.0, 0.0), {"r:age": (9.0, 0.0, 0.0)}), Decision(1.0, allowance))


def test_what_decides_has_to_speak_of_the_question() -> None:
    """A suggestion that rests on a sentence about something else is not made."""
    made = verdict(REDUCES, study("Mean age was 7.", FOUND), model())
    assert made.likeliest is YesNo.YES
    assert (made.says, made.abstains) == (None, UNDECIDED)


def test_an_allowance_moves_the_answer_and_no_probability() -> None:
    """What is raised is the score that wins, not how likely it is called; and what is unlikely is not suggested."""
    made = verdict(REDUCES, study("Mean age was 7.", FOUND), model(no=20.0))
    assert made.likeliest is YesNo.NO
    assert made.probability < LIKELY
    assert (made.says, made.abstains) == (None, "no answer is likely enough")


def test_methods_decide_nothing() -> None:
    """Sentences that report are read; a text without sections has them in its second half."""
    said = read_for(REDUCES, study(FOUND))
    assert [each.results for each in said] == [False, True]
    plain = read_for(REDUCES, abstract((Category.NONE, f"{METHODS} {FOUND}")))
    assert [each.results for each in plain] == [False, True]


def test_a_short_form_names_what_it_stands_for() -> None:
    """As the text itself says."""
    text = "Lymphatic malformations (LM) are rare. Given early, LM were cured."
    (_, last) = read_for("Are lymphatic malformations curable?", abstract((Category.RESULTS, text)))
    assert last.cover > 0.3


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        ("There was no significant difference (p=0.4).", {"denied", "p-", "against"}, {"notable", "p+"}),
        ("It was independently associated (OR 2.0, 95% CI 1.2-3.1, p=0.01).", {"notable", "linked", "p+", "ratio+"}, {"denied"}),
        ("OR 1.1 (95% CI 0.8-1.9).", {"ratio0", "against"}, {"ratio+"}),
        ("Pain was lower, but only in women, and may return.", {"less", "turn", "only", "doubt"}, {"denied", "more"}),
    ],
)  # fmt: skip
def test_readings(words: str, shown: set[str], hidden: set[str]) -> None:
    """What a sentence reports; a denied finding counts for nothing else."""
    found = reading(words)
    assert set(found) == set(READINGS)
    assert {name for name in shown if not found[name]} == set()
    assert {name for name in hidden if found[name]} == set()


@pytest.mark.parametrize(
    ("question", "word"),
    [("Is it safe?", "is"), ("Fundectomy: is it safe?", "is"), ("Why is it safe?", "why"), ("A new marker?", "")],
)
def test_the_question_proper(question: str, word: str) -> None:
    """It may stand behind a title."""
    assert lead(question) == word


def test_features_are_bounded() -> None:
    """Whatever a text holds, no reading outweighs all others."""
    loud = study(*[FOUND] * 60)
    assert all(abs(value) <= 6 for value in features(REDUCES, read_for(REDUCES, loud)).values())


def test_the_shipped_model_is_small_and_whole() -> None:
    """Three columns in the order of the answers; a decision that reads back as written."""
    made = shipped()
    assert made.weights.labels == tuple(answer.value for answer in YesNo)
    assert len(made.weights.weights) < 5_000
    assert decision(written_decision(made.decision)) == made.decision


@pytest.mark.parametrize("piece", ["no a, ", "p < ", "OR 1.0 ", "was not ", "(95% CI 1-2) ", "malformations "])
def test_reading_is_linear(piece: str) -> None:
    """Four times the hostile text takes about four times as long."""

    def prepare(size: int) -> Callable[[], object]:
        text = (f"Results {(piece * 40)[:200].strip()}. " * size)[: 210 * size]
        document = abstract((Category.RESULTS, text))
        return lambda: read_for(REDUCES, document)

    assert_linear(prepare, 10)
