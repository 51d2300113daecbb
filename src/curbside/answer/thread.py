"""A question that follows others: what it carries over, what it replaces, what it leaves behind.

Nothing is carried over without a chip that shows it, and nothing is left behind without a word. Where it is doubtful
whether something still holds, less is carried over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from curbside.answer import thread_words as cue
from curbside.answer.question import analyse, asks_itself
from curbside.answer.source_words import preferred, source_words
from curbside.answer.thread_chips import asked_now, chips_of, without_chip, worded
from curbside.answer.thread_reading import Reading, rare
from curbside.language.vocabulary import Vocabulary
from curbside.records import Filters, Question
from curbside.records.thread import Chip, ChipKind, Dropped, Turn

TAKEN_AWAY = "taken away"
"""Why something that the asker did not want carried over was left behind."""

_TREATMENTS = (ChipKind.DRUG, ChipKind.CLASS, ChipKind.PROCEDURE)
_CONTEXT = frozenset(ChipKind) - {ChipKind.ASKS}
"""What a turn is about; that it asks for something else than the turn before needs no word."""


def begin(
    text: str, vocabulary: Vocabulary, given: Filters | None = None, keep: Collection[str] = (), number: int = 1
) -> Turn:
    """Read a question that follows none.

    Args:
        text: as typed.
        vocabulary: the concepts known.
        given: conditions on the sources that were set beside the words.
        keep: words that are taken as they are spelt.
        number: of the turn.
    """
    question = analyse(text, vocabulary, given, keep)
    return Turn(text, question, question.text, chips_of(question, number))


def follow(
    before: Turn,
    number: int,
    text: str,
    vocabulary: Vocabulary,
    given: Filters | None = None,
    drop: Collection[str] = (),
    keep: Collection[str] = (),
    year: int | None = None,
) -> Turn:
    """Read a question that follows another; pure.

    Args:
        before: the turn that it follows.
        number: of the new turn.
        text: as typed.
        vocabulary: the concepts known.
        given: conditions on the sources set beside the words; each that is set takes the place of one carried over.
        drop: chips that are not to be carried over, by id or by their words.
        keep: words that are taken as they are spelt.
        year: the present year, for "the last five years".
    """
    typed = " ".join(text.split())
    said = source_words(typed, True, year)
    rest = " ".join(said.out_of(typed).split()).strip(" ,;")
    rest = "" if not any(letter.isalnum() for letter in rest) else rest
    own = analyse(rest, vocabulary, keep=keep)
    about = _references(rest, own)
    mended = _mended(rest, own, vocabulary)
    if mended and not keep:
        after = follow(before, number, _exchanged(text, mended), vocabulary, given, drop, keep, year)
        notes = tuple(f"Read “{was}” as {now}." for was, now in mended.items())
        return replace(after, text=text, notes=(*notes, *after.notes))
    if _is_new(rest, own, before.question, vocabulary) and not about:
        turn = begin(text, vocabulary, given, keep, number)
        why = "the question is about something else"
        left = tuple(
            Dropped(chip, why) for chip in before.chips if chip.kind in _CONTEXT and not _kept(chip, turn.chips)
        )
        return replace(turn, dropped=left, notes=_left_behind(left))
    reading = Reading(before.question, own, rest, vocabulary, about)
    question = reading.question()
    filters = preferred(said.over(before.question.filters), given)
    if reading.other_subject:
        filters = preferred(said.over(Filters()), given)
    question = replace(question, filters=filters)
    taken = [chip for chip in before.chips if chip.id in drop or chip.words in drop]
    asks_anew = asks_itself(own) and not about
    own_ids = {chip.id for chip in chips_of(own, number) if asks_anew or chip.kind is not ChipKind.ASKS}
    for chip in taken:
        if chip.id not in own_ids:
            question = without_chip(question, chip)
    asks = "" if asks_anew else asked_now(before.asks, question, vocabulary)
    question = worded(rest, "" if about else asks, question, vocabulary)
    chips = chips_of(question, number, before.chips, own_ids)
    whys = reading.whys | {chip.id: TAKEN_AWAY for chip in taken}
    gone = [chip for chip in before.chips if (chip.kind in _CONTEXT or chip in taken) and not _kept(chip, chips)]
    left = tuple(Dropped(chip, whys.get(chip.id) or _why(chip, chips)) for chip in gone)
    return Turn(text, question, asks or rest, chips, left, tuple(reading.notes), about)


def _kept(chip: Chip, chips: Sequence[Chip]) -> bool:
    return any(chip.id == each.id for each in chips)


def _left_behind(left: Sequence[Dropped]) -> tuple[str, ...]:
    return ("Read as a new subject: nothing is carried over.",) if left else ()


def _why(chip: Chip, chips: Sequence[Chip]) -> str:
    """Say what took a chip's place."""
    like = _TREATMENTS if chip.kind in _TREATMENTS else (chip.kind,)
    if chip.kind in (ChipKind.CONDITION, ChipKind.WORDS):
        like = (ChipKind.CONDITION, ChipKind.WORDS)
    now = [each.words for each in chips if each.kind in like]
    if chip.kind is ChipKind.SOURCES and not now:
        return "the limit is taken back"
    return f"replaced by {' and '.join(now)}" if now else "this question asks for something else"


def _mended(rest: str, own: Question, vocabulary: Vocabulary) -> dict[str, str]:
    """Return misspelt words for people and routes as typed, with what they are read as: "childern" is no subject."""
    unknown = rare(rest, own, vocabulary)
    if not unknown:
        return {}
    from difflib import get_close_matches  # slow to import, and wanted only for a word that nobody knows

    near = {word: get_close_matches(word.lower(), cue.EVERYDAY, 1, 0.8) for word in unknown}
    return {word: found[0] for word, found in near.items() if found and found[0] != word.lower()}


def _exchanged(text: str, words: Mapping[str, str]) -> str:
    for was, now in words.items():
        text = text.replace(was, now)
    return text


def _references(rest: str, own: Question) -> tuple[int, ...]:
    """Return the numbers of the answer before that a question is about."""
    if own.drugs or own.conditions:
        return ()
    if not cue.ABOUT_REFERENCE.search(rest):
        return ()
    found = [
        int(match.group(at))
        for match in cue.REFERENCE.finditer(rest)
        for at in cue.REFERENCE.groupindex.values()
        if match.start(at) >= 0
    ]
    return tuple(dict.fromkeys(found))


def _is_new(rest: str, own: Question, before: Question, vocabulary: Vocabulary) -> bool:
    """Whether a question stands by itself and is about something else than the one before."""
    if cue.NEW_SUBJECT.search(rest):
        return True
    if not rest or cue.FOLLOWS.search(rest) or cue.REFERS.search(rest):
        return False
    treated = bool(own.drugs or own.classes)
    if treated and (own.conditions or own.outcomes):
        return True
    if own.conditions and not treated and cue.WHOLE_OF_ITS_OWN.search(rest):
        return True
    if treated or own.conditions or own.outcomes or own.populations or own.routes or len(rest.split()) < _WHOLE:
        return False
    if cue.OTHER_TREATMENTS.search(rest) or cue.OTHER_USES.search(rest):
        return False
    return any(word not in set(before.words) for word in own.words) and bool(rare(rest, own, vocabulary))


_WHOLE = 4
"""Words from which on a question may stand by itself."""
