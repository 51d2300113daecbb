"""Wordings that say what the sentence says: rows written by hand, and rules of this module's own.

The hand-written rows (`evals/data/faithful.jsonl`) were written from the sentences of the starter shelf before any
guard of rewordings stood; the rules know nothing of the guards either.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HAND = Path(__file__).parent / "data" / "faithful.jsonl"

_WORDS: tuple[tuple[str, str], ...] = (
    (r"\btwice daily\b", "twice a day"),
    (r"\bonce daily\b", "once a day"),
    (r"\bby mouth\b", "orally"),
    (r"\badverse (?:events|effects)\b", "side effects"),
    (r"\bside effects\b", "adverse effects"),
    (r"\bkidney\b", "renal"),
    (r"\brenal\b", "kidney"),
    (r"\bwhile\b", "whereas"),
    (r"\balthough\b", "even though"),
    (r"\bbecause of\b", "due to"),
    (r"\bcompared with\b", "compared to"),
    (r"\bmost common\b", "most frequent"),
    (r"\bmore common\b", "more frequent"),
    (r"\badvises\b", "recommends"),
    (r"\brecommends\b", "advises"),
    (r"\bfell\b", "decreased"),
    (r"\brose\b", "increased"),
    (r"\blowered\b", "reduced"),
    (r"\breduced\b", "decreased"),
    (r"\bstopped\b", "discontinued"),
    (r"\bbegan\b", "started"),
    (r"\bstarted\b", "began"),
    (r"\btherapy\b", "treatment"),
    (r"\bdurable\b", "lasting"),
    (r"\brapidly\b", "quickly"),
    (r"\bmean\b", "average"),
    (r"\bdid not\b", "didn't"),
    (r"\bpatients who took\b", "patients taking"),
    (r"\bstates that\b", "says that"),
    (r"\bprevious\b", "prior"),
    (r"\bshrank\b", "became smaller"),
    (r"\bexamined\b", "investigated"),
    (r"\brequires\b", "needs"),
    (r"\bmainly\b", "mostly"),
    (r"\bafterwards\b", "thereafter"),
    (r"\bcauses\b", "leads to"),
    (r"\bcaused\b", "led to"),
    (r"\bin children and adolescents\b", "in adolescents and children"),
    (r"\badults and children\b", "children and adults"),
    (r"\bdeveloped in\b", "occurred in"),
    (r"\boccurred in\b", "was seen in"),
)


_HEAVY = re.compile(r"\b(?:and|or|than|not|no|in|at|with|between|calls?|names?|speaks|describes?)\b")


def _word(text: str, chance: random.Random) -> str | None:
    options = [(pattern, words) for pattern, words in _WORDS if re.search(pattern, text)]
    if not options:
        return None
    pattern, words = chance.choice(options)
    if words == "was seen in":
        words = "were seen in" if re.search(r"(?:s|and [a-z]+) occurred in", text) else words
    return re.sub(pattern, words, text, count=1)


def _to_the_end(text: str, chance: random.Random) -> str | None:
    del chance
    found = re.match(r"^(In|At|After|During|For) ([^,;.]{4,60}), ([^;]{20,160})\.$", text)
    if found is None or " and " in found[3] or "," in found[3]:
        return None
    # A name in capitals or a number keeps its letter; anything else begins the sentence now.
    return f"{found[3][:1].upper()}{found[3][1:]} {found[1].lower()} {found[2]}."


def _to_the_front(text: str, chance: random.Random) -> str | None:
    del chance
    found = re.match(r"^([A-Z][^,;:()]{20,140}?) (in|at|after|during) ((?!which|this)[^,;:()]{4,60})\.$", text)
    if found is None or re.search(
        r"\b(?:and|or|than|not|no|in|at|with|between|calls?|names?|speaks|describes?)\b", found[1]
    ):
        return None
    if re.search(r"\b(?:and|as)\b", found[3]):
        return None
    head = (
        found[1]
        if found[1][:2].isupper() or re.match(r"[A-Z][A-Z0-9-]", found[1])
        else found[1][:1].lower() + found[1][1:]
    )
    return f"{found[2].capitalize()} {found[3]}, {head}."


def _split(text: str, chance: random.Random) -> str | None:
    del chance
    found = re.match(r"^([^;]{20,}); ([a-z][^;]{12,})$", text)
    return f"{found[1]}. {found[2][:1].upper()}{found[2][1:]}" if found else None


def _joined(text: str, chance: random.Random) -> str | None:
    del chance
    found = re.match(r"^([^;]{20,}); ([a-z][^;]{12,})$", text)
    return f"{found[1]}, and {found[2]}" if found else None


def _noun_first(text: str, chance: random.Random) -> str | None:
    del chance
    made = re.sub(
        r"\b[Tt]he (trial|study|report|review|dose|level|use) of ([a-z]+)(?= (?:in|for|against|was|had|is|on) )",
        lambda m: f"{'The' if m[0][0] == 'T' else 'the'} {m[2]} {m[1]}",
        text,
        count=1,
    )
    return made if made != text else None


def _joiner(text: str, chance: random.Random) -> str | None:
    if re.match(r"^(?:In|At|The|This|No|All|Most)\b", text) is None:
        return None
    return f"{chance.choice(('Moreover', 'In addition', 'Furthermore'))}, {text[:1].lower()}{text[1:]}"


RULES: dict[str, Callable[[str, random.Random], str | None]] = {
    "word": _word,
    "to the end": _to_the_end,
    "to the front": _to_the_front,
    "split": _split,
    "joined": _joined,
    "noun first": _noun_first,
    "joiner": _joiner,
}
"""Kind -> rule, None where it does not fit."""


@dataclass(frozen=True, slots=True)
class Faithful:
    """A sentence and a wording that says the same.

    Attributes:
        kind: "by hand" or the rules it was made by.
        text: the sentence.
        reworded: the wording.
    """

    kind: str
    text: str
    reworded: str


def by_hand() -> list[Faithful]:
    """Return the rows written by hand."""
    rows = [json.loads(line) for line in HAND.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [Faithful("by hand", row["text"], row["reworded"]) for row in rows]


def by_rules(sentences: Sequence[str], n: int, seed: int) -> list[Faithful]:
    """Return up to `n` wordings by one rule or two, balanced over the rules, no sentence twice."""
    queues: dict[str, list[str]] = {}
    for kind in RULES:
        order = sorted(set(sentences))
        random.Random(f"{seed}|{kind}").shuffle(order)
        queues[kind] = order
    taken: list[Faithful] = []
    used: set[str] = set()
    while len(taken) < n and any(queues.values()):
        for kind, queue in queues.items():
            while queue and len(taken) < n:
                text = queue.pop()
                chance = random.Random(f"{seed}|{kind}|{text}")
                made = RULES[kind](text, chance) if text not in used else None
                if made is None or made == text:
                    continue
                second = _word(made, chance) if chance.random() < 0.5 else None
                used.add(text)
                taken.append(Faithful(f"{kind} + word" if second else kind, text, second or made))
                break
    return taken
