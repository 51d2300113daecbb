"""A comparison asked for, looked up among what an article found: which two values stand side by side for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.extract.arms import Sides, is_before, is_control
from curbside.extract.evidence import Evidence
from curbside.extract.naming import Marks, marks
from curbside.extract.pairs import Pair
from curbside.extract.saying import said
from curbside.extract.terms import Lexicon, has, terms
from curbside.extract.weighing import Choice, pair_score
from curbside.records import Axis, Comparison, Label, LabelRole

_BY_AXIS = {Axis.ROW: 1.0, Axis.GROUP: 0.8, Axis.COLUMN: 0.85, Axis.STUB: 0.7, Axis.CAPTION: 0.5, Axis.WORDS: 0.9}


_NUMBER = 0.2  # what a number weighs in a label
_LEAST_FIT = 0.06


_LEAST_TOPIC = 0.3


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for a question.

    Attributes:
        choices: best first.
        names: labels of tables for the two arms, best first.
        known: how sentences may name them.
        swapped: whether the intervention is the one that gets nothing new.
        times: whether one arm is asked for before and after.
    """

    choices: tuple[Choice, ...]
    names: tuple[tuple[str, str], ...]
    known: Marks
    swapped: bool
    times: bool


def search(asked: Comparison, evidence: Evidence) -> Search:
    """Return the pairs of values, of tables and sentences, that may answer, and how the article names the arms."""
    lexicon = evidence.lexicon
    sides = Sides.of(asked.intervention, asked.comparator, lexicon)
    wanted = _wanted(asked, sides, lexicon)
    fits: dict[tuple[str, str], float] = {}
    armed: dict[tuple[str, str], int] = {}
    found: list[Choice] = []
    for pair in evidence.pairs:
        key = (pair.one.text, pair.two.text)
        if key not in fits:
            fits[key] = _fit(sides, pair, evidence)
        fit = fits[key]
        if fit < _LEAST_FIT:
            continue
        if pair.one.role is LabelRole.ARM or pair.one.axis is Axis.COLUMN:
            armed[key] = armed.get(key, 0) + 1
        topic = _topic(wanted, pair, evidence)
        if topic >= _LEAST_TOPIC:
            score = pair_score(asked, sides, pair, topic, fit, evidence)
            found.append(Choice(pair.first, pair.second, key, topic, fit, score, pair.shared))
    arms = frozenset(
        t for t in {*sides.own, *sides.other, *sides.both} if lexicon.weight(t) > 0.3 and not t[0].isdigit()
    )
    found = _settled(found, frozenset(term for term, _ in wanted), arms)
    names = _names(fits, armed)
    swapped = is_control(asked.intervention) and not is_control(asked.comparator)
    known = marks(sides, lexicon, names[:2], _thirds(names, evidence))
    found.extend(said(asked, sides, wanted, known, swapped, evidence))
    found.sort(key=lambda choice: -choice.score)
    return Search(tuple(found), names, known, swapped, sides.times)


def _names(fits: Mapping[tuple[str, str], float], armed: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str], ...]:
    """Return the labels that tables give the two arms, best first: those that fit about as well as the best."""
    kept = [key for key, fit in fits.items() if fit >= 0.3 and key in armed]
    kept.sort(key=lambda key: (-round(fits[key], 1), -armed[key]))
    return tuple(key for key in kept if fits[key] >= 0.75 * fits[kept[0]])[:6]


def _thirds(names: Sequence[tuple[str, str]], evidence: Evidence) -> tuple[str, ...]:
    """Return the labels of further arms: what tables put in the place of the two."""
    if not names:
        return ()
    one, two = names[0]
    mine = {label for pair in names for label in pair}
    found: dict[str, None] = {}
    for pair in evidence.pairs:
        beside = pair.one.text == one and pair.one.axis is Axis.COLUMN and pair.two.role is LabelRole.ARM
        if beside and pair.two.text not in mine:
            found.setdefault(pair.two.text)
    return tuple(found)[:8] if two else ()


