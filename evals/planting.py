"""A seeded planter of inconsistencies: one printed number of a real sentence or table made wrong, the rest untouched.

It was written before the checks that it measures and shares nothing with them: its patterns are its own. A carrier is
a sentence or a table whose numbers agree by the planter's own arithmetic; the plant is the same text with one number
(for a mix-up of SD and SE the pair of them) or one word changed so that they no longer can. What is changed is more
than a last digit: rounding is no error. `SENTENCES` and `TABLES` are the visible tables of the kinds.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from curbside.records import Block, BlockKind, Cell, Document, DocumentKind, Part, PartRole, Span, Table, sealed

_D = r"[0-9]{1,6}"
_P = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_F = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_PEOPLE = "patients|participants|subjects|children|adults|individuals|people|cases|volunteers|infants|students|persons"
_MALE, _FEMALE = "men|males?|boys", "women|females?|girls"
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|"
    "Aug|Sept?|Oct|Nov|Dec"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in a text: `text[start:end]` becomes `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Plant:
    """A carrier and what was made of it.

    Attributes:
        kind: what was planted, as `CheckKind` names it.
        where: "sentence" or "table".
        source: the article or abstract that it was taken from.
        twin: the carrier, untouched.
        planted: the carrier with the inconsistency.
        span: where in `planted` the changed words stand (the first of two).
        before, after: the changed words.
    """

    kind: str
    where: str
    source: str
    twin: Document
    planted: Document
    span: Span
    before: str
    after: str


def decimals(printed: str) -> int:
    """Return the number of printed decimals."""
    return len(printed.partition(".")[2])


def slips(printed: str, rng: random.Random) -> list[str]:
    """Return the slips of the pen in a number, shuffled: digits swapped, a digit wrong, a point moved."""
    made: set[str] = set()
    digits = [place for place, char in enumerate(printed) if char.isdigit()]
    for one, two in pairwise(digits):
        swapped = list(printed)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        made.add("".join(swapped))
    for place in digits[: max(1, len(digits) - decimals(printed))]:
        for digit in "123456789":
            made.add(printed[:place] + digit + printed[place + 1 :])
    if "." in printed:
        whole, _, part = printed.partition(".")
        made.add(f"{whole}{part[0]}.{part[1:] or '0'}")
    found = sorted(one for one in made if one != printed and not re.match(r"0[0-9]", one))
    rng.shuffle(found)
    return found


def _agrees(k: float, n: float, printed: str) -> bool:
    return n > 0 and abs(100 * k / n - float(printed)) <= 0.5 * 10.0 ** -decimals(printed) + 1e-9


def _off(k: float, n: float, printed: str) -> bool:
    return n >= k and abs(100 * k / n - float(printed)) >= max(1.0, 2.0 * 10.0 ** -decimals(printed))


def wrong_share(at_k: int, k: str, n: str, at_p: int, p: str, rng: random.Random) -> Edit | None:
    """Make a count and its percentage disagree by a slip in one of them."""
    if int(n) < 10 or not _agrees(int(k), int(n), p):
        return None
    for slip in slips(p, rng):
        if float(slip) <= 100 and _off(int(k), int(n), slip):
            share = Edit(at_p, at_p + len(p), slip)
            break
    else:
        return None
    for slip in slips(k, rng):
        if rng.random() < 0.3 and int(slip) <= int(n) and _off(int(slip), int(n), p):
            return Edit(at_k, at_k + len(k), slip)
    return share


_SHARE_AFTER = re.compile(rf"\b({_D})(?:/| of | out of )({_D})(?: [a-z]{{3,14}})?,? ?[(\[] ?({_P}) ?%\)")
_SHARE_FIRST = re.compile(rf"\b({_P}) ?% ?\((?:n ?= ?)?({_D})(?:/| of | out of )({_D})\)")


def percent_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant in "34 of 120 (28.3 %)" or "28.3 % (34/120)"."""
    found = [(m, (1, 2, 3)) for m in _SHARE_AFTER.finditer(text)]
    found += [(m, (2, 3, 1)) for m in _SHARE_FIRST.finditer(text)]
    if not found:
        return None
    m, (k, n, p) = rng.choice(found)
    edit = wrong_share(m.start(k), m[k], m[n], m.start(p), m[p], rng)
    return [edit] if edit else None


