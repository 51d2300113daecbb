"""Puts proposed wordings into an answer: each that passes the guards on the same quotes, and no other.

What does not pass stays as the source has it. Order changes only within a section; no sentence, source or absence can
vanish, since a proposal can name none to leave out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.answer.guards import Failure, Sentence
from curbside.answer.guards_reworded import refusals
from curbside.answer.rewording_task import Proposal, Task, bare_text
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, AnswerSentence, Document


@dataclass(frozen=True, slots=True)
class Refusal:
    """A wording that was not taken: which sentence it was for, and the guards that stopped it."""

    sentence: str
    text: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """An answer with what was taken.

    Attributes:
        answer: the answer.
        taken: how many sentences have another wording.
        refused: what was not taken.
        moved: how many sections have another order.
    """

    answer: Answer
    taken: int
    refused: tuple[Refusal, ...]
    moved: int


def apply(
    answer: Answer, task: Task, proposal: Proposal, documents: Mapping[str, Document], vocabulary: Vocabulary
) -> Reworded:
    """Return the answer with every proposed wording that may stand; `documents` are those that it quotes, by id."""
    sections = list(answer.sections)
    refused: list[Refusal] = []
    taken = 0
    for name, text in proposal.texts.items():
        number, place = task.sentences[name]
        sentence = sections[number].sentences[place]
        if text == task.bare[name]:
            continue
        failures = tried(sentence, text, documents, vocabulary)
        if failures:
            refused.append(Refusal(name, text, failures))
            continue
        said = list(sections[number].sentences)
        head = sentence.text[: len(sentence.text) - len(task.bare[name])]
        said[place] = replace(sentence, text=head + text, extracted=sentence.text)
        sections[number] = replace(sections[number], sentences=tuple(said))
        taken += 1
    moved = 0
    for number, names in proposal.orders.items():
        said = sections[number].sentences
        ordered = tuple(said[task.sentences[name][1]] for name in names)
        if ordered != said and _groups(ordered) == _groups(said) and len(ordered) == len(said):
            sections[number] = replace(sections[number], sentences=ordered)
            moved += 1
    return Reworded(replace(answer, sections=tuple(sections)), taken, tuple(refused), moved)


def _groups(sentences: Sequence[AnswerSentence]) -> list[str]:
    """The groups of a section in the order of their first sentences, once each time they begin."""
    names = [sentence.group for sentence in sentences]
    return [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]


def tried(
    sentence: AnswerSentence, text: str, documents: Mapping[str, Document], vocabulary: Vocabulary
) -> tuple[Failure, ...]:
    """Return why `text` may not stand in the place of a sentence; see `guards_reworded.refusals`."""
    trial = Sentence(bare_text(sentence), sentence.quotes, documents, (), sentence.derived, vocabulary)
    return refusals(trial, text)


def told(name: str, made: Sequence[Reworded]) -> str:
    """Return the note under an answer: how many sentences were reworded by whom, and how many wordings were refused."""
    taken, moved = sum(each.taken for each in made), sum(each.moved for each in made)
    refused = [refusal for each in made for refusal in each.refused]
    words = f"{_count(taken, 'sentence was', 'sentences were')} reworded by {name} and passed the guards"
    words += f"; {_count(moved, 'section was', 'sections were')} put in another order" if moved else ""
    if refused:
        by = Counter(refusal.failures[0].guard for refusal in refused)
        why = ", ".join(f"{guard} {count}" for guard, count in sorted(by.items()))
        count = _count(len(refused), "wording was", "wordings were")
        words += f"; {count} refused ({why}), and the source's words stand"
    return f"{words}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
