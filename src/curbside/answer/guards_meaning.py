"""What a reworded sentence must pass beside the guards on quotes, numbers and subjects: its meaning is its quotes'.

Each guard looks at one thing that a sentence claims: how surely, of whom, how many, in which direction, because of
what, compared with what, when. They compare classes of words, so that other words of one class pass. A guard stops
what it cannot follow: a sentence that fails is shown in the source's own words instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curbside.answer.guards import Failure, Sentence, failures
from curbside.answer.guards_arms import TIME, bound_otherwise, compared_otherwise, ordered_otherwise
from curbside.language.certainty import lost
from curbside.language.cues import negations
from curbside.language.meaning_words import ANTONYMS, classes
from curbside.language.numbers import numbers
from curbside.language.quantities import quantities
from curbside.language.turned import denied_otherwise, turned_otherwise
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import WORD, flat
from curbside.records import Derivation

_TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})
_NEAR = 24  # characters before a number in which its bound or its time stands
_BOUNDS = (
    ("at most", ("up to", "at most", "no more than", "not more than", "a maximum of", "maximum of", "≤", "as many as")),
    ("at least", ("at least", "no fewer than", "no less than", "a minimum of", "≥", "minimum of")),
    ("less", ("less than", "fewer than", "below", "under", "lower than", "<")),
    ("more", ("more than", "greater than", "above", "over", "higher than", "in excess of", ">", "exceeding")),
    ("about", ("about", "approximately", "around", "roughly", "circa", "nearly", "almost", "an estimated", "~", "c.")),
)
_RELATIONS = (
    ("within", ("within", "in less than")),
    ("until", ("until", "till", "up to")),
    ("before", ("before", "prior to", "ahead of", "preceding")),
    ("after", ("after", "following", "post", "beyond")),
    ("every", ("every", "each")),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """Two texts side by side.

    Attributes:
        claim: what is to be said.
        quoted: what it is held against: the quoted words, or the sentence that they gave.
        vocabulary: for telling drugs and conditions apart.
        derived: computed numbers, which need not stand in what is quoted.
    """

    claim: str
    quoted: str
    vocabulary: Vocabulary
    derived: tuple[Derivation, ...] = ()


def number_guard(beside: Beside) -> str:
    """Each number of the sentence stands in its quotes as often, and none of theirs is left out."""
    held, said = _counted(beside.quoted), _counted(beside.claim)
    allowed = held.copy()
    for derivation in beside.derived:
        allowed.update(_counted(derivation.value))
    if added := said - allowed:
        return f"the numbers {_told(added)} stand in no quote"
    gone = held - said
    return f"it leaves out the numbers {_told(gone)}" if gone else ""


def _counted(text: str) -> Counter[tuple[float, bool]]:
    return Counter(
        (number.value, number.form == "percent")
        for number in numbers(text)
        if number.form not in {"citation", "times"} and not (number.form == "word" and number.value == 1)
    )


def _told(counted: Counter[tuple[float, bool]]) -> str:
    return ", ".join(sorted(f"{value:g}{' %' if percent else ''}" for value, percent in counted))


def bound_guard(beside: Beside) -> str:
    """Each number keeps what bounds it: "up to 20 %" is not "20 %", "at least" not "about"."""
    held = _bounds(beside.quoted)
    for value, bound in _bounds(beside.claim):
        theirs = {other for each, other in held if each == value}
        if theirs and bound not in theirs:
            return f"{value:g} is bounded otherwise: {bound or 'plain'} where the quote has {', '.join(sorted(theirs))}"
    return ""


def _bounds(text: str) -> list[tuple[float, str]]:
    low = flat(text)
    found: list[tuple[float, str]] = []
    for each in numbers(text):
        bound = _before(low, each.span.start, _BOUNDS)
        if bound == "more" and low[: each.span.start].endswith("over ") and TIME.match(low[each.span.end :]):
            bound = ""  # "over 12 months" is as long as that
        if each.form != "citation":
            found.append((each.value, bound))
    return found


def _before(low: str, at: int, table: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    words = low[max(0, at - _NEAR) : at].rstrip(" (=").removesuffix(" of").removesuffix(" a median")
    for name, phrases in table:
        for phrase in phrases:
            if words.endswith(phrase) and not (phrase[0].isalnum() and words[: -len(phrase)][-1:].isalnum()):
                return name
    return ""


def time_guard(beside: Beside) -> str:
    """Every time and duration is the quotes' own, in its unit, before, after, within or every as they have it."""
    held, said = _times(beside.quoted), _times(beside.claim)
    if gone := set(held) - set(said):
        return f"it leaves out or changes a time: {', '.join(sorted(' '.join(each) for each in gone))}"
    for key, relations in said.items():
        if key not in held:
            return f"the time {' '.join(key)} stands in no quote"
        if "every" in relations ^ held[key] or ("before" in relations and "before" not in held[key]):
            return f"{' '.join(key)} is told as {_list(relations)} where the quote has {_list(held[key])}"
        if {"before", "after"} & held[key] and {"before", "after"} & relations and relations.isdisjoint(held[key]):
            return f"{' '.join(key)} is told as {_list(relations)} where the quote has {_list(held[key])}"
    return ""


def _list(names: set[str]) -> str:
    return ", ".join(sorted(name or "plain" for name in names))


def _times(text: str) -> dict[tuple[str, ...], set[str]]:
    low = flat(text)
    found: dict[tuple[str, ...], set[str]] = {}
    for each in quantities(text):
        if each.unit in _TIMES or (each.frequency and not each.low):
            key = tuple(part for part in (each.low, "" if each.high == each.low else each.high, each.unit) if part)
            relation = _before(low, each.span.start, _RELATIONS)
            found.setdefault((*key, each.frequency) if each.frequency else key, set()).add(relation)
    return found