_SEXES = re.compile(
    rf"\b({_D}) (?:[a-z-]{{3,14}} ){{0,2}}(?:{_PEOPLE})[^.;()0-9]{{0,40}}"
    rf"[(:,] ?({_D}) (?:were )?(?P<one>{_MALE}|{_FEMALE})(?: ?\([^()]{{1,12}}\))?(?:,| and|/|;)"
    rf"[ ,]{{0,2}}(?:and )?({_D}) (?:were )?"
    rf"(?P<two>{_MALE}|{_FEMALE})\b"
)


def parts_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant in "120 patients (70 men and 50 women)"."""
    m = _SEXES.search(text)
    if m is None or (m["one"] in _MALE.split("|") or m["one"] == "male") == (
        m["two"] in _MALE.split("|") or m["two"] == "male"
    ):
        return None
    total, one, two = int(m[1]), int(m[2]), int(m[4])
    if total != one + two:
        return None
    place = rng.choice([1, 2, 4])
    for slip in slips(m[place], rng):
        return [Edit(m.start(place), m.end(place), slip)]
    return None


_RANDOMISED = re.compile(r"(?i)randomi[sz]|assigned|allocated|divided")
_SIZE = re.compile(rf"\(n ?= ?({_D})\)")
_TOTAL = re.compile(rf"\b({_D}) (?:[a-z-]{{3,14}} ){{0,3}}(?:{_PEOPLE})")


def arms_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant in "120 patients were randomised to A (n = 61) or B (n = 59)"."""
    sizes, total = list(_SIZE.finditer(text)), _TOTAL.search(text)
    if not _RANDOMISED.search(text) or total is None or not 2 <= len(sizes) <= 4:
        return None
    if sizes[0].start() < total.end() or sum(int(m[1]) for m in sizes) != int(total[1]):
        return None
    m = rng.choice([total, *sizes])
    for slip in slips(m[1], rng):
        if 0.5 < int(slip) / int(m[1]) < 2:
            return [Edit(m.start(1), m.end(1), slip)]
    return None


_TWO_SEXES = re.compile(
    rf"\b({_P}) ?% (?:of [a-z ]{{3,30}} )?(?:were |was )?(?:{_MALE})\b[^.;%0-9]{{1,20}}({_P})"
    rf" ?% (?:were )?(?:{_FEMALE})\b"
    rf"|\b({_P}) ?% (?:of [a-z ]{{3,30}} )?(?:were |was )?(?:{_FEMALE})\b[^.;%0-9]{{1,20}}({_P})"
    rf" ?% (?:were )?(?:{_MALE})\b"
)


def shares_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant in "56 % were men and 44 % women"."""
    m = _TWO_SEXES.search(text)
    if m is None:
        return None
    one, two = (1, 2) if m[1] else (3, 4)
    if abs(float(m[one]) + float(m[two]) - 100) > 0.11:
        return None
    place = rng.choice([one, two])
    for slip in slips(m[place], rng):
        if float(slip) <= 100 and abs(float(slip) - float(m[place])) > 2:
            return [Edit(m.start(place), m.end(place), slip)]
    return None


_RATIO = (
    r"\b(?:a?HR|a?OR|a?RR|[Hh]azards? [Rr]atio(?: \(HR\))?|[Oo]dds [Rr]atio(?: \(OR\))?|"
    r"[Rr]elative [Rr]isk(?: \(RR\))?|"
    r"[Rr]isk [Rr]atio(?: \(RR\))?)"
)
_INTERVAL = re.compile(
    rf"(?P<name>{_RATIO}|[Mm]ean difference)[ ,:=]{{1,3}}(?:was |of |is )?(?P<e>{_F})"
    rf"[ ,;(\[]{{1,3}}95 ?% ?(?:CI|confidence interval)"
    rf"[ ,:=(\[]{{0,3}}(?P<l>{_F})(?: ?[-–] ?| to |, )(?P<h>{_F})"
    rf"[)\],;]{{0,2}}(?P<rest> ?[,;(]? ?[Pp] ?(?P<s>[<=]) ?(?P<p>0?\.[0-9]{{1,4}}))?"
)


def _ratio_of(m: re.Match[str]) -> bool:
    return "difference" not in m["name"]


def _bounded(m: re.Match[str]) -> tuple[float, float, float] | None:
    e, low, high = float(m["e"]), float(m["l"]), float(m["h"])
    return (e, low, high) if low < e < high and (not _ratio_of(m) or low > 0) else None


def interval_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant an estimate outside its interval, or bounds in the wrong order."""
    found = [m for m in _INTERVAL.finditer(text) if _bounded(m)]
    if not found:
        return None
    m = rng.choice(found)
    return outside(m, rng)


