"""The letters of a short form laid over the words beside it, at the least cost.

A letter that begins a word costs nothing, one inside a word more, a word left out more again, a stop word left out
hardly anything. A pair counts where the cost stays under what its letters allow. Schwartz & Hearst (PSB 2003) read them
from the last to the first; Sohn et al. (BMC Bioinformatics 2008, Ab3P) judge each kind of match by how sure it is; the
costs are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.language.linear import linear
from curbside.language.words import listed
from curbside.records import Span

_GREEK = str.maketrans("αβγδεζκλμµσω", "abgdezklmmso")
_LEFT_OUT = listed(
    """
    a an and as at by de for from in into of on or per s t the to via with within without plus + & - – — /
    der du la le type
    """
)
"""Words that a short form may pass over at hardly any cost."""
_TOKEN = linear(r"\S+")


@dataclass(frozen=True, slots=True)
class Costs:
    """What laying a short form over words costs; chosen on the sum of right and wrong pairs of the Ab3P set.

    Attributes:
        part: a letter at the beginning of a part of a word ("-stimulating").
        running: a letter beside the one before it in its word.
        same: a letter farther on in the word of the one before it.
        inside: a letter inside a word that gives no letter before it.
        word: a word left out.
        stop: a stop word left out.
        tail: a word left out at the end.
        digit: a digit left out of the short form.
        plural: the plural's s left out.
        comma: a comma inside the long form.
        letter, base: what is allowed, for each letter and at all.
        lower, odd: less is allowed by this where the short form is in small letters, holds brackets.
    """

    part: float = 0.1
    running: float = 0.2
    same: float = 0.5
    inside: float = 0.9
    word: float = 1.1
    stop: float = 0.1
    tail: float = 1.2
    digit: float = 0.5
    plural: float = 0.1
    comma: float = 0.4
    letter: float = 0.4
    base: float = 0.25
    lower: float = 0.4
    odd: float = 0.6


COSTS = Costs()


def is_sure(short: str, long: str, cost: float) -> bool:
    """Tell whether a pair whose letters were laid at a cost may count."""
    letters = sum(letter.isalnum() for letter in short)
    if len(long) <= len(short) or short.lower() in long.lower().split() or long.isupper():
        return False
    if letters == 1:
        return short.isupper() and cost <= 0 and " " not in long and len(long) > 3
    allowed = COSTS.letter * letters + COSTS.base
    if short.islower():
        allowed -= COSTS.lower
    if "(" in short or "[" in short:
        allowed -= COSTS.odd
    return cost <= allowed


def laid(short: str, text: str, where: Span) -> tuple[float, int] | None:
    """Return the least cost of laying the letters of `short` over words at the end of `where`, and where they start."""
    letters = [letter for letter in short.lower().translate(_GREEK) if letter.isalnum()]
    if not letters:
        return None
    region = _region(text, where)
    if not region.words:
        return None
    most = max(2, min(len(letters) + 5, 2 * len(letters))) + 1
    best = _lay(letters, region, most)
    for left, more in _without(short, letters):
        other = _lay(left, region, most)
        if other is not None and (best is None or other[0] + more < best[0]):
            best = (other[0] + more, other[1])
    return best


def _without(short: str, letters: list[str]) -> Iterator[tuple[list[str], float]]:
    """Yield the letters without what a long form need not hold, with what that costs: a plural's s, digits."""
    if len(letters) > 2 and short[-1] == "s" and short[-2].isupper():
        yield letters[:-1], COSTS.plural
    spelt = [letter for letter in letters if not letter.isdigit()]
    if spelt and len(spelt) < len(letters):
        yield spelt, COSTS.digit * (len(letters) - len(spelt))


