"""A seeded generator of wrong sentences: real answer sentences made untrue in ways that would hurt a patient.

It was written before the guards that it measures and shares nothing with them: its word lists are its own. Each
kind of corruption is one function from a sentence to a corrupted one, or None where the sentence lacks what the
kind needs; `KINDS` is the visible table of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.corruption_words import (
    ASSERTABLE,
    BOUNDS,
    COMBINATIONS,
    CONDITIONS,
    DESIGNS,
    DIRECTIONS,
    DRUGS,
    FREQUENCIES,
    HARMS,
    HEDGES,
    MEASURES,
    NEGATIONS,
    OTHER_ARM,
    POPULATIONS,
    QUANTIFIERS,
    RESTRICTIONS,
    ROUTES,
    SEVERITIES,
    UNITS,
    VERDICTS,
    WORDS_OF_NUMBERS,
    Pairs,
)


@dataclass(frozen=True, slots=True)
class Corruption:
    """A sentence and what was made of it.

    Attributes:
        kind: name of the kind, a key of `KINDS`.
        before: the sentence as it was.
        after: the sentence made untrue; never equal to `before`.
    """

    kind: str
    before: str
    after: str


Maker = Callable[[str, random.Random], str | None]

_NUMBER = re.compile(r"(?<!version )(?<![A-Za-z\d.,·/−–-])\d{1,6}(?:\.\d{1,4})?(?![\d.,]*\d|[A-Za-z])")
_LEVEL_OF_INTERVAL = re.compile(r"\s?%\s?(?:CI|confidence|credible|CrI)")
_DECIMAL = re.compile(r"(?<!version )(?<![A-Za-z\d.,/−–-])(\d{1,4})\.(\d{1,3})(?![\d.]|[A-Za-z])")
_ROUND = re.compile(r"(?<![A-Za-z\d.,/−–-])[1-9]\d{0,2}0?(?=\s?(?:%|mg|mcg|µg|μg|g|mL|ml|kg|ng|IU)\b|%)")
_INTERVAL = re.compile(
    r"(?:CI|confidence interval|CrI|credible interval)s?[\s:,;=\[(]{1,3}(\d{1,4}(?:\.\d{1,3})?)%?"
    r"(?:\s?[-–−,]\s?|\s(?:to|and)\s)(\d{1,4}(?:\.\d{1,3})?)"
)
_VERSUS = re.compile(
    r"(?<![\w.·])(\d{1,5}(?:[.·]\d{1,3})?)(%?[^\d.;]{0,40}? (?:vs\.?|versus|compared with|compared to|than) "
    r"[^\d.;]{0,30}?)"
    r"(\d{1,5}(?:[.·]\d{1,3})?)(?![\d.·]*\d|\w)"
)
_RESPECTIVELY = re.compile(
    r"(?<![\w.·])(\d{1,5}(?:[.·]\d{1,3})?)(%?[^\d.;]{0,30}? and [^\d.;]{0,20}?)(\d{1,5}(?:[.·]\d{1,3})?)"
    r"(?=%?[^\d.·;]{0,60}\brespectively)"
)
_ARM = re.compile(r"\b(placebo|control|treatment|intervention|active)(?= (?:group|arm)\b)", re.IGNORECASE)
_COUNT = re.compile(r"(?<![\w./])(\d{1,4})(\s?/\s?| of | of the | out of )(\d{1,4})(?![\w/]|\.\d)")
_PERCENT_OF = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)\s?% of (?:the )?(?=\w)")
_COUNT_OF = re.compile(r"(?<![\w./,-])(\d{1,2}) (?=patients|children|participants|adults|women|men|infants|subjects\b)")
_TIME = re.compile(
    r"\b(at|after|by|within|for|over|at least|median of) ((?:\d{1,3}|two|three|four|five|six|eight|ten|twelve))"
    r"(?=(?: (?:hours|days|weeks|months|years)|-(?:hour|day|week|month|year))\b)"
)
_MINUS = re.compile(r"(?<=[\s(=:])[-−–](?=\d)")
_ITEM = r"(?:[\w-]+ ){0,3}[\w-]+(?: \([^()]{1,30}\))?"
_LIST = re.compile(rf"({_ITEM})((?:, {_ITEM}){{1,8}}),? (and|or) (?=\w)")
_BOUND = re.compile("|".join(re.escape(word) for word in BOUNDS))
_NO_DIFFERENCE = re.compile(r"\b(?:no\b.{0,25}\bdifferen|similar|comparable|did not differ|equivalent)", re.IGNORECASE)
_COMPARISON = re.compile(r"\b(?:than|compared with|compared to|versus|vs\.?|over|superior to|inferior to)\b")
_CONTRAST = re.compile(
    r"\b(?:than|superior|inferior|higher|lower|better|worse|greater|fewer|more|less|longer|shorter|reduc\w+|increas\w+"
    r"|improv\w+|decreas\w+)\b|\d"
)
_ASSERTED = re.compile(r"\b(is|are|was|were|should be|has been|have been) (?=(\w+))")
_CAUSES = {"was": "caused", "were": "caused", "is": "causes", "are": "cause"}
_ASSOCIATED = re.compile(
    r"\b(was|were|is|are) (?:significantly |strongly |independently )?(?:associated with|linked to)"
)
_MAY = re.compile(r"(\b[A-Za-z]+)? ?\b(may|might) (be|have|[a-z]+)\b")
_PLURAL = re.compile(r"(?:[^sui]s|they|we|these|those|children|women|men|people|data|both|trials)$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:] | that | which | but ")
_PRONOUN = re.compile(r"^(?:it|this|that|he|she)$", re.IGNORECASE)


def _put(text: str, start: int, end: int, words: str) -> str:
    """Replace a stretch, keeping the capital of its first letter and the article before it right."""
    if text[start : start + 1].isupper() and words[:1].islower() and not text[start : start + 2].isupper():
        words = words[:1].upper() + words[1:]
    before = text[:start]
    article = re.search(r"\b(a|an|A|An) $", before)
    if article and words[:1].isalpha():
        right = "an" if words[0].lower() in "aeiou" else "a"
        right = right.capitalize() if article[1][0] == "A" else right
        before = before[: article.start()] + right + " "
    joined = before + words + text[end:]
    if not words:
        joined = re.sub(r" {2,}", " ", joined).replace(" .", ".").replace(" ,", ",").strip()
        joined = joined[:1].upper() + joined[1:] if text[:1].isupper() else joined
    return joined


def _choose(matches: list[re.Match[str]], chance: random.Random) -> re.Match[str] | None:
    return chance.choice(matches) if matches else None


def _from_pairs(pairs: Pairs) -> Maker:
    """Return a kind that replaces one match of one pattern; a target that is already in the sentence is no change."""
    table = [(re.compile(pattern, re.IGNORECASE), words) for pattern, words in pairs]

    def make(text: str, chance: random.Random) -> str | None:
        low = text.lower()
        found = [
            (match, match.expand(words))
            for pattern, words in table
            for match in pattern.finditer(text)
            if not words or "\\" in words or not re.search(rf"\b{re.escape(words.lower())}\b", low)
        ]
        # Of two patterns that match in one place the earlier in the table is the more specific.
        firsts = {match.start(): (match, words) for match, words in reversed(found)}
        if not firsts:
            return None
        match, words = firsts[chance.choice(sorted(firsts))]
        return _put(text, match.start(), match.end(), words)

    return make


def _from_groups(groups: Sequence[Sequence[str]]) -> Maker:
    """Return a kind that replaces a name by another of its group that the sentence does not hold."""
    group_of = {name.lower(): group for group in groups for name in group}
    names = "|".join(re.escape(name) for name in sorted(group_of, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{names})(?!\w)", re.IGNORECASE)

    def make(text: str, chance: random.Random) -> str | None:
        match = _choose(list(pattern.finditer(text)), chance)
        if match is None:
            return None
        others = [name for name in group_of[match[0].lower()] if name.lower() not in text.lower()]
        return _put(text, match.start(), match.end(), chance.choice(others)) if others else None

    return make


def _other_value(printed: str, chance: random.Random, ceiling: float = 1e9) -> str:
    places = len(printed.partition(".")[2])
    value, step = float(printed), 10.0**-places
    options = [value * 2, value / 2, value + step, value + 2 * step, value - step, value + 3 * step, value * 1.5]
    shown = [f"{option:.{places}f}" for option in options if 0 < option <= ceiling]
    shown = [option for option in shown if float(option) != value and float(option) > 0]
    return chance.choice(shown) if shown else f"{value + 3 * step:.{places}f}"


def _changed_number(text: str, chance: random.Random) -> str | None:
    found = [m for m in _NUMBER.finditer(text) if not _LEVEL_OF_INTERVAL.match(text, m.end())]
    match = _choose(found, chance)
    if match is None:
        return None
    percent = text[match.end() : match.end() + 2].strip().startswith("%")
    other = _other_value(match[0], chance, 100.0 if percent else 1e9)
    return text[: match.start()] + other + text[match.end() :]


def _shifted_decimal(text: str, chance: random.Random) -> str | None:
    match = _choose(list(_DECIMAL.finditer(text)), chance)
    if match is not None:
        shifted = f"{match[1]}{match[2][0]}" + (f".{match[2][1:]}" if match[2][1:] else "")
        shifted = shifted.lstrip("0") or "0"
        shifted = "0" + shifted if shifted.startswith(".") else shifted
        if float(shifted) == float(match[0]):
            return None
        return text[: match.start()] + shifted + text[match.end() :]
    whole = _choose(list(_ROUND.finditer(text)), chance)
    if whole is None or _LEVEL_OF_INTERVAL.match(text, whole.end()):
        return None
    value = int(whole[0])
    other = str(value // 10) if value % 10 == 0 else f"{value / 10:.1f}"
    return text[: whole.start()] + other + text[whole.end() :]


def _other_bound(text: str, chance: random.Random) -> str | None:
    match = _choose(list(_INTERVAL.finditer(text)), chance)
    if match is None:
        return None
    group = chance.choice((1, 2))
    value = float(match[group])
    places = len(match[group].partition(".")[2])
    other = f"{value * (0.8 if group == 1 else 1.2):.{places}f}"
    if float(other) == value:
        other = _other_value(match[group], chance)
    return text[: match.start(group)] + other + text[match.end(group) :]


def _other_arm(text: str, chance: random.Random) -> str | None:
    pairs = [*_VERSUS.finditer(text), *_RESPECTIVELY.finditer(text)]
    swaps = [m for m in pairs if m[1] != m[3]]
    arms = [m for m in _ARM.finditer(text) if OTHER_ARM[m[1].lower()] not in text.lower()]
    match = _choose(swaps + arms, chance)
    if match is None:
        return None
    if match.re is _ARM:
        return _put(text, match.start(), match.end(), OTHER_ARM[match[1].lower()])
    return text[: match.start()] + match[3] + match[2] + match[1] + text[match.end() :]


def _complement(text: str, chance: random.Random) -> str | None:
    found = [m for m in _COUNT.finditer(text) if int(m[1]) < int(m[3]) and 2 * int(m[1]) != int(m[3])]
    match = _choose(found, chance)
    if match is None:
        return None
    return text[: match.start()] + str(int(match[3]) - int(match[1])) + text[match.end(1) :]


def _percent_for_count(text: str, chance: random.Random) -> str | None:
    match = _choose([*_PERCENT_OF.finditer(text), *_COUNT_OF.finditer(text)], chance)
    if match is None:
        return None
    if match.re is _PERCENT_OF:
        return None if "." in match[1] else text[: match.end(1)] + " of the " + text[match.end() :]
    return text[: match.end(1)] + "% of " + text[match.end() :]


def _other_time(text: str, chance: random.Random) -> str | None:
    match = _choose(list(_TIME.finditer(text)), chance)
    if match is None:
        return None
    word = match[2]
    other = WORDS_OF_NUMBERS.get(word) or (str(int(word) * 2) if int(word) else "1")
    return text[: match.start(2)] + other + text[match.end(2) :]


def _swapped_sides(text: str, chance: random.Random) -> str | None:
    if _NO_DIFFERENCE.search(text) or not _CONTRAST.search(text):
        return None
    names = sorted({name for group in DRUGS for name in group} | {"placebo"}, key=len, reverse=True)
    found = list(re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", text, re.IGNORECASE))
    for left, right in pairwise(found):
        between = text[left.end() : right.start()]
        if left[0].lower() != right[0].lower() and _COMPARISON.search(between):
            first, second = right[0], left[0].lower()
            first = first[:1].upper() + first[1:] if left[0][:1].isupper() else first
            return text[: left.start()] + first + between + second + text[right.end() :]
    return None


def _lost_sign(text: str, chance: random.Random) -> str | None:
    found = [m for m in _MINUS.finditer(text) if not re.search(r"\d%?\s$", text[: m.start()])]
    match = _choose(found, chance)
    return None if match is None else text[: match.start()] + text[match.end() :]


def _dropped_harm(text: str, chance: random.Random) -> str | None:
    for match in _LIST.finditer(text):
        middle = match[2].removeprefix(", ").split(", ")
        harmful = [i for i, item in enumerate(middle) if any(harm in item.lower() for harm in HARMS)]
        if harmful:
            gone = chance.choice(harmful)
            kept = [match[1], *(item for i, item in enumerate(middle) if i != gone)]
            joined = ", ".join(kept) + ("," if len(kept) > 1 else "") + f" {match[3]} "
            return text[: match.start()] + joined + text[match.end() :]
    return None


def _other_side_of_bound(text: str, chance: random.Random) -> str | None:
    match = _choose(list(_BOUND.finditer(text)), chance)
    return None if match is None else text[: match.start()] + BOUNDS[match[0]] + text[match.end() :]


def _added_negation(text: str, chance: random.Random) -> str | None:
    found = [m for m in _ASSERTED.finditer(text) if m[2] in ASSERTABLE and text[m.end() :][:4] != "not "]
    match = _choose(found, chance)
    if match is None:
        return None
    head, _, tail = match[1].partition(" ")
    return text[: match.start()] + f"{head} not {tail + ' ' if tail else ''}" + text[match.end() :]


def _association_as_cause(text: str, chance: random.Random) -> str | None:
    match = _choose(list(_ASSOCIATED.finditer(text)), chance)
    if match is None or re.search(r"\bnot $", text[: match.start()]):
        return None
    return text[: match.start()] + _CAUSES[match[1]] + text[match.end() :]


def _third_person(verb: str) -> str:
    if re.search(r"(?:s|sh|ch|x|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def _dropped_may(text: str, chance: random.Random) -> str | None:
    """Drop "may" with the verb put into the present tense where the subject's number is plain, else "will"."""
    match = _choose([m for m in _MAY.finditer(text) if m[3] not in {"not", "also", "or"}], chance)
    if match is None:
        return None
    subject, verb = match[1] or "", match[3]
    # Only a subject that opens its clause is sure to be what the verb agrees with.
    opening = len(_CLAUSE.split(text[: match.start(2)])[-1].split()) <= 2
    plural, single = opening and bool(_PLURAL.search(subject)), opening or bool(_PRONOUN.match(subject))
    if verb.endswith("ly") or subject.lower() in {"and", "that", "which", "who", ""} or not (plural or single):
        new = f"will {verb}"
    elif verb in {"be", "have"}:
        new = {"be": ("is", "are"), "have": ("has", "have")}[verb][plural]
    else:
        new = verb if plural else _third_person(verb)
    return text[: match.start(2)] + new + text[match.end(3) :]