def outside(m: re.Match[str], rng: random.Random) -> list[Edit] | None:
    """Move the estimate of a match out of its interval, or a bound over the estimate."""
    e, low, high = float(m["e"]), float(m["l"]), float(m["h"])
    step = 2 * 10.0 ** -min(decimals(m["l"]), decimals(m["h"]), decimals(m["e"]))
    if rng.random() < 0.7:
        for slip in slips(m["e"], rng):
            if float(slip) > 0 and (float(slip) < low - step or float(slip) > high + step):
                return [Edit(m.start("e"), m.end("e"), slip)]
    for name in rng.sample(["l", "h"], 2):
        for slip in slips(m[name], rng):
            beyond = float(slip) > e + step if name == "l" else float(slip) < e - step
            if beyond:
                return [Edit(m.start(name), m.end(name), slip)]
    return None


def _halves(e: str, low: str, high: str) -> tuple[float, float] | None:
    """Return the least and greatest ratio of the halves of a ratio's interval on the log scale, within rounding."""
    bounds: list[float] = []
    for one in (-0.5, 0.5):
        for two in (-0.5, 0.5):
            for three in (-0.5, 0.5):
                a = float(e) + one * 10.0 ** -decimals(e)
                b = float(low) + two * 10.0 ** -decimals(low)
                c = float(high) + three * 10.0 ** -decimals(high)
                if not 0 < b < a < c:
                    return None
                bounds.append(math.log(c / a) / math.log(a / b))
    return min(bounds), max(bounds)


def symmetry_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant a bound that leaves the estimate inside and the two halves far from equal."""
    found = [m for m in _INTERVAL.finditer(text) if _bounded(m) and _ratio_of(m)]
    for m in rng.sample(found, len(found)):
        edits = lopsided(m, rng)
        if edits:
            return edits
    return None


def lopsided(m: re.Match[str], rng: random.Random) -> list[Edit] | None:
    """Move a bound of a match so that one half of the interval is at least 2.5 times the other."""
    halves = _halves(m["e"], m["l"], m["h"])
    if halves is None or halves[0] > 1.1 or halves[1] < 0.9:
        return None
    for name in rng.sample(["l", "h"], 2):
        for slip in slips(m[name], rng):
            parts = (m["e"], slip if name == "l" else m["l"], slip if name == "h" else m["h"])
            now = _halves(*parts) if float(slip) > 0 else None
            if now is not None and (now[0] > 2.5 or now[1] < 0.4):
                return [Edit(m.start(name), m.end(name), slip)]
    return None


def p_value_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant a p value that the interval contradicts."""
    found = [m for m in _INTERVAL.finditer(text) if _bounded(m) and m["p"]]
    if not found:
        return None
    m = rng.choice(found)
    _, low, high = float(m["e"]), float(m["l"]), float(m["h"])
    null = 1.0 if _ratio_of(m) else 0.0
    excludes = not low <= null <= high
    p = float(m["p"])
    if excludes != (p < 0.05 or (m["s"] == "<" and p <= 0.05)):
        return None
    sign = "="
    words = rng.choice(["0.21", "0.38", "0.47", "0.62", "0.83"] if excludes else ["0.001", "0.004", "0.0003", "0.002"])
    near = [low, high] if null == 0 else [abs(math.log(low)), abs(math.log(high))] if low > 0 else [0.0]
    if min(abs(x) for x in near) < 0.05:
        return None
    return [
        Edit(
            m.start("s"),
            m.end("p"),
            f"{sign} {words}" if " " in m[0][m.start("s") - m.start() : m.end("p") - m.start()] else f"{sign}{words}",
        )
    ]


_P_HERE = re.compile(r"\b[Pp] ?(?P<s>[<=>]) ?(?P<p>0?\.[0-9]{1,4})\b")
_SIGNIFICANT = re.compile(
    r"\b(?P<no>no (?:statistically )?significant|not (?:statistically )?significant(?:ly)?)\b"
    r"|\b(?P<yes>(?:was|were) (?:statistically )?significantly (?:higher|lower|greater|shorter|longer|better|"
    r"reduced|increased|more|less))\b"
)


