"""The short of a text and its plain summary are never surer than the words that they stand on."""

from __future__ import annotations

import pytest
from small import study

from curbside.answer.summary import summary
from curbside.extract.card import read_card
from curbside.language.certainty import Sureness, lost, read
from curbside.language.vocabulary import Vocabulary
from curbside.records import AnswerSentence, Category

ALL = Vocabulary.shipped()
DOUBTS = {
    "Sirolimus may be effective in children with lymphatic malformation.": Sureness.HEDGED,
    "Sirolimus did not shrink the lymphatic malformation in children.": Sureness.NEGATED,
    "The evidence for sirolimus in lymphatic malformation is conflicting.": Sureness.MIXED,
    "This case report shows that sirolimus shrank a lymphatic malformation.": Sureness.CASE,
    "Level 4 evidence supports sirolimus in lymphatic malformation.": Sureness.LEVEL,
    "By expert opinion sirolimus is a second choice in lymphatic malformation.": Sureness.OPINION,
    "Sirolimus shrank the lymphatic malformation in all children.": Sureness.ASSERTED,
}


def told(conclusion: str) -> list[AnswerSentence]:
    """All that is told in short of a study with this conclusion."""
    results = "Of 15 children with lymphatic malformation on sirolimus, 12 may have had a partial response."
    held = study("Sirolimus in it", [("Results", Category.RESULTS, results), ("", Category.CONCLUSIONS, conclusion)])
    made = summary(held, read_card(held.document, ALL), ALL)
    return [*made.tldr, *(sentence for section in made.sections for sentence in section.sentences)]


@pytest.mark.parametrize("conclusion", DOUBTS)
def test_every_doubt_is_told(conclusion: str) -> None:
    """Of each kind; no sentence loses one that its quotes have."""
    assert read(conclusion).kind is DOUBTS[conclusion]
    sentences = told(conclusion)
    assert sentences
    for sentence in sentences:
        assert lost(sentence.text, " ".join(quote.words for quote in sentence.quotes)) == ()
