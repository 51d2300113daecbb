"""What an outcome or a harm is called in a profile, and by what two of them are one.

Sources word outcomes freely, and not every count in a sentence is of an outcome: how many had an epilepsy before, how
many came from Norway. Only words that tell of something becoming better, worse, stopping or staying are taken for one;
what is left out stays on the study card.
"""

from __future__ import annotations

from functools import lru_cache

from curbside.language.linear import Pattern, Patterns, linear

_BRACKETED = linear(r"[(\[][^()\[\]]{0,200}[)\]]")
_FIGURES = linear(
    r"(?i)\bp ?[=<>≤≥] ?[0-9.,·]+|\b95 ?% ?(?:ci|confidence)\b[^;,]{0,40}|[0-9][0-9.,·]* ?(?:%|of [0-9]+)?|[<>≤≥=±]"
)
_GROUPS = linear(
    r"(?i)\b(?:in|for|with|among|of|on) (?:the )?(?:[\w-]+ ){0,3}(?:groups?|arms?|patients|participants|children|cases"
    r"|individuals|people|placebo|vehicle|sirolimus|rapamycin|everolimus|tacrolimus|treatment)\b"
)
_EDGE = linear(
    r"(?i)^(?:[^\w]+|(?:and|or|but|of|in|at|on|to|for|with|by|from|after|the|a|an|all|whom|who|which|that|were|was|is|are"
    r"|had|has|have|patients?|children|participants?|individuals|subjects|cases|infants|they|these|respectively|vs|versus"
    r"|both|only|also|additional|least|most|their|there|we|no|none|did|not)\b)"
)
_TAIL = linear(
    r"(?i)(?:[^\w]+|\b(?:and|or|but|of|in|at|on|to|for|with|by|from|after|the|a|an|were|was|is|are|had|has|have|respectively"
    r"|vs|versus|patients?|children|participants?|individuals|subjects|cases|seen|observed|reported))$"
)
_FIGURE = linear("[0-9]")
_WORD = linear(r"[a-z0-9]+(?:'[a-z]+)?")

_CLASSES: tuple[tuple[str, str], ...] = (
    ("no response", r"\b(?:no|non|not|fail(?:ed|ure)? to|without)[ -]?(?:\w+ )?respon|\bnonrespon|\btreatment failure"),
    ("complete response", r"\bcomplete(?:ly)? (?:\w+ )?(?:respon|remi|resol)|\bcrs?\b|respon\w* complete"),
    ("partial response", r"\bpartial(?:ly)? (?:\w+ )?(?:respon|remi|resol)|\bprs?\b|respon\w* partial"),
    ("response", r"\brespon(?:se|ses|d|ded|ders?|ding)\b|\borr\b"),
    ("remission", r"\bremissions?\b"),
    ("death", r"\bdied\b|\bdeaths?\b|\bmortality\b"),
    ("survival", r"\bsurviv"),
    ("relapse or recurrence", r"\brelaps|\brecur|\brebound|\bregrow"),
    ("freedom from seizures", r"\bseizure[- ]free"),
    ("no change", r"\b(?:stable|stabil\w+|unchanged|no change)\b"),
    ("worsening", r"\bworse|\bdeteriorat|\bprogress(?:ed|ion|ive disease)"),
    (
        "stopping treatment",
        r"\bdiscontinu|\bwithdr[ae]w|\bstopp(?:ed|ing) (?:\w+ ){0,3}(?:treatment|therapy|drug|because)",
    ),
)
"""Name -> how sources word it, surest first; two wordings of one name are one outcome."""
_CLASS_PATTERNS = Patterns([f"(?i){pattern}" for _, pattern in _CLASSES])

_CUE = linear(
    r"(?i)\b(?:respon|remi(?:ssion|tted)|improv|reduc|decreas|declin|fell|increas|rose|resol|relaps|recur|surviv|death|died"
    r"|mortal|stabil|stable|unchanged|progress|shr[aiu]nk|smaller|regress|disappear|clear(?:ed|ance|ing)|heal|cure|control"
    r"|worse|deteriorat|discontinu|withdr[ae]w|remained|maintain|seizure[- ]free|failure|success|efficac|effective"
    r"|benefit|rebound|regrow|transfus|rejection|graft loss|quality of life|better|symptom|pain|bleed"
    r"|changed visibly|became)"
)
_GENERAL = frozenset(
    """
    a an the of complete completely partial partially overall objective durable clinical good best response responses
    responders remission remissions rate rates no any major treatment haematological hematological sustained achieved
    showed had initial early late
    """.split()  # noqa: SIM905
)
"""Words that say how much of a response, and not of what."""

ANY_HARM, SERIOUS_HARM = "any adverse event", "serious adverse event"
_SAME_HARM: tuple[tuple[str, str], ...] = (
    ("stomatitis or mouth ulcers", r"stomatit|mucositis|mouth (?:ulcer|sore)|oral (?:ulcer|sore|aphth)|aphth"),
    ("upper respiratory infection", r"upper respiratory|nasopharyngitis|common cold"),
    (
        "raised blood lipids",
        r"hyperlipid|hypercholesterol|hypertriglycerid|dyslipid|(?:raised|elevated|increased) (?:blood )?lipid",
    ),
    ("raised liver enzymes", r"(?:raised|elevated|increased) (?:liver|transamin)|transaminitis"),
    ("acne or acne-like rash", r"\bacne"),
    (
        ANY_HARM,
        r"^(?:drug-related |treatment-related |any )?(?:adverse (?:events?|effects?|reactions?)|side effects?|aes?)$",
    ),
    (
        SERIOUS_HARM,
        r"^(?:any )?(?:serious|severe|grade 3(?: or (?:more|higher))?)(?: drug-related| treatment-related)? "
        r"(?:adverse (?:events?|effects?|reactions?)|side effects?|aes?)$",
    ),
    ("death", r"\bdied\b|\bdeaths?\b"),
    (
        "stopping because of adverse events",
        r"\b(?:discontinu|withdr[ae]w|stopp)\w* .{0,60}\b(?:adverse|side effect|toxicit)",
    ),
    ("life-threatening event", r"^life-threatening(?: (?:conditions?|events?))?$"),
)
_HARM_PATTERNS = Patterns([f"(?i){pattern}" for _, pattern in _SAME_HARM])

