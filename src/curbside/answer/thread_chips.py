"""Between a question and the chips that show what it is about, and from what is carried over back to a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from curbside.answer.question import analyse
from curbside.answer.source_words import told
from curbside.answer.thread_words import SAID_PEOPLE
from curbside.language.groups import POPULATIONS, ROUTES, populations, routes
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words, tokens
from curbside.records import EvidenceKind, Expansion, Filters, Intent, Question, Span
from curbside.records.thread import Chip, ChipKind

_EXPANSIONS: tuple[tuple[str, ChipKind], ...] = (
    ("drugs", ChipKind.DRUG),
    ("classes", ChipKind.CLASS),
    ("procedures", ChipKind.PROCEDURE),
    ("conditions", ChipKind.CONDITION),
    ("outcomes", ChipKind.OUTCOME),
    ("prior", ChipKind.PRIOR),
)
"""Field of a question that holds concepts -> what its chips stand for."""


def chips_of(
    question: Question, turn: int, before: Collection[Chip] = (), own: Collection[str] = ()
) -> tuple[Chip, ...]:
    """Return what a question is about.

    Args:
        question: as it is understood.
        turn: its number.
        before: chips of the turn before; what is among them came from the turn that they name.
        own: ids of chips that this turn's own words name again; they come from this turn.
    """
    found: list[tuple[ChipKind, str, str]] = []
    for name, kind in _EXPANSIONS:
        concepts: tuple[Expansion, ...] = getattr(question, name)
        found += [(kind, each.concept, each.name) for each in concepts]
    found += [(ChipKind.PEOPLE, each, each) for each in question.populations]
    found += [(ChipKind.ROUTE, each, each) for each in question.routes]
    if question.words and not (question.conditions or question.outcomes):
        words = " ".join(question.words)
        found.append((ChipKind.WORDS, words, words))
    found += [(ChipKind.ASKS, each.value, each.value) for each in question.intents if each is not Intent.GENERAL]
    found += [(ChipKind.SOURCES, value, words) for value, words in told(question.filters)]
    found += [
        (ChipKind.SOURCES, f"about {each}", f"about {each.partition(':')[2].replace('-', ' ')}")
        for each in (*question.filters.drugs, *question.filters.conditions)
    ]
    found += [(ChipKind.SOURCES, each, each) for each in question.filters.shelves]
    known = {chip.id: chip for chip in before}
    chips: dict[str, Chip] = {}
    for kind, value, words in found:
        chip = Chip(kind, value, words, turn)
        old = known.get(chip.id)
        chips.setdefault(chip.id, replace(chip, turn=old.turn) if old and chip.id not in own else chip)
    return tuple(chips.values())


def without_chip(question: Question, chip: Chip) -> Question:
    """Return a question that is no longer about what a chip stands for."""
    for name, kind in _EXPANSIONS:
        if chip.kind is kind:
            left = tuple(each for each in getattr(question, name) if each.concept != chip.value)
            return replace(question, **{name: left})
    match chip.kind:
        case ChipKind.PEOPLE:
            return replace(question, populations=tuple(each for each in question.populations if each != chip.value))
        case ChipKind.ROUTE:
            return replace(question, routes=tuple(each for each in question.routes if each != chip.value))
        case ChipKind.WORDS:
            return replace(question, words=())
        case ChipKind.ASKS:
            left = tuple(each for each in question.intents if each.value != chip.value)
            return replace(question, intents=left or (Intent.GENERAL,))
        case _:
            return replace(question, filters=_less(question.filters, chip.value))


def _less(filters: Filters, value: str) -> Filters:
    """Return conditions on the sources without one of those that `told` lists."""
    what, _, rest = value.partition(" ")
    if what == "without" and any(rest == kind.value for kind in EvidenceKind):
        wider = (*filters.evidence, rest)
        every = tuple(kind.value for kind in EvidenceKind if kind.value in wider)
        return replace(filters, evidence=() if len(every) == len(EvidenceKind) else every)
    if what == "only":
        return replace(filters, evidence=())
    if what == "kind":
        return replace(filters, kinds=())
    if what == "since":
        return replace(filters, since=None)
    if what == "until":
        return replace(filters, until=None)
    if what == "ages":
        return replace(filters, ages=())
    if what == "about":
        drugs = tuple(each for each in filters.drugs if each != rest)
        return replace(filters, drugs=drugs, conditions=tuple(each for each in filters.conditions if each != rest))
    if value in filters.shelves:
        return replace(filters, shelves=tuple(each for each in filters.shelves if each != value))
    return replace(filters, noticed=None)


@dataclass(frozen=True, slots=True)
class _Swap:
    """Words of an earlier question and what stands for them now; "" for nothing."""

    span: Span
    words: str


def asked_now(asks: str, question: Question, vocabulary: Vocabulary) -> str:
    """Return the words of an earlier question with drugs, conditions, people and routes as `question` has them."""
    base = analyse(asks, vocabulary)
    swaps: list[_Swap] = []
    treated = (*base.drugs, *base.classes, *base.procedures)
    given = (*question.drugs, *question.classes, *question.procedures)
    swaps += _swapped([each.span for each in treated], [e.name for e in treated], [e.name for e in given])
    now = [each.name for each in question.conditions]
    swaps += _swapped([each.span for each in base.conditions], [each.name for each in base.conditions], now)
    for patterns, was, names in (
        (POPULATIONS, base.populations, [SAID_PEOPLE[each] for each in question.populations]),
        (ROUTES, base.routes, list(question.routes)),
    ):
        same = set(was) == set(question.populations if patterns is POPULATIONS else question.routes)
        if same:
            continue
        spans = [Span(m.start(), m.end()) for name in was for m in patterns[name].finditer(asks) if m.end() > m.start()]
        swaps += _swapped(spans, ["?"], names)
    if base.words and not question.words and not base.conditions:
        left = {span for span in tokens(base.text) if set(content_words(span.of(base.text))) & set(base.words)}
        swaps += [_Swap(span, "") for span in left]
    words = base.text
    end = len(words) + 1
    for swap in sorted(swaps, key=lambda each: each.span, reverse=True):
        if swap.span.end <= end:
            words = words[: swap.span.start] + swap.words + words[swap.span.end :]
            end = swap.span.start
    return " ".join(words.split())


def _swapped(spans: Sequence[Span], was: Sequence[str], now: Sequence[str]) -> list[_Swap]:
    """Put what is asked about now in the place of what was, where the two differ: the first takes all of it."""
    if set(was) == set(now):
        return []
    return [_Swap(span, " and ".join(now) if at == 0 else "") for at, span in enumerate(sorted(spans))]


def worded(rest: str, asks: str, question: Question, vocabulary: Vocabulary) -> Question:
    """Return `question` in words that name all that it is about: its own first, then what it carries on.

    Args:
        rest: the words of this turn; the concepts that stand in them keep their places.
        asks: the earlier question that it carries on, in present terms, or "".
        question: what it is about; concepts that were carried over get their places in the new words.
        vocabulary: says what the words name.
    """
    lead = rest or asks
    said = f"{rest} {asks}".strip()
    named = {mention.concept for mention in vocabulary.mentions(said)}
    parts = [asks] if asks and rest else []
    concepts = [each for each in (*question.expansions, *question.prior) if not _stands(each, rest)]
    parts += dict.fromkeys(each.name for each in concepts if each.concept not in named)
    parts += [SAID_PEOPLE[each] for each in question.populations if each not in populations(said)]
    parts += [each for each in question.routes if each not in routes(said)]
    if question.words and not (question.conditions or question.outcomes):
        parts += [each for each in question.words if each not in said.casefold()]
    text = f"{lead} ({'; '.join(parts)})" if lead and parts else lead or "; ".join(parts)
    places = {mention.concept: mention.span for mention in reversed(vocabulary.mentions(text))}

    def placed(each: Expansion) -> Expansion:
        return each if _stands(each, rest) else replace(each, span=places.get(each.concept, Span(0, 0)), corrected="")

    moved = {name: tuple(placed(each) for each in getattr(question, name)) for name, _ in _EXPANSIONS}
    return replace(question, text=text, **moved)


def _stands(each: Expansion, rest: str) -> bool:
    """Whether a concept was read from the words of this turn: those carried over have no place in them."""
    return bool(each.span) and each.span.end <= len(rest)


def carried(concepts: Iterable[Expansion]) -> tuple[Expansion, ...]:
    """Return concepts of an earlier turn without their places in it."""
    return tuple(replace(each, span=Span(0, 0), corrected="") for each in concepts)
