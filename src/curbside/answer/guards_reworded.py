"""What a rewording must pass besides the guards of every sentence; what fails stays as the source has it.

A rewording is held against the sentence that it rewords word by word: each word that counts must be in both, or another
of the same class (`language.same_words`), in an order that says the same (`answer.rewording_moves`). So nothing can be
added, left out, swapped or turned around that a reader would miss. What a reworded sentence may not hold at all, such
as markup and addresses, is looked at first.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from curbside.answer.guards import GUARDS, Failure, Sentence, failures
from curbside.answer.guards_meaning import Beside, meaning_failures
from curbside.answer.rewording_moves import moved
from curbside.answer.rewording_read import Read, read
from curbside.language.linear import linear
from curbside.language.words import flat, listed
from curbside.records import ConceptKind

LONGEST = 1.6
"""A rewording may be so many times as long as the sentence, and 40 letters more."""

MOST_LETTERS = 1_500
"""A sentence that is longer stands as it is."""

_ALLOWED_SIGNS = frozenset("’‘“”–—−≥≤±×µμ°…·é")
_MARKUP = linear(
    r"(?i)<\s*[a-z!/?]|&[a-z#0-9]{2,8};|https?:|www\.|://|\bjavascript:|\bdata:|\]\(|[`{}\\^~|]|\[[0-9 ,–-]{1,20}\]"
    r"|\b[a-z0-9.-]{1,40}\.(?:com|org|net|io|xyz|info|ru|cn|de|uk|gov|edu|co)\b|@[a-z0-9]|\*\*|__|^#"
)
_WORD = linear(r"[a-z]{2,20}")
_PRESENT = listed("is are has does")
_PAST = listed("was were had did")
_PURPOSE, _MEANS = frozenset({"for", "against"}), frozenset({"with", "on", "by", "under", "using", "taking"})


@dataclass(frozen=True, slots=True)
class Rewording:
    """A rewording on trial.

    Attributes:
        said: the sentence as the answer has it, on its quotes.
        text: what is to stand instead.
        one, other: both, read.
    """

    said: Sentence
    text: str
    one: Read
    other: Read


def form_guard(trial: Rewording) -> str:
    """It is one line of plain words, not much longer than the sentence: no markup, address, hidden or foreign sign."""
    text = trial.text
    if not text.strip() or text != text.strip():
        return "it is empty or begins or ends with blanks"
    if len(trial.said.text) > MOST_LETTERS:
        return "the sentence is too long to be reworded"
    if len(text) > LONGEST * len(trial.said.text) + 40:
        return "it is much longer than the sentence"
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") for sign in text):
        return "it holds signs that cannot be seen"
    strange = {sign for sign in text if not sign.isascii()} - set(trial.said.text) - _ALLOWED_SIGNS
    if strange:
        return f"it holds signs that the sentence does not: {sorted(strange)}"
    found = _MARKUP.search(text)
    if found is not None and found.group() not in trial.said.text:
        return f"it holds markup or an address: {found.group()!r}"
    return ""


def words_guard(trial: Rewording) -> str:
    """It has the words of the sentence that count, or words that mean the same, and no others."""
    one, other = Counter(trial.one.keys), Counter(trial.other.keys)
    one["by"] = other["by"] = 0
    added, lost = +(other - one), +(one - other)
    if added:
        return f"it adds {_named(added)}"
    return f"it leaves out {_named(lost)}" if lost else ""


def _named(keys: Counter[str]) -> str:
    return ", ".join(repr(key.lstrip("#@")) for key in sorted(keys))


def moves_guard(trial: Rewording) -> str:
    """Its order says what the sentence's says."""
    return "" if moved(trial.one, trial.other, (trial.said.text, trial.text)) else "its order may say something else"


def tense_guard(trial: Rewording) -> str:
    """What was found once is not said to hold for ever."""
    one, other = (Counter(_WORD.findall(flat(text))) for text in (trial.said.text, trial.text))
    now, then = (sum(other[word] - one[word] for word in words) for words in (_PRESENT, _PAST))
    if now > 0 > then or (now > 0 and not any(one[word] for word in _PRESENT) and any(one[word] for word in _PAST)):
        return "it says of now what the sentence says of then"
    one, other = _endings(trial.said.text, trial.one), _endings(trial.text, trial.other)
    general = [
        key
        for key, end in other
        if end == "s" and other[key, "s"] > one[key, "s"] and other[key, "ed"] < one[key, "ed"]
    ]
    return f"it says in general what the sentence says of then ({', '.join(sorted(general))})" if general else ""


def _endings(text: str, found: Read) -> Counter[tuple[str, str]]:
    """How often a word that counts ends as verbs of the past or of the present do."""
    shown = [(word.key, word.span.of(text).lower()) for word in found.words]
    return Counter((key, "ed" if each.endswith("ed") else "s" if each.endswith("s") else "") for key, each in shown)


def part_guard(trial: Rewording) -> str:
    """A drug that something was done with is not one that it was done for, nor the other way round."""
    one, other = _parts(trial.one), _parts(trial.other)
    for key, sorts in other.items():
        held = one.get(key, set())
        if sorts and held and sorts.isdisjoint(held):
            return f"it gives {key.lstrip('@')} another part"
    return ""


_BEFORE_NUMBERS = {
    **dict.fromkeys(("at", "on"), "at"),
    **dict.fromkeys(("in", "among", "of"), "in"),
    **dict.fromkeys(("to", "into"), "to"),
    "for": "for",
    "within": "within",
}
"""Word before a number -> its sort: "fell to 30%" is not "fell in 30%", "for 4 weeks" not "within 4 weeks"."""


