"""What the taggers of words see of each token: its letters, its neighbours, its sentence, its place in the abstract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from curbside.extract.pico_tokens import Token
from curbside.language.linear import Patterns
from curbside.language.words import listed

CUES: dict[str, str] = {
    "end": r"(?i)\b(?:end ?-?points?|outcomes?|outcome measures?)\b",
    "primary": r"(?i)\b(?:primary|secondary|main|principal|co-primary)\b",
    "measured": r"(?i)\b(?:measured|assessed|evaluated|included|completed|questionnaires?|measurements?|scales?)\b",
    "random": r"(?i)\brandom(?:ly|i[sz]ed|i[sz]ation)\b|\b(?:assigned|allocated)\b",
    "people": r"(?i)\b(?:patients|women|participants|subjects|survivors)\b",
    "eligible": r"(?i)\b(?:eligib|enrol|recruit|inclu|with early|with stage)",
    "found": r"(?i)\b(?:significant(?:ly)?|increased?|decreased?|improved?|reduced|higher|lower|greater|differences?|"
    r"similar|associated)\b",
    "p": r"(?i)\bp ?[<=>]|\bCI\b|confidence interval|\bHR\b",
    "versus": r"(?i)\b(?:versus|vs|v|compared|than|or)\b",
    "aim": r"(?i)\b(?:aim|objective|purpose|to (?:evaluate|determine|assess|investigate|compare|examine)|hypothes)",
    "end of it": r"(?i)\b(?:conclusions?|conclude|suggests?|findings|may|these (?:results|data)|further)\b",
    "known": r"(?i)\b(?:is a|are a|has been|have been|remains?|unknown|little is known|standard)\b",
    "will": r"(?i)\bwill be\b",
    "median": r"(?i)\b(?:median|mean|average|rates?|incidence)\b",
    "where": r"(?i)\b(?:centers?|centres?|hospitals?|multicent|countries|university|conducted)\b",
}
_CUES = Patterns(list(CUES.values()))
_NAMES = tuple(CUES)
_CLOSED = listed(
    "the a an of in and or to for with by on at from as was were is are be been that this these than versus vs not no "
    "between after before during either both who which had has have ) ( . , ; : - / = < > %"
)


_PLACES = listed(
    "china chinese japan japanese korea korean india indian iran iranian iraq israel turkey turkish egypt egyptian "
    "pakistan bangladesh thailand thai vietnam malaysia singapore indonesia philippines taiwan taiwanese hong kong "
    "australia australian zealand canada canadian usa us u.s uk u.k states united kingdom britain british england "
    "english scotland scottish wales ireland irish france french germany german italy italian spain spanish portugal "
    "netherlands dutch belgium belgian switzerland swiss austria austrian denmark danish sweden swedish norway "
    "norwegian finland finnish iceland poland polish czech slovakia hungary hungarian romania bulgaria greece greek "
    "serbia croatia slovenia russia russian ukraine brazil brazilian argentina chile mexico mexican colombia peru cuba "
    "africa african nigeria kenya uganda tanzania ghana ethiopia america american european europe asia asian latin "
    "scandinavia scandinavian nordic tunisia morocco algeria jordan lebanon saudi arabia kuwait qatar york california "
    "texas ontario toronto london paris"
)
"""Countries, continents and what is from there."""
_AGAINST = {
    "versus": "vs", "vs": "vs", "v": "vs", "compared": "vs", "comparing": "cf", "comparison": "cf", "against": "vs",
    "or": "or", "either": "cf", "than": "vs", "between": "cf",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def looks(word: str) -> tuple[str, ...]:
    """Return what the letters of a word tell: ends, beginning, shape."""
    low = word.lower()
    shape = "".join("X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c for c in word[:8])
    short = "".join(c for i, c in enumerate(shape) if i == 0 or c != shape[i - 1])
    made = [f"sh={short}"]
    if len(word) > 3 and word[0].isalpha():
        made += [f"s3={low[-3:]}", f"s4={low[-4:]}", f"p3={low[:3]}"]
    if len(word) > 1 and word.isupper() and word.isalpha():
        made.append("caps")
    return tuple(made)


def sentence_marks(text: str, found: Sequence[Token]) -> list[list[str]]:
    """Return, for each sentence, where it stands and which cues it holds."""
    if not found:
        return []
    count = found[-1].sentence + 1
    bounds: list[tuple[int, int]] = [(len(text), 0)] * count
    for token in found:
        low, high = bounds[token.sentence]
        bounds[token.sentence] = (min(low, token.start), max(high, token.end))
    made: list[list[str]] = []
    for index, (low, high) in enumerate(bounds):
        marks = [f"q{_NAMES[place]}" for place in _CUES.found(text[low:high])] if high else []
        place = f"at{min(index, 3)}" if index < 4 else f"at~{5 * index // count}"
        marks += [place, f"last{min(count - 1 - index, 3)}", f"rel{6 * index // count}"]
        made.append(marks)
    return made


def _step(count: int) -> int:
    return count if count < 4 else 4 if count < 7 else 7


def _splits(found: Sequence[Token]) -> list[str]:
    """Return, for each token, whether its sentence sets one thing against another before or behind it."""
    made: list[str] = []
    behind: list[bool] = [False] * len(found)
    later, sentence = False, -1
    for place in range(len(found) - 1, -1, -1):
        token = found[place]
        if token.sentence != sentence:
            later, sentence = False, token.sentence
        behind[place] = later
        later = later or token.low in _AGAINST
    before, sentence, distance = "", -1, 0
    for place, token in enumerate(found):
        if token.sentence != sentence:
            before, sentence = "", token.sentence
        made.append(f"v{before}{min(distance, 12) // 3 if before else ''}{'>' if behind[place] else ''}")
        distance += 1
        if token.low in _AGAINST:
            before, distance = _AGAINST[token.low], 0
    return made


def word_features(text: str, found: Sequence[Token], classes: Mapping[str, int]) -> list[list[str]]:
    """Return the features of each token, in the same order; names are those the shipped weights know.

    Args:
        text: the abstract.
        found: its tokens.
        classes: word -> class of words that keep the same company.
    """
    marks = sentence_marks(text, found)
    lows = ["<s>", "<s>", "<s>", "<s>", *(token.low for token in found), "</s>", "</s>", "</s>", "</s>"]
    title = {token.low for token in found if token.sentence == 0}
    company = [classes.get(low, -1) for low in lows]
    times = Counter(token.low for token in found)
    seen: set[str] = set()
    depth = 0
    split = _splits(found)
    made: list[list[str]] = []
    for i, token in enumerate(found):
        j = i + 4
        word, left, right = lows[j], lows[j - 1], lows[j + 1]
        if word == "(":
            depth = 1
        elif word == ")":
            depth = 0
        sentence = marks[token.sentence]
        row = [
            "b",
            f"w={word}",
            f"w-1={left}",
            f"w+1={right}",
            f"w-2={lows[j - 2]}",
            f"w+2={lows[j + 2]}",
            f"w-3={lows[j - 3]}",
            f"w+3={lows[j + 3]}",
            f"w-4={lows[j - 4]}",
            f"l2={lows[j - 2]} {left}",
            f"r2={right} {lows[j + 2]}",
            f"lw={left} {word}",
            f"wr={word} {right}",
            f"lr={left} {right}",
            f"c={company[j]}",
            f"c-1={company[j - 1]}",
            f"c+1={company[j + 1]}",
            f"c-2={company[j - 2]}",
            f"c+2={company[j + 2]}",
            f"lc={company[j - 1]} {company[j]}",
            f"cr={company[j]} {company[j + 1]}",
            *looks(token.text),
            *sentence,
        ]
        if word in _PLACES:
            row.append("country")
        if right in _PLACES:
            row.append("country+1")
        if left in _PLACES:
            row.append("country-1")
        if i:
            row += ["-" + look for look in looks(found[i - 1].text)[:2]]
        if i + 1 < len(found):
            row += ["+" + look for look in looks(found[i + 1].text)[:2]]
        if token.value is not None:
            row.append("number%" if token.percent else "number")
        elif word not in _CLOSED:
            row += [
                f"w={word}&{sentence[-3]}",
                ("old" if word in seen else "new") + ("t" if word in title else ""),
            ]
            if word not in seen:
                row.append(f"new&{sentence[-3]}")
            row.append(f"times{_step(times[word])}&{sentence[-3]}")
            row.append(f"times{_step(times[word])}&{split[i]}")
        row.append(split[i])
        row.append(f"{split[i]}&{sentence[-3]}")
        if depth:
            row.append("in()")
        made.append(row)
        seen.add(word)
    return made
