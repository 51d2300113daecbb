"""What stands around a stop: whether a sentence can open after it, and whether it only ends an abbreviation."""

from __future__ import annotations

import re
from itertools import product

from curbside.language.words import listed

NEVER = listed(
    """
    dr drs prof profs mr mrs ms mt st vs cf viz fig figs e.g i.e eg ie approx resp et incl excl messrs gen rev hon
    suppl figs. tbl
    """
)
"""Abbreviations that never end a sentence."""

BEFORE_NUMBERS = listed(
    """
    no nos p pp vol vols eq eqs ref refs sec sect ch chap max min ca c tab art jan feb mar apr jun jul aug sep sept
    oct nov dec ver v n nr approx app ext tel chr chrom exp expt para par cat lot ser fig figs rel
    """
)
"""Abbreviations that end no sentence when a number follows."""

BEFORE_LOWER = listed("al etc inc ltd co corp jr sr dept univ assoc ed eds est spp sp subsp ssp var op cit ibid esp")
"""Abbreviations that end a sentence only when a capitalised word follows."""

STARTERS = listed(
    """
    A An The This These That Those There Here We Our It Its They Their He She His Her You I In On At By For From To Of
    With Without As After Before During Since Because If When Where While Although Though However Moreover Furthermore
    Additionally Also Thus Therefore Hence Finally Overall Among Between Under Over Both All Any Each Every No None Not
    Nor Neither Either Most Many Some Several Few Only One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve
    Thirteen Fourteen Fifteen Sixteen Twenty Thirty Forty Fifty Patients Children Adults Participants Subjects Women
    Men Infants Results Methods Conclusion Conclusions Background Objective Objectives Treatment Therapy Using Such
    Further Recently Previously Currently Data Studies Is Are Was Were Does Do Did Can Should What Which Who How Why
    Median Mean Adverse Response Survival But And Or So Yet Then Once Until Despite Given Compared Based Like Unlike
    """
)
"""Words that open sentences far more often than they continue a name."""

LABELS = listed(
    """
    vitamin vitamins hepatitis group groups grade grades type types arm arms cohort cohorts factor influenza class
    phase stage part panel protein kinase immunoglobulin haemophilia hemophilia category level model appendix table
    figure schedule regimen subtype subgroup virus score step plan option site strain serotype ward team variant
    immunoglobulins complex coenzyme botulinum streptococcus globulin haemoglobin hemoglobin apolipoprotein hospital
    """
)
"""Words whose single capital letter (vitamin D, group A) is a label and no initial."""

CONTINUES = listed(
    """
    Food Department Government Centers Centres Army Navy Air Veterans Congress Senate Census Public National
    Preventive Environmental Drug Supreme Customs Agency Secretary President States Dollars Pharmacopeia Pharmacopoeia
    Federal Surgeon General Office House Bureau Patent Registry Cancer
    """
)
"""Words that go on the name of a country's body: U.S. Food and Drug Administration."""

TERM = re.compile(r"[A-Za-z0-9Α-Ωα-ω]{1,12}+(?:[-/][A-Za-z0-9Α-Ωα-ω]{1,12}+){0,3}")
VARIANT = re.compile(r"[cgmnpr]\.(?:[0-9*(-]|[A-Z][a-z]{0,2}[0-9])")
CAPTION = re.compile(
    r"(?:suppl(?:\.|ementary|emental) )?(?:table|figure|fig\.?|box|scheme|chart|panel|appendix|example|step|part"
    r"|chapter|section|note|case|key question|recommendation|objective|aim|study) [a-z]?[0-9]{1,3}[a-z]?$",
    re.IGNORECASE,
)
JOINED = re.compile(r"[A-Z][a-z]{1,30}+(?=[\s,A-Z])|(?:A|I)(?=\s)")
_OPENERS = frozenset("\"'“‘«([{*_")
_SIGNS = frozenset("<>≤≥=~±+−$£€#@†‡§¶•▪◦●")
_DASHES = frozenset("-–—")
_BEFORE_ANY = NEVER | BEFORE_NUMBERS | BEFORE_LOWER
CAUTIOUS = _BEFORE_ANY | {"".join(each) for width in range(1, 6) for each in product("ivx", repeat=width)}
"""Words in small letters after which a full stop may end no sentence: abbreviations, and the numbers of items."""
_LONGEST = 24  # letters looked back for an abbreviation
_ENUMERATOR = re.compile(r"(?:[A-Z]?[0-9]{1,3}[a-zA-Z]?|[a-zA-Z]|[ivxIVX]{1,5})(?:\.[0-9]{1,2}){0,4}$")


def opens(piece: str, at: int, after: int) -> bool:
    """Tell whether what follows the stop at `at`, closed at `after`, can open a sentence."""
    following = _following(piece, after)
    if following >= len(piece):
        return True
    if following == after:
        return _joined(piece, at, after)
    letter = piece[following]
    if letter in _DASHES and piece[following + 1 : following + 2].isspace():
        following = _following(piece, following + 1)
        letter = piece[following : following + 1]
    while letter and letter in _OPENERS:
        following += 1
        letter = piece[following : following + 1]
    if not letter:
        return True
    if letter.isdigit():
        return after - at < 3 or piece[at] != "."  # "1, 2, ... 10" goes on
    if "a" <= letter <= "z":
        return _term(piece, following)
    if letter.islower():
        return "α" <= letter <= "ω" or letter == "µ"
    return letter.isalpha() or letter in _SIGNS


def _following(piece: str, at: int) -> int:
    while at < len(piece) and piece[at].isspace():
        at += 1
    return at