_hedge_by_table = _from_pairs(HEDGES)


def _dropped_hedge(text: str, chance: random.Random) -> str | None:
    return _dropped_may(text, chance) or _hedge_by_table(text, chance)


KINDS: dict[str, Maker] = {
    "changed number": _changed_number,
    "swapped drug": _from_groups(DRUGS),
    "dropped negation": _from_pairs(NEGATIONS),
    "dropped hedge": _dropped_hedge,
    "other confidence bound": _other_bound,
    "other arm": _other_arm,
    "unit changed": _from_pairs(UNITS),
    "population changed": _from_pairs(POPULATIONS),
    "decimal shifted": _shifted_decimal,
    "count for its complement": _complement,
    "percent for count": _percent_for_count,
    "direction reversed": _from_pairs(DIRECTIONS),
    "route changed": _from_pairs(ROUTES),
    "time point changed": _other_time,
    "sides swapped": _swapped_sides,
    "condition swapped": _from_groups(CONDITIONS),
    "frequency changed": _from_pairs(FREQUENCIES),
    "harm dropped": _dropped_harm,
    "quantifier changed": _from_pairs(QUANTIFIERS),
    "sign lost": _lost_sign,
    "bound reversed": _other_side_of_bound,
    "negation added": _added_negation,
    "association as cause": _association_as_cause,
    "verdict reversed": _from_pairs(VERDICTS),
    "design changed": _from_pairs(DESIGNS),
    "severity or line changed": _from_pairs(SEVERITIES),
    "restriction dropped": _from_pairs(RESTRICTIONS),
    "combination changed": _from_pairs(COMBINATIONS),
    "effect measure changed": _from_pairs(MEASURES),
}