def _lay(letters: list[str], region: _Region, most: int) -> tuple[float, int] | None:
    words, out, low = region.words, region.out, region.text
    first = max(0, len(words) - most)
    last = len(letters) - 1
    tail = COSTS.tail / COSTS.word
    # For each place where the letter under way may stand: its word, whether it begins one, the cost of all after it.
    after: list[tuple[int, int, float, float]] = []
    for index in range(last, -1, -1):
        letter = letters[index]
        here: list[tuple[int, int, float, float]] = []
        for number in range(first, len(words)):
            word = words[number]
            place = _next(low, letter, word.start, word.end)
            while place >= 0:
                own = _own_cost(low, word, place)
                best = (out[-1] - out[number + 1]) * tail if index == last else _INFINITE
                for next_place, next_word, next_own, cost in after:
                    if next_place <= place:
                        continue
                    if next_word > number + 1:
                        cost += out[next_word] - out[number + 1]
                    if next_own == COSTS.inside and next_word == number:
                        cost += COSTS.running if next_place == place + 1 else COSTS.same
                    else:
                        cost += next_own
                    if cost < best:
                        best = cost
                if best < _INFINITE and (index > 0 or own <= 0 or _may_open(low[word.start : place])):
                    here.append((place, number, own, best))
                place = _next(low, letter, place + 1, word.end)
        if not here:
            return None
        after = here
    end = len(low.rstrip())
    least: tuple[float, int] | None = None
    for place, number, own, cost in after:
        start = words[number].start if own <= 0 or not _is_apart(low[words[number].start : place]) else place
        while low[start] in "\"'“‘" or (low[start] in _OPEN and not _is_balanced(low[start:end])):
            start += 1
        whole = (cost + (0.0 if own <= 0 else COSTS.part), -start)
        if (least is None or whole < least) and _is_balanced(low[start:end]):
            least = whole
    return (least[0], region.base - least[1]) if least is not None else None


def _is_balanced(words: str) -> bool:
    """Tell whether every bracket that opens in some words closes in them."""
    if "(" not in words and ")" not in words and "[" not in words and "]" not in words:
        return True
    open_now: list[str] = []
    for sign in words:
        if sign in _OPEN:
            open_now.append(_OPEN[sign])
        elif sign in ")]" and (not open_now or open_now.pop() != sign):
            return False
    return not open_now


def _next(low: str, letter: str, start: int, end: int) -> int:
    """Return where a letter stands next, -1 where nowhere; a digit also stands for the word of its number."""
    place = low.find(letter, start, end)
    if place < 0 and letter in _NUMBER_WORDS:
        for word in _NUMBER_WORDS[letter]:
            at = low.find(word, start, end)
            if at == 0 or (at > 0 and not low[at - 1].isalnum()):
                return at
    return place


_NUMBER_WORDS = {
    "1": ("one", "first", "mono"), "2": ("two", "second", "di"), "3": ("three", "third", "tri"), "4": ("four", "tetra"),
    "5": ("five", "fifth"), "6": ("six",), "7": ("seven",), "8": ("eight",), "9": ("nine", "ninth"),
}  # fmt: skip


def _may_open(head: str) -> bool:
    """Tell whether a long form may begin behind such a beginning of a word."""
    return _is_apart(head) or (head.endswith(("-", ")")) and _LOCANT.match(head) is not None)


def _is_apart(head: str) -> bool:
    """Tell whether what stands before in the word is no part of the long form: "anti-", "…/"."""
    return head.endswith("/") or head in ("anti-", "non-", "pre-", "post-")


_LOCANT = linear(r"^(?:[0-9]{1,3}i?|alpha|beta|gamma|delta|[nodlcabg]|di|tri|tetra|bis|[,'′’:()\[\]+/-])+$")
"""What numbers a chemical's places or says its form: "2,3-", "17-beta-", "(+/-)-", "N-"."""
_OPEN = {"(": ")", "[": "]"}
_OPENING = "([\"'“‘"
_INFINITE = float("inf")


def _own_cost(low: str, word: Span, place: int) -> float:
    """Return what a letter costs at its place where no letter of the short form stands before it in its word."""
    if place == word.start or not low[word.start : place].strip(_OPENING):
        return 0.0
    before = low[place - 1]
    begins = not before.isalnum() or before.isdigit() != low[place].isdigit()
    return COSTS.part if begins else COSTS.inside


@dataclass(frozen=True, slots=True)
class _Region:
    """Words in which a long form is looked for.

    Attributes:
        starts: where each word starts in the text.
        text: the words, lower case, Greek letters as Latin ones; same offsets as `base`.
        base: offset of the region.
        out: out[i] is what it costs to leave out the first i words.
        stop: which words are stop words.
    """

    words: list[Span]
    text: str
    base: int
    out: list[float]


def _region(text: str, span: Span) -> _Region:
    raw = span.of(text).replace("--", "  ").replace("—", " ")
    low = raw.lower()
    if len(low) != len(raw):
        low = raw
    low = low.translate(_GREEK)
    words = [Span(match.start(), match.end()) for match in _TOKEN.finditer(raw)]
    out = [0.0]
    for word in words:
        bare = word.of(low).strip(".,()[]'\"")
        out.append(out[-1] + (COSTS.stop if bare in _LEFT_OUT or not bare else COSTS.word))
    return _Region(words, low, span.start, out)
