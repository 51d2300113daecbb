"""Threads: read a question in the light of those before it, answer it, and answer an earlier turn anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from curbside.answer.differing import differing
from curbside.answer.thread import TAKEN_AWAY, begin, follow
from curbside.errors import UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, Filters, digest_of
from curbside.records.thread import Chip, Turn
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.workflows.ask import Reading, Searched, Understood, answering, spelt_as_held

Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A turn with its answer.

    Attributes:
        turns: the turns before it, and it.
        answer: to the last of them.
    """

    turns: Turns
    answer: Answer

    @property
    def turn(self) -> Turn:
        """The turn that was answered."""
        return self.turns[-1]

    @property
    def number(self) -> int:
        """Its number, from 1."""
        return len(self.turns)


def taking(
    text: str,
    before: Turns,
    store: Store,
    index: Index,
    vocabulary: Vocabulary,
    filters: Filters | None = None,
    drop: Collection[str] = (),
    year: int | None = None,
) -> Iterator[Understood | Searched | Reading | Told]:
    """Yield how far the answer to the next turn of a thread is, and the turn with its answer last.

    Args:
        text: the question as typed.
        before: turns that it follows; none begins a thread.
        store, index, vocabulary: of the library that answers.
        filters: conditions on the sources, set beside the words.
        drop: chips of the last turn that are not to be carried over, by id or words.
        year: the present year, for "the last five years".

    Raises:
        UsageError: for a chip that the turn before does not have, with those that it has.
        IndexBroken: if the index cannot be read.
    """
    turn = read(text, before, index, vocabulary, filters, drop, year)
    for stage in _answering(turn, before, store, index, vocabulary):
        if isinstance(stage, Answer):
            cited = tuple(entry.document for entry in stage.references)
            if turn.about and before:
                cited = before[-1].cited  # its references keep the numbers of the answer before
            done = replace(turn, digest=digest_of(stage), cited=cited)
            yield Told((*before, done), stage)
        else:
            yield stage


def read(
    text: str,
    before: Turns,
    index: Index,
    vocabulary: Vocabulary,
    filters: Filters | None = None,
    drop: Collection[str] = (),
    year: int | None = None,
) -> Turn:
    """Read the next turn of a thread without answering it; see `taking`."""
    if not before:
        turn = begin(text, vocabulary, filters)
        held = spelt_as_held(turn.question, index)
        return begin(text, vocabulary, filters, held) if held else turn
    last = before[-1]
    unknown = [each for each in drop if not any(_is_called(chip, each) for chip in last.chips)]
    drop = [chip.id for chip in last.chips if any(_is_called(chip, each) for each in drop)]
    if unknown:
        has = ", ".join(chip.words for chip in last.chips)
        raise UsageError(f"The turn before is not about “{unknown[0]}”, so it cannot be dropped. It is about: {has}.")
    turn = follow(last, len(before) + 1, text, vocabulary, filters, drop, (), year)
    held = spelt_as_held(turn.question, index)
    return follow(last, len(before) + 1, text, vocabulary, filters, drop, held, year) if held else turn


def taken_away(turn: Turn) -> tuple[str, ...]:
    """Return ids of the chips that the asker of a turn did not want carried over."""
    return tuple(each.chip.id for each in turn.dropped if each.why == TAKEN_AWAY)


def _is_called(chip: Chip, name: str) -> bool:
    """Whether a chip is meant by its id, its words, or its words as they are shown: "child (people)"."""
    return name in (chip.id, chip.words, f"{chip.words} ({chip.kind.value})")


def retold(turns: Turns, store: Store, index: Index, vocabulary: Vocabulary) -> Answer:
    """Answer the last of some turns anew, from the library as it is now.

    Raises:
        IndexBroken: if the index cannot be read.
    """
    *_, answer = _answering(turns[-1], turns[:-1], store, index, vocabulary)
    assert isinstance(answer, Answer)
    return answer


def _answering(
    turn: Turn, before: Turns, store: Store, index: Index, vocabulary: Vocabulary
) -> Iterator[Understood | Searched | Reading | Answer]:
    """Answer a turn; one on references of the answer before is answered from that answer."""
    if not (turn.about and before):
        for stage in answering(turn.question, store, index, vocabulary):
            yield replace(stage, notes=(*turn.notes, *stage.notes)) if isinstance(stage, Answer) else stage
        return
    yield Understood(turn.question)
    from curbside.workflows.evidence import cited  # reading studies is loaded where it is wanted

    earlier = _last_answered(before)
    answer = retold(earlier, store, index, vocabulary)
    yield Reading(tuple(entry.document for entry in answer.references), store.held)
    about, notes = _still(turn.about, earlier[-1].cited, answer)
    told = differing(turn.question, about, answer, cited(answer, store, vocabulary))
    yield replace(told, notes=(*turn.notes, *notes, *told.notes))


def _still(about: Sequence[int], seen: Sequence[str], answer: Answer) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the numbers that references seen in the answer before have now that the library may have changed."""
    now = {entry.document: entry.number for entry in answer.references}
    numbers: list[int] = []
    notes: list[str] = []
    for number in about:
        document = seen[number - 1] if 0 < number <= len(seen) else ""
        if not document:
            numbers.append(number)  # there was none of that number; the answer says so
        elif document not in now:
            notes.append(f"The library has changed: what was [{number}] is no longer cited for the answer before.")
        else:
            numbers.append(now[document])
            if now[document] != number:
                notes.append(f"The library has changed: what was [{number}] is [{now[document]}] now.")
    return tuple(numbers), tuple(notes)


def _last_answered(turns: Turns) -> Turns:
    """Return the turns up to the last one that was itself an answer from the library."""
    while turns[-1].about and len(turns) > 1:
        turns = turns[:-1]
    return turns