def _settled(found: list[Choice], asked: frozenset[str], arms: frozenset[str]) -> list[Choice]:
    """Take something off choices that others of their table match as well under other heads.

    Nothing tells such choices apart, unless one of them has the fewest heads beside the point.
    """
    heads: dict[tuple[int, float, tuple[str, str]], set[tuple[str, ...]]] = {}
    fewest: dict[tuple[int, float, tuple[str, str]], list[tuple[int, tuple[str, ...]]]] = {}
    for choice in found:
        own = _heads(choice, arms)
        if own not in heads.setdefault(_peers(choice), set()):
            heads[_peers(choice)].add(own)
            loose = sum(not any(has(term, asked) for term in terms(text)) for text in own)
            fewest.setdefault(_peers(choice), []).append((loose, own))
    alone = {key: _alone(told) for key, told in fewest.items()}
    kept: list[Choice] = []
    for choice in found:
        if len(heads[_peers(choice)]) < 2 or alone[_peers(choice)] == _heads(choice, arms):
            kept.append(choice)
        elif any(label.axis is Axis.ROW and _touches(label, asked) for label in choice.shared):
            kept.append(replace(choice, score=choice.score - 0.08))
        elif asked:
            # Only what heads several rows names the outcome: which of them is meant nobody can tell.
            kept.append(replace(choice, score=choice.score - 0.5))
    return kept


def _alone(told: list[tuple[int, tuple[str, ...]]]) -> tuple[str, ...] | None:
    """Return the heads with the fewest labels beside the point, None where several have as few."""
    least = min(loose for loose, _ in told)
    best = [own for loose, own in told if loose == least]
    return best[0] if len(best) == 1 else None


def _peers(choice: Choice) -> tuple[int, float, tuple[str, str]]:
    return choice.first.place, round(choice.topic, 1), choice.names


def _touches(label: Label, asked: frozenset[str]) -> bool:
    return any(has(term, asked) for term in terms(label.text))


def _heads(choice: Choice, arms: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        label.text
        for label in choice.shared
        if label.role not in (LabelRole.TIME, LabelRole.STATISTIC) and not _touches(label, arms)
    )


def _fit(sides: Sides, pair: Pair, evidence: Evidence) -> float:
    times = pair.one.role is LabelRole.TIME or pair.two.role is LabelRole.TIME
    if sides.times:
        return 1.0 if is_before(pair.two.text) and not is_before(pair.one.text) else 0.0
    if times or LabelRole.TOTAL in (pair.one.role, pair.two.role):
        return 0.0
    direct = sides.fit(pair.one.text, pair.two.text, evidence.lexicon)
    if -0.3 < direct < 0.4:
        direct += evidence.told(pair.one.text, pair.two.text, sides)
    return direct


def _wanted(asked: Comparison, sides: Sides, lexicon: Lexicon) -> list[tuple[str, float]]:
    """Return the outcome's terms with their weights; words of the arms count little."""
    arms = frozenset((*sides.own, *sides.other)) | sides.both
    found: list[tuple[str, float]] = []
    for term in dict.fromkeys(terms(asked.outcome)):
        weight = lexicon.weight(term)
        found.append((term, weight * 0.3 if has(term, arms) else weight))
    return found


def _topic(wanted: Sequence[tuple[str, float]], pair: Pair, evidence: Evidence) -> float:
    lexicon = evidence.lexicon
    best = dict.fromkeys((term for term, _ in wanted), 0.0)
    asked = frozenset(term for term, _ in wanted)
    precise = spoken = 0.0
    for label in (*pair.shared, evidence.caption(pair.first.place)):
        if label is None or label.role is LabelRole.STATISTIC:
            continue
        known = lexicon.widened(label.text)
        axis = _BY_AXIS[label.axis]
        for term in best:
            if best[term] < axis and has(term, known):
                best[term] = axis
        if label.axis in (Axis.ROW, Axis.GROUP, Axis.COLUMN) and label.role in (LabelRole.TOPIC, LabelRole.ARM):
            part = 1.0 if label.axis is Axis.ROW else 0.35
            for term in terms(label.text):
                # A number beside a name is a time or a threshold more often than another thing.
                weight = part * (_NUMBER if term[0].isdigit() or term[0] in "<>" else lexicon.weight(term))
                spoken += weight
                if has(term, asked) or _meant(term, label.text, asked, lexicon):
                    precise += weight
    total = sum(weight for _, weight in wanted)
    recall = sum(weight * best[term] for term, weight in wanted) / total if total else 0.0
    return 0.72 * recall + 0.28 * (precise / spoken if spoken else recall)


def _meant(term: str, text: str, asked: frozenset[str], lexicon: Lexicon) -> bool:
    """Tell whether a short form's long form is asked for."""
    for short, long in lexicon.short.items():
        if terms(short) and term in terms(short) and short in text:
            words = terms(long)
            return bool(words) and sum(has(word, asked) for word in words) * 2 > len(words)
    return False