def wording_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant a p value that the word "significant" contradicts, or the opposite of that word."""
    found = list(_P_HERE.finditer(text))
    words = list(_SIGNIFICANT.finditer(text))
    if len(found) != 1 or len(words) != 1 or text.count("significan") != 1:
        return None
    m, word = found[0], words[0]
    if not 0 < m.start() - word.end() < 110 or re.search(
        r"[;,]|\bbut\b|\bwhile\b|\bwhereas\b|\balthough\b", text[word.end() : m.start()].rstrip("(, ")
    ):
        return None
    p = float(m["p"])
    small = p < 0.05 if m["s"] == "=" else m["s"] == "<" and p <= 0.05
    if bool(word["yes"]) != small or (not small and p < 0.1):
        return None
    if word["yes"] and rng.random() < 0.4:
        return [Edit(word.start(), word.end(), word[0].replace("was ", "was not ").replace("were ", "were not "))]
    made = rng.choice(["0.24", "0.41", "0.57", "0.76"] if small else ["0.002", "0.0004", "0.008", "0.001"])
    return [Edit(m.start("s"), m.end("p"), f"{'=' if not small or rng.random() < 0.8 else '>'}{made}")]


_PERIOD = re.compile(
    rf"\b(?:[Bb]etween|[Ff]rom) (?:(?P<m1>{_MONTH})\.? )?(?P<y1>(?:19|20)[0-9]{{2}}) (?:and|to|until|through|till) "
    rf"(?:(?P<m2>{_MONTH})\.? )?(?P<y2>(?:19|20)[0-9]{{2}})\b"
)
_SPAN_OF_DATES = re.compile(
    rf"\((?:(?P<m1>{_MONTH}) )(?P<y1>(?:19|20)[0-9]{{2}}) ?(?:-|–|to) ?(?:(?P<m2>{_MONTH}) )(?P<y2>(?:19|20)"
    rf"[0-9]{{2}})\)"
)


def dates_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant a period that ends before it begins."""
    m = _PERIOD.search(text) or _SPAN_OF_DATES.search(text)
    if m is None or int(m["y1"]) > int(m["y2"]) or bool(m["m1"]) != bool(m["m2"]):
        return None
    early = int(m["y1"]) - rng.randint(1, 6)
    late = int(m["y2"]) + rng.randint(1, 6)
    if rng.random() < 0.5:
        return [Edit(m.start("y2"), m.end("y2"), str(early))]
    return [Edit(m.start("y1"), m.end("y1"), str(late))]


_RANGED = re.compile(
    rf"\b(?P<m>{_F}) ?(?:years ?|months ?|days ?)?(?:±|\+/-|\(SD[ =:]{{0,3}}|\(± ?) ?(?P<sd>{_F})\)?[^.0-9%]{{0,25}}"
    rf"(?:[Rr]ange|[Rr]anging|[Rr]anged)[ :=,]{{0,3}}(?:from )?(?P<l>{_F}) ?(?:-|–|to|and) ?(?P<h>{_F})"
)
_MIDDLE = re.compile(
    rf"\b(?:[Mm]ean|[Mm]edian)(?: [a-z-]{{2,14}}){{0,4}}(?: was| of|,|:|=)? (?P<m>{_F}) ?(?:years|months|days|"
    rf"weeks|y|yrs)?,? ?\((?:[Rr]ange|IQR|interquartile range)"
    rf"[ :=,]{{0,3}}(?P<l>{_F}) ?(?:-|–|to) ?(?P<h>{_F})\b"
)


def deviation_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant a mean, a median or a standard deviation that its range does not allow."""
    m = _RANGED.search(text) or _MIDDLE.search(text)
    if m is None:
        return None
    middle, low, high = float(m["m"]), float(m["l"]), float(m["h"])
    if not low < middle < high:
        return None
    if "sd" in m.re.groupindex and rng.random() < 0.5:
        if float(m["sd"]) >= (high - low) / 2:
            return None
        for slip in slips(m["sd"], rng):
            if float(slip) > 0.8 * (high - low):
                return [Edit(m.start("sd"), m.end("sd"), slip)]
    for slip in slips(m["m"], rng):
        if not low - 1 <= float(slip) <= high + 1:
            return [Edit(m.start("m"), m.end("m"), slip)]
    return None


_SD_SE = re.compile(rf"(?P<name>SEM|SE|SD)\b[ =:]{{0,3}}(?P<v>{_F})")
_COUNTED_THINGS = re.compile(
    r"[Mm]ean (?:number|no\.?) of (?!days|hours|weeks|years)(?P<what>[a-z -]{3,40}?)(?: was| of|,|:|=)"
    r" (?P<m>[0-9]{1,2}\.[0-9]{2})\b"
)
_N_HERE = re.compile(rf"\b[nN] ?= ?({_D})\b|\b({_D}) (?:{_PEOPLE})\b")


def mean_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Plant a mean of whole numbers that so many people cannot have."""
    m, sizes = _COUNTED_THINGS.search(text), list(_N_HERE.finditer(text))
    if m is None or len(sizes) != 1:
        return None
    n = int(sizes[0][1] or sizes[0][2])
    return impossible(m.start("m"), m["m"], n, rng)