_GRADED = linear(r"(?i)^(?:reversible )?grades? (?:(?:or|and|to) )?|\bduring (?:the )?(?:study|trial|follow-up)$")
_LED_IN = linear(
    r"(?i)^(?:.{0,60}\b(?:abnormalities|adverse (?:events|effects|reactions)|side effects|toxicities) "
    r"(?:were|was|included?|being) |(?:developed|experienced|had|having) )"
)
_LESS = linear(r"(?i)^(?:fewer|less|reduced risk|lower)\b")
_BARE = frozenset({"symptom", "symptoms", "pain", "bleeding", "quality of life"})
"""Names that do not say what became of what they name."""
_BECAME = linear(r"(?i)\b(?:improv|resol|reliev|worsen|disappear|reduc|decreas|increas|stopp)\w*")
_COMPARED_WITH = linear(
    r"(?i)[ ,]+(?:compared|in the (?:last|first|past)|during the|over the|within the|versus|relative to)\b.*$"
)

_LONGEST, _READ = 90, 240
"""Letters of a name, and of words that are searched for one."""


def outcome_name(words: str, around: str = "") -> str:
    """Return what an outcome is called, or "" where the words tell of none.

    Args:
        words: the outcome as read from the source.
        around: the words that the fact stands on, for where `words` are a scrap of them.
    """
    name = _name(words)
    if name == "response" and len(around) <= _READ and 0 in _CLASS_PATTERNS.found(around):
        return _CLASSES[0][0]
    if name.lower() in _BARE:
        became = _BECAME.search(around)
        return f"{name} {became.group().lower()}" if became is not None else ""
    if name or len(trimmed(words).split()) > 1:
        return name
    figure = _FIGURE.search(around)
    return _name(around[: figure.start()]) if figure is not None else ""


_DENIES = linear(
    r"(?i)\b(?:no|not|none|never|neither|without|absence of|lack of|fail(?:ed|ure|s)? to|free (?:of|from))\b|n't\b"
)
_DENIALS = frozenset({"no response", "no change", "freedom from seizures"})


def _name(words: str) -> str:
    """Return the name of an outcome; of one that is denied ("no relapse") the name of its absence."""
    named = _affirmed(words)
    denied, told = _DENIES.search(words[:_READ]), _CUE.search(words[:_READ])
    if not named or denied is None or told is None or denied.start() > told.start() or named in _DENIALS:
        return named
    return named if named.startswith("no ") else f"no {named}"


def _affirmed(words: str) -> str:
    cleaned = _without(_COMPARED_WITH, trimmed(words)).strip()
    found = _CLASS_PATTERNS.found(words) if len(words) <= _READ else ()
    if found:
        return cleaned if min(found) and _of_something(cleaned) else _CLASSES[min(found)][0]
    return cleaned if cleaned and len(cleaned) <= _LONGEST and _CUE.search(cleaned) else ""


def _of_something(cleaned: str) -> bool:
    """Tell whether an outcome names what responded: a tumour's response and a child's are not one."""
    words = cleaned.lower().split()
    return 2 <= len(words) <= 4 and words[-1].startswith(("respon", "remi", "rate")) and bool(set(words) - _GENERAL)


def trimmed(words: str) -> str:
    """Return words without brackets, figures, groups of people and the small words at both ends."""
    text = _without(_BRACKETED, " ".join(words.split()))
    text = text.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ")
    text = _without(_FIGURES, text)
    text = " ".join(_without(_GROUPS, text).split())
    for _ in range(12):
        shorter = _without(_TAIL, _without(_EDGE, text).strip()).strip()
        if shorter == text:
            break
        text = shorter
    return text.strip(" ,;:.-–—")


def _without(pattern: Pattern, text: str) -> str:
    """Return a text with a blank in place of each match."""
    pieces: list[str] = []
    done = 0
    for match in pattern.finditer(text):
        if match.end() > match.start():
            pieces += [text[done : match.start()], " "]
            done = match.end()
    return "".join([*pieces, text[done:]])


def harm_name(words: str) -> str:
    """Return what a harm is called, or "" where the words name none."""
    cleaned = _without(_LED_IN, _without(_GRADED, trimmed(words))).strip(" ,;:.-–—")
    if (
        _LESS.match(cleaned) is not None
        or not cleaned
        or len(cleaned) > 60
        or len(cleaned.split()) > 7
        or not any(letter.isalpha() for letter in cleaned)
    ):
        return ""
    found = _HARM_PATTERNS.found(cleaned)
    return _SAME_HARM[min(found)][0] if found else cleaned


@lru_cache(maxsize=2_048)
def key_of(name: str) -> str:
    """Return by what two names are compared: their telling words, in order of the alphabet."""
    return (
        " ".join(sorted({_singular(match.group()) for match in _WORD.finditer(name.lower())} - _SMALL)) or name.lower()
    )


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "at", "on", "to", "for", "with", "by", "from", "and", "or", "rate", "was"}
)