def _term(piece: str, at: int) -> bool:
    """Tell whether a lower-case start is a term that is always written so: mTOR, p53, siRNA, miR-21, c.76A>T."""
    if VARIANT.match(piece, at) is not None:
        return True
    match = TERM.match(piece, at)
    if match is None:
        return False
    word = match.group()
    return any("A" <= letter <= "Z" or "0" <= letter <= "9" for letter in word)


def _joined(piece: str, at: int, after: int) -> bool:
    """Tell whether the space after the stop was lost: "6 months.Importantly"."""
    if after - at != 1 or JOINED.match(piece, after) is None:
        return False
    low = at
    while low > 0 and at - low < 40 and not piece[low - 1].isspace():
        low -= 1
    chunk = piece[low:at]
    if "/" in chunk or "@" in chunk or chunk.startswith("www") or "." in chunk.rstrip("0123456789"):
        return False
    return chunk[-1:].isdigit() or chunk[-1:] in "%)]" or (len(chunk) > 2 and chunk[-3:].isalpha())


def abbreviated(piece: str, at: int, after: int) -> bool:
    """Tell whether the full stop at `at` ends an abbreviation, initial or list number and no sentence."""
    low = at
    while low > 0 and at - low < _LONGEST and (piece[low - 1].isalpha() or piece[low - 1] == "."):
        low -= 1
    word = piece[low:at].lstrip(".")
    low = at - len(word)
    following = _following(piece, after)
    upcoming = piece[following : following + 1]
    if _enumerates(piece, at):
        return True
    if not word or (low > 0 and piece[low - 1].isdigit()):
        return False
    if after - at > 1 and piece[at + 1] == ".":
        return False
    return _abbreviates(piece, word, low, upcoming, following)


def _abbreviates(piece: str, word: str, low: int, upcoming: str, following: int) -> bool:
    lower = word.lower()
    if lower in NEVER and not (len(word) > 1 and word.isupper() and word.isalpha()):
        return True
    if lower in BEFORE_NUMBERS and (upcoming.isdigit() or upcoming in "(["):
        return not piece[max(0, low - 2) : low].strip().isdigit()
    if lower in BEFORE_LOWER:
        return not (upcoming.isalpha() and upcoming.isupper()) and upcoming not in '“"'
    if len(word) == 1 and word.isupper():
        return _initial(piece, low, following)
    if "." in word:
        if not upcoming.isalpha():
            return True
        return not word.islower() and not _opens_after_acronym(piece, following)
    return False


def _opens_after_acronym(piece: str, following: int) -> bool:
    """Tell whether the capitalised word after "U.S." opens a sentence and does not continue a name."""
    word = _next_word(piece, following)
    if word in STARTERS:
        return True
    beyond = _following(piece, following + len(word))
    return (
        len(word) > 1
        and word not in CONTINUES
        and beyond > following + len(word)
        and piece[beyond : beyond + 1].islower()
    )


def _initial(piece: str, low: int, following: int) -> bool:
    """Tell whether the single capital at `low` is an initial ("J. Smith") and no label ("vitamin D. Patients")."""
    if low > 0 and not (piece[low - 1].isspace() or piece[low - 1] in "(.[-"):
        return False
    if _next_word(piece, following) in STARTERS and piece[following + 1 : following + 2] != ".":
        return False
    end = low
    while end > 0 and piece[end - 1] == " ":
        end -= 1
    start = end
    while start > 0 and end - start < _LONGEST and piece[start - 1].isalpha():
        start -= 1
    before = piece[start:end]
    # After a word of some length a lone I, V or X is a Roman number: "metaphase I. Partial".
    return before.lower() not in LABELS and not (piece[low] in "IVX" and len(before) > 3 and before.islower())


def _next_word(piece: str, at: int) -> str:
    end = at
    while end < len(piece) and end - at < _LONGEST and piece[end].isalpha():
        end += 1
    return piece[at:end]


def _enumerates(piece: str, at: int) -> bool:
    """Tell whether the stop closes the number of an item, heading or caption: "1. Methods", "Table 2. Harms"."""
    low = at
    while low > 0 and at - low < 12 and (piece[low - 1].isalnum() or piece[low - 1] == "."):
        low -= 1
    if _ENUMERATOR.match(piece[low:at]) is None:
        return False
    spaces = _before_spaces(piece, low)
    if _starts_line(piece, spaces):
        return True
    if piece[spaces - 1].isalpha():
        return _captions(piece, at)
    if piece[spaces - 1] not in ".:;?!" or low == spaces or at - low > 2 or not piece[low:at].isdigit():
        return False
    word = low = spaces - 1
    while low > 0 and word - low < _LONGEST and piece[low - 1].isalpha():
        low -= 1
    # "ref. 9." and "Feb. 11." go on a sentence, they do not open an item.
    return not (piece[word] == "." and piece[low:word].lower() in _BEFORE_ANY)


def _captions(piece: str, at: int) -> bool:
    low = at
    while low > 0 and at - low < 40 and piece[low - 1] not in "\n\r\u2028\u2029":
        low -= 1
    return _starts_line(piece, low) and CAPTION.match(piece[low:at].lstrip()) is not None


def _before_spaces(piece: str, at: int) -> int:
    low = at
    while low > 0 and at - low < 20 and piece[low - 1] in " \t\u00a0":
        low -= 1
    return low


def _starts_line(piece: str, at: int) -> bool:
    return at == 0 or piece[at - 1] in "\n\r\u2028\u2029"
