"""How a fact is put together: its quote, what it is about, its doubts, the clause it stands in, its units and times."""

from __future__ import annotations

from functools import lru_cache

from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.cues import hedges
from curbside.language.linear import linear
from curbside.language.quantities import Quantity, quantities
from curbside.language.words import flat
from curbside.records import ConceptKind, Fact, FactValue, Field, PartRole, Span, Terms

_DOUBTS = frozenset({"modal", "probability", "evidence", "mixed", "approximator"})
_NO_DOUBT = frozenset({"median", "mean", "average", "estimated", "under", "reported", "encouraging", "promising"})
"""What `cues.hedges` lists beside doubt proper: what kind of average a number is, and praise."""

_BREAK = linear(
    r"; |, (?:and |but |yet |or )?(?:while|whereas|although|though|which|who|whose|however|resulting|leading|despite"
    r"|with (?:only |just |an? |the )?(?:[0-9]|one|two|three|four|five|six|seven|eight|nine|ten|no |none|all |total"
    r"|overall|mean|median))"
    r"|, (?:and |but )(?:only |the (?:other |remaining )?|all |no |none |in )?(?:[0-9]|one|two|three"
    r"|four|five|six|seven"
    r"|eight|nine|ten|no |none|all )"
    r"|, but |, and there (?:was|were) |,? (?:whereas|although|but) "
)
"""Where a clause that counts or says something of its own begins."""


def fact(
    subject: Subject,
    line: Line,
    at: tuple[int, int],
    field: Field,
    value: FactValue,
    *,
    outcome: str = "",
    arm: str = "",
    negated: bool = False,
    serious: bool = False,
    arithmetic: str = "",
) -> Fact:
    """Return a fact of `line` quoted from offset to offset."""
    quote = subject.quote(line, *at)
    doubts = tuple(
        dict.fromkeys(cue.words for cue in hedges(quote.words) if cue.kind in _DOUBTS and cue.words not in _NO_DOUBT)
    )
    return Fact(
        field,
        value,
        quote,
        outcome=outcome,
        about=about(subject, line, at),
        arm=arm,
        hedges=doubts,
        negated=negated,
        serious=serious,
        arithmetic=arithmetic,
    )


def repeats(line: Line, made: Fact, seen: set[tuple[bool, str]]) -> bool:
    """Tell whether terms only name what was named before, in other letters or by a short form; notes what is named.

    A study names a thing once in its title and once in its text; what says more of it ("refractory", "oral", together
    with another) is no repetition.
    """
    if not isinstance(made.value, Terms):
        return False
    title = line.heading or line.role is PartRole.METADATA
    names = [(title, concept) for concept in made.value.concepts]
    known = all(name in seen for name in names)
    seen.update(names)
    words = flat(made.quote.words)
    return known and len(words) <= max(len(term) for term in made.value.terms) + 2


def about(subject: Subject, line: Line, at: tuple[int, int]) -> tuple[str, ...]:
    """Return drug and condition that words are about: those of the quote, else of the sentence, else the subject's."""
    return (*_about(subject, line, at, ConceptKind.DRUG), *_about(subject, line, at, ConceptKind.CONDITION))


def _about(subject: Subject, line: Line, at: tuple[int, int], kind: ConceptKind) -> tuple[str, ...]:
    known = subject.drugs if kind is ConceptKind.DRUG else subject.conditions
    near = [mention for mention in line.of(kind) if mention.concept in known]
    inside = [mention.concept for mention in near if at[0] <= mention.span.start < at[1]]
    if kind is ConceptKind.CONDITION and subject.reports:
        # An event that is counted is no condition treated; a study's condition stands for all its findings.
        return known[:1]
    return tuple(dict.fromkeys(inside or [mention.concept for mention in near] or known[:1]))[:3]


def clause(low: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause of a flattened sentence that holds the words from `start` to `end`."""
    first, last = 0, len(low)
    for at in _breaks(low):
        if at < start:
            first = at
        elif at >= end:
            last = at
            break
    return first, last


@lru_cache(maxsize=256)
def _breaks(low: str) -> tuple[int, ...]:
    """Return where clauses begin outside brackets; a sentence is asked for its clauses once for each of its facts."""
    return tuple(match.start() for match in _BREAK.finditer(low) if not bracketed(low, match.start()))


def bracketed(low: str, at: int) -> bool:
    """Tell whether a place of a flattened sentence stands in brackets."""
    opened = max(low.rfind("(", 0, at), low.rfind("[", 0, at))
    return opened >= 0 and max(low.rfind(")", 0, at), low.rfind("]", 0, at)) < opened


def phrase(words: str) -> str:
    """Return words on one line, without stops and brackets left open at their ends."""
    flat = " ".join(words.split()).strip(" ,;:.")
    if flat.count("(") > flat.count(")"):
        flat = flat[: flat.rfind("(")].rstrip(" ,;:")
    return flat.lstrip(")] ,;")


def amount(printed: str) -> str:
    """Return an amount in plain digits, a range with a hyphen."""
    return plain(printed)


def timed(quantity: Quantity) -> str:
    """Return a time as "3 month", "12-24 week" or "8 year 9 month"."""
    if not quantity.unit:
        return own_units(quantity.high or quantity.low)
    low, high = plain(quantity.low), plain(quantity.high)
    return f"{low if low == high else f'{low}-{high}'} {quantity.unit}"


_TIME = linear(r"([0-9][0-9.·,]*|[a-z]+)[ -]*(days?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|d|w|y|h)\b")
_SINGULAR = {"d": "day", "w": "week", "wk": "week", "mo": "month", "yr": "year", "y": "year", "h": "hour"}


def own_units(words: str) -> str:
    """Return times with units of their own in singular: "8 years 9 months" -> "8 year 9 month"."""
    parts: list[str] = []
    for match in _TIME.finditer(words.lower().replace("\u00a0", " ")):
        unit = match.group(2).rstrip("s") if len(match.group(2)) > 1 else match.group(2)
        parts.append(f"{plain(match.group(1))} {_SINGULAR.get(unit, unit)}")
    return " ".join(parts)


def terms(subject: Subject, line: Line, start: int, end: int, *, words: str = "") -> Terms:
    """Return what is said from `start` to `end` as terms: the concepts named there, or the words themselves."""
    inside = [mention for mention in line.mentions if start <= mention.span.start and mention.span.end <= end]
    said = phrase(words or line.words[start:end])
    names = [subject.name(mention.concept) for mention in inside]
    return Terms(tuple(dict.fromkeys([said, *names])), tuple(dict.fromkeys(mention.concept for mention in inside)))


def figures(line: Line) -> list[Quantity]:
    """Return the quantities of a sentence."""
    return quantities(line.words)


def spanned(span: Span) -> tuple[int, int]:
    """Return the offsets of a span."""
    return span.start, span.end