def _made(kind: str, text: str, seed: int) -> Corruption | None:
    after = KINDS[kind](text, random.Random(f"{seed}|{kind}|{text}"))
    return None if after is None or after == text else Corruption(kind, text, after)


def corrupt(text: str, seed: int) -> list[Corruption]:
    """Return one corruption of each kind that the sentence has what it needs for, in the order of `KINDS`."""
    return [made for kind in KINDS if (made := _made(kind, text, seed)) is not None]


def sample(sentences: Sequence[str], n: int, seed: int) -> list[Corruption]:
    """Return up to `n` corruptions, balanced over the kinds that apply, without repeats; fewer if there are no more.

    The result depends on the sentences, `n` and `seed` alone.
    """
    distinct = list(dict.fromkeys(sentences))
    queues: dict[str, list[str]] = {}
    for kind in KINDS:
        order = list(distinct)
        random.Random(f"{seed}|{kind}").shuffle(order)
        queues[kind] = order
    taken: list[Corruption] = []
    seen: set[tuple[str, str]] = set()
    while len(taken) < n and any(queues.values()):
        for kind, queue in queues.items():
            while queue and len(taken) < n:
                made = _made(kind, queue.pop(), seed)
                if made is not None and (made.before, made.after) not in seen:
                    seen.add((made.before, made.after))
                    taken.append(made)
                    break
    return taken