def figure_guard(trial: Rewording) -> str:
    """Each number stands behind a word of the sort that it stands behind in the sentence: to, in, at, for, within."""
    one, other = _leads(trial.one), _leads(trial.other)
    for key, sorts in other.items():
        held = one.get(key, set())
        allowed = {*held, "in"} if "(" in held else held  # "lupus (14 patients)": "14 patients with lupus"
        if held and not sorts - {"("} <= allowed:
            return f"{key.lstrip('#')} stands behind another word"
    return ""


def _leads(found: Read) -> dict[str, set[str]]:
    leads: dict[str, set[str]] = {}
    for before, word in zip((None, *found.words), found.words):
        if not word.is_number or (before is not None and before.key in _NAMING):
            continue
        tail = [each for each in word.before if each not in ("the", "a", "an")][-1:]
        sorts = leads.setdefault(word.key, set())
        sorts.add(_BEFORE_NUMBERS.get(tail[0], "") if tail else "")
        sorts |= {"("} if "(" in tail else set()
    return leads


_NAMING = listed("mean median total rang range dose n")
"""Words whose number follows with "of" or without."""

_STOPS, _JOINTS = frozenset(".;:!?"), frozenset((".", ";", ":", "!", "?", ",", "(", ")", "and", "which", "that", "who"))
_TURNS = listed("but whereas although because")
_DENIALS = listed("not without neither nor never")


def joint_guard(trial: Rewording) -> str:
    """Clauses end where the sentence has a joint, and nowhere else; a denial is not cut off from what it denies."""
    one, other = trial.one.words, trial.other.words
    if trial.one.keys != trial.other.keys:
        joints = {word.key for word in one if _JOINTS.intersection(word.before) or word.key in _TURNS}
        cut = {word.key for word in other[1:] if _STOPS.intersection(word.before)}
        return "it is cut where the sentence is not" if cut - joints else ""
    for place in range(1, len(one)):
        held, said = frozenset(one[place].before), frozenset(other[place].before)
        jointed = bool(_JOINTS & held) or one[place].key in _TURNS
        if (_STOPS & said and not jointed) or (_STOPS & held and not (_JOINTS & said or one[place].key in _TURNS)):
            return "it is cut where the sentence is not, or joined where it is cut"
        if one[place - 1].key in _DENIALS and bool(_JOINTS & said) != bool(_JOINTS & held):
            return "it denies something else"
    return ""


def _parts(found: Read) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = {}
    for word in found.words:
        if word.kind not in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS):
            continue
        tail = [each for each in word.before if each not in ("the", "a", "an")][-1:]
        sort = "for" if set(tail) & _PURPOSE else "with" if set(tail) & _MEANS else ""
        if sort:
            parts.setdefault(word.key, set()).add(sort)
    return parts


REWORDED: dict[str, Callable[[Rewording], str]] = {
    "form": form_guard,
    "words": words_guard,
    "moves": moves_guard,
    "tense": tense_guard,
    "part": part_guard,
    "figure": figure_guard,
    "joint": joint_guard,
}
"""Name -> guard of rewordings; a guard returns why one fails, or ""."""

_NOT_HELD = frozenset({"subject", "order", "wording"})
SHARED = tuple(name for name in GUARDS if name not in _NOT_HELD)
"""Guards of every sentence that a rewording passes as well; the other three ask for the source's own words in their
order, and what takes their place here is in `REWORDED`."""


def refusals(said: Sentence, text: str) -> tuple[Failure, ...]:
    """Return why `text` may not stand in the place of `said`; an empty result lets it through.

    The text is not read further once it is found to hold what no sentence may. The guards that look at words as they
    are printed are shown the rewording in the words of the sentence, where both were found to be the same.
    """
    trial = Rewording(said, text, Read((), ()), Read((), ()))
    broken = form_guard(trial)
    if broken:
        return (Failure("form", broken),)
    vocabulary = said.vocabulary
    text = _written_out(text)
    trial = replace(trial, text=text, one=read(said.text, vocabulary), other=read(text, vocabulary))
    own = ((name, guard(trial)) for name, guard in REWORDED.items() if name != "form")
    found = [Failure(name, reason) for name, reason in own if reason]
    echo = text if any(failure.guard == "words" for failure in found) else _in_words_of(trial)
    meant = meaning_failures(Beside(echo, said.text, vocabulary, said.derived))
    return (*found, *meant, *failures(replace(said, text=echo), SHARED))


def _written_out(text: str) -> str:
    """Return a text without contractions of "not"."""
    for short, whole in (("can't", "cannot"), ("won't", "will not"), ("n't", " not")):
        text = text.replace(short.replace("'", "’"), short).replace(short, whole)
    return text


def _in_words_of(trial: Rewording) -> str:
    """Return the rewording with each word that counts as the sentence prints it."""
    printed: dict[str, list[str]] = {}
    for word in trial.one.words:
        printed.setdefault(word.key, []).append(word.span.of(trial.said.text))
    pieces: list[str] = []
    at = 0
    for word in trial.other.words:
        held = printed.get(word.key)
        shown = held.pop(0) if held else word.span.of(trial.text)
        pieces += [trial.text[at : word.span.start], shown]
        at = word.span.end
    return "".join(pieces) + trial.text[at:]