def _grim(printed: str, n: int) -> bool:
    value, unit = float(printed), 10.0 ** -decimals(printed)
    total = round(value * n)
    return any(abs(k / n - value) <= 0.5 * unit + 1e-9 for k in (total - 1, total, total + 1))


def impossible(at: int, printed: str, n: int, rng: random.Random) -> list[Edit] | None:
    """Change the last digit of a mean so that `n` whole numbers cannot have it."""
    if not 5 <= n <= 90 or decimals(printed) != 2 or not _grim(printed, n):
        return None
    digits = [d for d in "0123456789" if not _grim(printed[:-1] + d, n)]
    return [Edit(at, at + len(printed), printed[:-1] + rng.choice(digits))] if digits else None


SENTENCES: dict[str, Callable[[str, random.Random], list[Edit] | None]] = {
    "percent": percent_in_sentence,
    "parts": parts_in_sentence,
    "arms": arms_in_sentence,
    "shares": shares_in_sentence,
    "interval": interval_in_sentence,
    "symmetry": symmetry_in_sentence,
    "p value": p_value_in_sentence,
    "wording": wording_in_sentence,
    "deviation": deviation_in_sentence,
    "mean": mean_in_sentence,
    "dates": dates_in_sentence,
}
"""Kind -> what plants it in a sentence, or None where the sentence is no carrier."""


def of_sentence(words: str) -> Document:
    """Return a sentence as a document of one paragraph."""
    span = Span(0, len(words))
    part, block = Part(span, PartRole.BODY), Block(span, BlockKind.PARAGRAPH, 0)
    return sealed(Document("", words, DocumentKind.PAGE, parts=(part,), blocks=(block,)))


def of_table(document: Document, table: Table) -> Document:
    """Return one table of an article as a document of its own."""
    by = -table.span.start
    text = table.span.of(document.text)
    whole = Span(0, len(text))
    moved = _moved_table(table, lambda span: span.moved(by))
    part, block = Part(whole, PartRole.BODY), Block(whole, BlockKind.TABLE, 0)
    return sealed(Document("", text, DocumentKind.PAGE, parts=(part,), blocks=(block,), tables=(moved,)))


def _moved_table(table: Table, move: Callable[[Span], Span]) -> Table:
    cells: tuple[Cell, ...] = tuple(
        replace(cell, span=move(cell.span), path=tuple(move(span) for span in cell.path)) for cell in table.cells
    )
    return replace(
        table, span=move(table.span), label=move(table.label) if table.label else None,
        caption=move(table.caption) if table.caption else None, cells=cells,
        footnotes=tuple(move(span) for span in table.footnotes),
    )  # fmt: skip


def plant(kind: str, where: str, source: str, twin: Document, edits: Sequence[Edit]) -> Plant | None:
    """Carry out the edits; None where they change nothing."""
    order = sorted(edits, key=lambda edit: edit.start)
    pieces: list[str] = []
    at = 0
    for edit in order:
        pieces += [twin.text[at : edit.start], edit.words]
        at = edit.end
    text = "".join([*pieces, twin.text[at:]])
    if text == twin.text:
        return None

    def shift(place: int, ends: bool) -> int:
        by = 0
        for edit in order:
            if edit.end <= place if ends else edit.end <= place and edit.start < place:
                by += len(edit.words) - (edit.end - edit.start)
        return place + by

    def move(span: Span) -> Span:
        return Span(shift(span.start, False), shift(span.end, True))

    first = order[0]
    planted = replace(
        twin, id="", text=text,
        parts=tuple(replace(part, span=move(part.span)) for part in twin.parts),
        blocks=tuple(replace(block, span=move(block.span)) for block in twin.blocks),
        tables=tuple(_moved_table(table, move) for table in twin.tables),
    )  # fmt: skip
    span = Span(first.start, first.start + len(first.words))
    before = twin.text[first.start : first.end]
    return Plant(kind, where, source, twin, sealed(planted), span, before, first.words)
