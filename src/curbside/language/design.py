"""How English names a study's design, and how many took part.

Kinds follow the hierarchy that readers of evidence use (OCEBM 2011); publication types are NLM's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curbside.language.linear import Patterns, linear
from curbside.records import EvidenceKind, Span

TYPES: dict[str, EvidenceKind] = {
    "practice guideline": EvidenceKind.GUIDELINE,
    "guideline": EvidenceKind.GUIDELINE,
    "guideline / consensus": EvidenceKind.GUIDELINE,
    "evidence summary": EvidenceKind.SUMMARY,
    "consensus development conference": EvidenceKind.GUIDELINE,
    "consensus development conference, nih": EvidenceKind.GUIDELINE,
    "network meta-analysis": EvidenceKind.META_ANALYSIS,
    "meta-analysis": EvidenceKind.META_ANALYSIS,
    "systematic review": EvidenceKind.SYSTEMATIC_REVIEW,
    "randomized controlled trial, veterinary": EvidenceKind.ANIMALS,
    "clinical trial, veterinary": EvidenceKind.ANIMALS,
    "observational study, veterinary": EvidenceKind.ANIMALS,
    "clinical trial protocol": EvidenceKind.PROTOCOL,
    "study protocol": EvidenceKind.PROTOCOL,
    "rct protocol": EvidenceKind.PROTOCOL,
    "randomized controlled trial": EvidenceKind.RANDOMISED,
    "randomised controlled trial": EvidenceKind.RANDOMISED,
    "randomised trial": EvidenceKind.RANDOMISED,
    "randomized trial": EvidenceKind.RANDOMISED,
    "rct": EvidenceKind.RANDOMISED,
    "equivalence trial": EvidenceKind.RANDOMISED,
    "pragmatic clinical trial": EvidenceKind.RANDOMISED,
    "non-randomised trial": EvidenceKind.TRIAL,
    "case reports": EvidenceKind.CASE_REPORT,
    "case report": EvidenceKind.CASE_REPORT,
    "case-report": EvidenceKind.CASE_REPORT,
    "case series": EvidenceKind.CASE_SERIES,
    "case-control": EvidenceKind.CASE_CONTROL,
    "cross-sectional": EvidenceKind.CROSS_SECTIONAL,
    "cohort": EvidenceKind.COHORT,
    "retrospective cohort": EvidenceKind.COHORT,
    "prospective cohort": EvidenceKind.COHORT,
    "review": EvidenceKind.REVIEW,
    "review-article": EvidenceKind.REVIEW,
    "controlled clinical trial": EvidenceKind.TRIAL,
    "clinical trial": EvidenceKind.TRIAL,
    "clinical trial, phase i": EvidenceKind.TRIAL,
    "clinical trial, phase ii": EvidenceKind.TRIAL,
    "clinical trial, phase iii": EvidenceKind.TRIAL,
    "clinical trial, phase iv": EvidenceKind.TRIAL,
    "observational study": EvidenceKind.COHORT,
    "laboratory": EvidenceKind.LABORATORY,
}
"""Publication types, lower case, in falling order of what they decide."""

_WEAK = frozenset({EvidenceKind.TRIAL, EvidenceKind.COHORT, EvidenceKind.REVIEW})
"""Kinds that a publication type gives only until the words say more (a "Clinical Trial" may be randomised)."""

_IN_VITRO = r"(?i)\bin[- ]vitro(?:\s*(?:[.,:;)\]/]|$)|[ -](?:[\da-eg-ln-z]|f[a-df-z]|m[b-z]))"
"""Not "in vitro fertilisation" nor "maturation", which are done for people."""

_TITLE: tuple[tuple[EvidenceKind, str], ...] = (
    (
        EvidenceKind.NOTICE,
        r"(?i)^\s*(?:expression of concern|errat(?:um|a)|corrigend(?:um|a)|(?:author|publisher) correction|notice of retraction)\b"
        r"|^\s*(?:retraction|correction|withdrawal|retracted|withdrawn)\s*(?:[:;.\[(]|$|(?:notice|note|statement|to)\b|(?:of|for)\s*[:\"“'‘])"
        r"|^\s*(?:retraction|correction) (?:of|for) .{0,80}\bet al\b|^\s*retraction of (?:the|this|an?) (?:article|paper|publication)\b",
    ),
    (
        EvidenceKind.PROTOCOL,
        r"(?i)\b(?:study|trial) protocol\b|\bprotocol (?:for|of) (?:a|an|the)\b|\bdesign and rationale\b",
    ),
    (EvidenceKind.META_ANALYSIS, r"(?i)\bmeta-?\s?analys[ie]s\b"),
    (EvidenceKind.SYSTEMATIC_REVIEW, r"(?i)\bsystematic (?:literature )?review\b|\bscoping review\b"),
    (EvidenceKind.SUMMARY, r"(?i)\bevidence summar(?:y|ies)\b|\(PDQ\b|\bPDQ\b.{0,30}\bsummar(?:y|ies)\b"),
    (
        EvidenceKind.GUIDELINE,
        r"(?i)\bguidelines?\b.{0,3}$|\bguidelines? (?:for|on|of)\b|\b(?:practice|clinical|society|hematology)\b.{0,30}\bguidelines?\b"
        r"|\brecommendations? (?:for|on|of|from)\b|\bconsensus (?:statement|recommendations?|guidelines?|report)\b"
        r"|\bposition (?:statement|paper)\b|\b(?:expert|management) recommendations?\b",
    ),
    (
        EvidenceKind.RANDOMISED,
        r"(?i)\brandomi[sz]ed\b.{0,80}\b(?:trial|study|comparison)\b|\brandomi[sz]ed[, -]|\bdouble-blind\b"
        r"|\bplacebo-controlled\b",
    ),
    (EvidenceKind.CASE_CONTROL, r"(?i)\bcase-control\b"),
    (EvidenceKind.CROSS_SECTIONAL, r"(?i)\bcross-sectional\b"),
    (
        EvidenceKind.CASE_SERIES,
        r"(?i)\bcase series\b|\bcase (?:reports|studies)\b|\breport of (?:two|three|four|five|six|\d+) (?:cases|patients)\b",
    ),
    (
        EvidenceKind.CASE_REPORT,
        r"(?i)\b(?:a )?case report\b|\ba case of\b|\ban? (?:unusual|rare|unexpected) (?:case|diagnosis)\b",
    ),
    (
        EvidenceKind.TRIAL,
        r"(?i)\bphase (?:[1-4]|I{1,3}V?)(?:[ab/ -]|\b)|\bopen-label\b|\bsingle-arm\b|\bpilot (?:study|trial)\b",
    ),
    (
        EvidenceKind.COHORT,
        r"(?i)\bcohort\b|\bretrospective\b|\bregistry\b|\breal-world\b|\bprospective (?:multicent(?:er|re) )?study\b|\bsingle-cent(?:er|re) experience\b",
    ),
    (
        EvidenceKind.LABORATORY,
        _IN_VITRO
        + r"|\bcell lines?\b|\bin (?:mice|rats|a (?:mouse|rat|murine) model)\b|\b(?:mouse|murine|rat) models?\b",
    ),
    (
        EvidenceKind.REVIEW,
        r"(?i)\breview\b|\bupdates? on\b|\boverview\b|\bcurrent (?:knowledge|concepts|insights)\b|\bperspectives?\b"
        r"|\bhow I (?:manage|treat)\b|\b(?:new|recent) advances\b",
    ),
)

_TEXT: tuple[tuple[EvidenceKind, str], ...] = (
    (
        EvidenceKind.PROTOCOL,
        r"(?i)\b(?:this|the present) protocol\b|\bwill be randomi[sz]ed\b|\bwill be (?:recruited|enrolled)\b",
    ),
    (
        EvidenceKind.META_ANALYSIS,
        r"(?i)\b(?:this|a|our|we (?:performed|conducted|did)(?: an?)?) [\w\s-]{0,40}meta-?analysis\b",
    ),
    (
        EvidenceKind.SYSTEMATIC_REVIEW,
        r"(?i)\b(?:this|a|our|we (?:performed|conducted|did)(?: an?)?) [\w\s-]{0,30}systematic (?:literature )?review\b|\bsystematically (?:searched|reviewed)\b",
    ),
    (
        EvidenceKind.RANDOMISED,
        r"(?i)\b(?:was|were|been) (?:\w+ )?(?:randomly|randomi[sz]ed)\b|\bwe randomly (?:assigned|allocated)\b"
        r"|\brandom(?:ly|i[sz]ed) (?:assigned|allocated|to (?:receive|either))\b|\bpatients randomi[sz]ed\b"
        r"|\b(?:this|a|an|our|present)\b[\w\s,-]{0,70}\brandomi[sz]ed\b[\w\s,-]{0,60}\b(?:trial|study)\b",
    ),
    (EvidenceKind.CASE_CONTROL, r"(?i)\bcase-control (?:study|design)\b"),
    (EvidenceKind.CROSS_SECTIONAL, r"(?i)\bcross-sectional (?:study|survey|design)\b"),
    (
        EvidenceKind.CASE_SERIES,
        r"(?i)\bcase series\b|\b(?:report|present|describe)s? (?:on )?(?:the )?(?:2|3|4|5|6|7|8|9|two|three|four|five|six|seven|eight|nine|ten)(?: \w+){0,4} (?:cases|patients|children|infants)\b",
    ),
    (
        EvidenceKind.CASE_REPORT,
        r"(?i)\b(?:report|present|describe)s? (?:on )?(?:the |a |an )?(?:\w+ )?case\b|\bcase report\b"
        r"|\b(?:a|an) \d{1,2}[- ](?:year|month|week|day)s?[- ]old\b|\b(?:we|here) (?:report|describe|present) (?:a|an) (?:\w+ )?(?:patient|child|boy|girl|infant|man|woman)\b",
    ),
    (
        EvidenceKind.TRIAL,
        r"(?i)\bphase (?:[1-4]|I{1,3}V?)(?:[ab/ -]|\b)[\w\s/,-]{0,40}(?:trial|study)\b|\bopen-label\b|\bsingle-arm\b"
        r"|\bprospective (?:clinical )?trial\b|\bclinical trial using\b|\bpilot (?:study|trial)\b",
    ),
    (
        EvidenceKind.COHORT,
        r"(?i)\bcohort study\b|\bretrospective(?:ly)?\b|\bchart review\b|\bregistry\b|\bprospective(?:ly)? (?:\w+ )?(?:study|cohort|followed|enrolled)\b|\bobservational study\b",
    ),
    (
        EvidenceKind.REVIEW,
        r"(?i)\b(?:this|the|our) (?:\w+ )?(?:review|article) (?:\w+ )?(?:summari[sz]es|discusses|describes|provides|focuses|covers|aims|highlights|presents|examines|outlines)\b|\bwe (?:here )?(?:review|summari[sz]e|discuss)\b|\breviews the\b|\bcompiles data from\b|\bis reviewed\b|\bin this review\b|\bthis review\b",
    ),
    (EvidenceKind.LABORATORY, _IN_VITRO + r"|\b(?:mice|rats|murine|cell lines?|knockout)\b"),
)

_ABOUT_GUIDELINES = linear(
    r"(?i)\b(?:effects?|impact|implement\w+|adher\w+|compliance|concordance|adoption|uptake|evaluat\w+|influence|deviations?"
    r"|comparison|dissemination|awareness)\b.{0,80}\bguidelines?\b"
)
"""A study of what guidelines do is none."""
_NO_GUIDELINE = linear(
    r"(?i)\b(?:do|does|did) not (?:\w+ )?(?:provide|give|constitute|represent|offer|issue|contain|make) (?:any )?formal (?:\w+ ){0,2}"
    r"(?:guidelines?|recommendations?|guidance)\b"
    r"|\b(?:this|the) (?:evidence )?(?:summary|summaries|review|report|overview|bulletin|page|document|information)(?: \w+){0,3}"
    r" (?:do|does|is|are|should|must) not (?:intended |meant |designed |to |be |considered |regarded |as |provide |give |constitute"
    r" |represent |offer |contain |replace ){1,4}(?:an? |any )?(?:clinical |practice |treatment |official |formal ){0,3}guidelines?\b"
)
"""What a text says of itself that gives no guidelines ("does not provide formal guidelines")."""

TITLE_PATTERNS = Patterns([pattern for _, pattern in _TITLE])
TEXT_PATTERNS = Patterns([pattern for _, pattern in _TEXT])
TEXT_PATTERN = tuple(linear(pattern) for _, pattern in _TEXT)
RETROSPECTIVE = linear(r"(?i)\bretrospective(?:ly)?\b")
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|children|adults?|infants?|neonates?|adolescents?|women|men|people|persons?"
    r"|recipients?|individuals?|cases|volunteers|eyes|girls|boys|residents|veterans|pregnancies)"
)
_COUNT = (
    r"(\d{1,3}(?:[, \x{00a0}\x{2009}]\d{3})+|\d{1,6}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen)"
)
_PARTICIPANTS = (
    rf"(?i)\b{_COUNT}\s+of\s+(?:whom|them|these)\s+were\s+(?:then\s+)?(?:randomly|enrolled|included)\b",
    rf"(?i)\b(?:total of|included|enrol+ed|randomi[sz]ed|recruited|analy[sz]ed|studied|treated|involving|among|data (?:on|from)|conducted (?:on|in|with)|present(?:ed)?|report(?:ed)?(?: on)?)\s+(?:a total of\s+|of\s+|the\s+)?{_COUNT}\s+(?:[\w-]+\s+){{0,4}}{_PEOPLE}\b",
    rf"(?i)\b{_COUNT}\s+(?:[\w-]+\s+){{0,3}}{_PEOPLE}\b[^.;]{{0,80}}\b(?:were|was|who|received|underwent|participated|completed|had been)\b",
    r"(?i)\b[nN]\s*=\s*(\d{1,3}(?:,\d{3})+|\d{1,6})\b",
    rf"(?i)\b{_COUNT}\s+(?:[\w-]+\s+){{0,3}}{_PEOPLE}\b",
)
PARTICIPANTS = tuple(linear(pattern) for pattern in _PARTICIPANTS)
PARTICIPANTS_PATTERNS = Patterns(_PARTICIPANTS)
_ANY_COUNT = 4
"""The pattern of any number of people."""
_TOTAL = 5
"""How many times larger a total may be than the part of it that plainer words give."""
_SHARE = linear(r"(?i)\bper ?cent\b|%|^[\w ,-]{1,30}\b(?:minutes|hours|days|weeks|months|years|m[gl]) ")
_SOME_BEFORE = linear(r"(?i)\b(?:additional|another|further|other|screened|remaining)\s+(?:a total of\s+)?$")
_SOME_AFTER = linear(
    r"(?i)\b(?:did not (?:meet|complete|receive|attend|take part)|were excluded|was excluded|withdrew|were screened|lost to follow|dropped out|declined to|would be (?:required|needed))\b"
)
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}


@dataclass(frozen=True, slots=True)
class Design:
    """A design and the words that decided it.

    Attributes:
        kind: the kind of evidence.
        span: the deciding words in the text that was read, or None where a publication type or the title decided.
    """

    kind: EvidenceKind
    span: Span | None = None


def design_of(title: str, text: str, types: Iterable[str] = ()) -> Design:
    """Read a study's design from its publication types, then its title, then its text.

    `span` refers to `text`. A study whose words name no design is `EvidenceKind.STUDY`.
    """
    named = {kind for given in types if (kind := TYPES.get(given.lower())) is not None}
    typed = next((kind for kind in TYPES.values() if kind in named), None)
    if typed is not None and typed not in _WEAK:
        return Design(typed)
    titled = next((kind for place in TITLE_PATTERNS.found(title) if _is_meant(kind := _TITLE[place][0], title)), None)
    if titled is not None:
        return Design(titled)
    if typed is EvidenceKind.REVIEW:
        return Design(typed)
    for place in TEXT_PATTERNS.found(text)[:1]:
        found = TEXT_PATTERN[place].search(text)
        if found:
            return Design(_with_size(_TEXT[place][0], found.group(0), text), Span(found.start(), found.end()))
    return Design(typed or EvidenceKind.STUDY)


def denies_guideline(text: str) -> Span | None:
    """Return where a text says that it gives no guidelines: it is an evidence summary, whoever wrote it."""
    found = _NO_GUIDELINE.search(text)
    return Span(found.start(), found.end()) if found else None


def _is_meant(kind: EvidenceKind, title: str) -> bool:
    return kind is not EvidenceKind.GUIDELINE or _ABOUT_GUIDELINES.search(title) is None


def _with_size(kind: EvidenceKind, words: str, text: str) -> EvidenceKind:
    """A retrospective look at a few patients is a case series, whatever it calls itself."""
    if kind is EvidenceKind.COHORT and RETROSPECTIVE.search(words):
        counted = participants(text)
        if counted is not None and counted[0] <= 30:
            return EvidenceKind.CASE_SERIES
    return kind


def participants(text: str) -> tuple[int, Span] | None:
    """Read how many people a study had: the largest number that its plainest words give, and where it stands.

    A total is larger than its arms and subgroups; None where no number of people is stated.
    """
    best: tuple[int, Span] | None = None
    for place in PARTICIPANTS_PATTERNS.found(text):
        if best is not None and place != _ANY_COUNT:
            continue
        found = [
            (value, Span(match.start(1), match.end(1)))
            for match in PARTICIPANTS[place].finditer(text)
            if (value := _value(match.group(1))) and _counts_all(text, match.start(1), match.end(), match.group(0))
        ]
        largest = max(found, key=lambda each: (each[0], -each[1].start), default=None)
        if best is None or (largest is not None and best[0] < largest[0] <= _TOTAL * best[0]):
            best = largest
        if best is not None and place == 0:
            return best
    return best


def _counts_all(text: str, count: int, end: int, words: str) -> bool:
    """Whether a number of people may be that of all: it is no share, none of those screened, left out or further ones."""
    if _SHARE.search(words) is not None or _SOME_BEFORE.search(text[max(0, count - 40) : count]) is not None:
        return False
    return _SOME_AFTER.search(text[end : end + 60]) is None and _SOME_AFTER.search(words) is None


def _value(printed: str) -> int:
    bare = "".join(char for char in printed if char.isdigit())
    if bare:
        return int(bare)
    return sum(_WORDS.get(word, 0) for word in printed.lower().split("-"))