def certainty_guard(beside: Beside) -> str:
    """The sentence is never surer than its quotes: every doubt of theirs is told, in words of its kind."""
    gone = lost(beside.claim, beside.quoted)
    return f"it is surer than its quote, which is {', '.join(gone)} there" if gone else ""


def negation_guard(beside: Beside) -> str:
    """The sentence denies what its quotes deny, as often and of the same things."""
    said, held = negations(beside.claim), negations(beside.quoted)
    if len(said) != len(held):
        return f"it denies {len(said)} times where its quote denies {len(held)}"
    return denied_otherwise(beside.claim, beside.quoted)


def direction_guard(beside: Beside) -> str:
    """What rises, falls, gets better or worse in the sentence does so in its quotes."""
    return turned_otherwise(beside.claim, beside.quoted)


def antonym_guard(beside: Beside) -> str:
    """No word of the sentence is the contrary of one of its quotes' words that it left out."""
    said, held = ({match.group() for match in WORD.finditer(flat(text))} for text in (beside.claim, beside.quoted))
    for word in sorted(said - held):
        if against := sorted(ANTONYMS.get(word, frozenset()) & held - said):
            return f"'{word}' is the contrary of the quote's '{against[0]}'"
    return ""


def _kept(beside: Beside, name: str, *, both: bool = True) -> str:
    said, held = set(classes(name, beside.claim)), set(classes(name, beside.quoted))
    if added := said - held:
        return f"it adds {', '.join(sorted(added))}"
    if both and (gone := held - said):
        return f"it leaves out {', '.join(sorted(gone))}"
    return ""


def people_guard(beside: Beside) -> str:
    """It is about the people, animals or cells that its quotes are about, no more and no fewer."""
    return _kept(beside, "people")


def state_guard(beside: Beside) -> str:
    """Severity, line of treatment, completeness, alone or combined, route and design are the quotes'."""
    return _kept(beside, "state") or _kept(beside, "route") or _kept(beside, "design")


def amount_guard(beside: Beside) -> str:
    """All, most, some, few, always, often, rarely, only: as the quotes have it."""
    return _kept(beside, "amount")


def cause_guard(beside: Beside) -> str:
    """It names no cause where its quotes do not, and what is only associated stays associated."""
    if added := _kept(beside, "cause", both=False):
        return added
    gone = set(classes("link", beside.quoted)) - set(classes("link", beside.claim))
    return "it tells an association as more than that" if gone else ""


def advice_guard(beside: Beside) -> str:
    """It advises what its quotes advise and nothing else."""
    return _kept(beside, "advice")


def measure_guard(beside: Beside) -> str:
    """Median, mean, peak, hazard or odds ratio, primary or secondary outcome: as the quotes have it."""
    return _kept(beside, "measure")


def condition_guard(beside: Beside) -> str:
    """Unless, if, even, although, regardless: what restricts the quotes restricts the sentence, and nothing else."""
    return _kept(beside, "condition")


def strength_guard(beside: Beside) -> str:
    """No word makes it stronger than its quotes: proven, highly, safe, superior, significant."""
    return _kept(beside, "strength", both=False)


def subject_guard(beside: Beside) -> str:
    """It names the drugs, conditions and procedures of its quotes, all of them and none besides."""
    said, held = ({each.concept for each in beside.vocabulary.mentions(text)} for text in (beside.claim, beside.quoted))
    if added := said - held:
        return f"it names {', '.join(sorted(added))}, which no quote names"
    return f"it leaves out {', '.join(sorted(held - said))}" if held - said else ""


def comparison_guard(beside: Beside) -> str:
    """Who is compared with whom, and which of them comes off better, is as in the quotes."""
    return compared_otherwise(beside.claim, beside.quoted, beside.vocabulary)


def binding_guard(beside: Beside) -> str:
    """Each number belongs to the drug, arm or condition that it belongs to in the quotes."""
    texts = (beside.claim, beside.quoted)
    return ordered_otherwise(*texts, beside.vocabulary) or bound_otherwise(*texts, beside.vocabulary)


MEANING: dict[str, Callable[[Beside], str]] = {
    "numbers kept": number_guard,
    "bound": bound_guard,
    "time": time_guard,
    "certainty": certainty_guard,
    "denial": negation_guard,
    "direction": direction_guard,
    "antonym": antonym_guard,
    "people": people_guard,
    "state": state_guard,
    "amount": amount_guard,
    "cause": cause_guard,
    "advice": advice_guard,
    "strength": strength_guard,
    "measure": measure_guard,
    "condition": condition_guard,
    "subjects": subject_guard,
    "comparison": comparison_guard,
    "binding": binding_guard,
}
"""Name -> guard on the meaning of a reworded sentence; each returns why it fails, or ""."""

AS_QUOTED = ("quote", "quantity", "asked")
"""Those of `answer.guards.GUARDS` that a reworded sentence passes as a quoted one does."""


def reworded_failures(sentence: Sentence) -> tuple[Failure, ...]:
    """Return every guard that a reworded sentence does not pass; an empty result lets it through.

    The source's own words pass; a sentence whose quotes do not hold is not tried further.
    """
    found = failures(sentence, AS_QUOTED)
    if sentence.is_verbatim or any(each.guard == "quote" for each in found):
        return found
    beside = Beside(sentence.claim, sentence.quoted, sentence.vocabulary, sentence.derived)
    return (*found, *meaning_failures(beside))


def meaning_failures(beside: Beside) -> tuple[Failure, ...]:
    """Return every guard on meaning that one text does not pass beside another."""
    tried = ((name, guard(beside)) for name, guard in MEANING.items())
    return tuple(Failure(name, reason) for name, reason in tried if reason)
