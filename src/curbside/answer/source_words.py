"""What a question says of the sources it wants: "only trials", "since 2020", "without case reports"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from curbside.language.linear import Match, Pattern, linear
from curbside.records import EvidenceKind, Filters, Span

_K = EvidenceKind
_KINDS: tuple[tuple[str, tuple[EvidenceKind, ...]], ...] = (
    (
        r"(?:randomi[sz]ed[ -])(?:controlled |clinical )*(?:trials?|stud(?:y|ies)|ones|evidence|data)|RCTs?",
        (_K.RANDOMISED,),
    ),
    (r"(?:clinical |controlled )*trials?", (_K.RANDOMISED, _K.TRIAL)),
    (r"meta-?[ ]?analys[ei]s", (_K.META_ANALYSIS,)),
    (r"systematic reviews?", (_K.SYSTEMATIC_REVIEW, _K.META_ANALYSIS)),
    (r"narrative reviews?", (_K.REVIEW,)),
    (r"reviews?(?: articles?)?", (_K.REVIEW, _K.SYSTEMATIC_REVIEW, _K.META_ANALYSIS)),
    (r"(?:clinical |practice )*guidelines?|guidance", (_K.GUIDELINE,)),
    (r"evidence summar(?:y|ies)", (_K.SUMMARY,)),
    (r"cohorts?(?: stud(?:y|ies))?", (_K.COHORT,)),
    (r"case[- ]control(?: stud(?:y|ies))?", (_K.CASE_CONTROL,)),
    (r"cross-sectional(?: stud(?:y|ies))?", (_K.CROSS_SECTIONAL,)),
    (r"observational (?:stud(?:y|ies)|evidence|data)", (_K.COHORT, _K.CASE_CONTROL, _K.CROSS_SECTIONAL)),
    (r"(?:single )?case (?:reports?|stud(?:y|ies))", (_K.CASE_REPORT,)),
    (r"case[- ]series", (_K.CASE_SERIES,)),
    (r"animal (?:stud(?:y|ies)|experiments?|data|work)", (_K.ANIMALS, _K.LABORATORY)),
    (r"(?:laboratory|lab|preclinical|in[- ]vitro) (?:stud(?:y|ies)|data|work)", (_K.LABORATORY,)),
    (r"(?:study )?protocols?", (_K.PROTOCOL,)),
    (r"(?:trial )?registrations?", (_K.REGISTRATION,)),
    (r"secondary sources?", (_K.SECONDARY,)),
    (
        r"(?:primary|original|clinical) (?:stud(?:y|ies)|research)",
        (
            _K.RANDOMISED,
            _K.TRIAL,
            _K.COHORT,
            _K.CASE_CONTROL,
            _K.CROSS_SECTIONAL,
            _K.CASE_SERIES,
            _K.CASE_REPORT,
            _K.STUDY,
        ),
    ),
)
"""How a kind of source is called -> the kinds of evidence that this means."""

_ONE = "(?:" + "|".join(words for words, _ in _KINDS) + ")"
_SEVERAL = rf"(?:the |any |all |other |a )?{_ONE}(?:(?:,? (?:and|or|&) |, )(?:the |any )?{_ONE}){{0,4}}"
_SHOW = r"(?:(?:show|give|tell|use|consider|want|cite|see|look at|include|count|take)(?: me)? |results? |evidence |data |answers? )?"


@cache
def _only_words() -> Pattern:
    return linear(
        rf"(?i)\b(?:only|just|nothing but|solely|exclusively)\s+{_SHOW}(?:in |from |of |at |on |by |with |for )?(?P<after>{_SEVERAL})\b"
        rf"|\b(?:limit|restrict|narrow|stick|keep)(?:ed)?(?: (?:it|this|that|them|yourself|the (?:sources|answer|search|evidence)))?(?: down)? to (?P<to>{_SEVERAL})\b"
        rf"|\b(?:from |in |of |on )?(?P<before>{_SEVERAL}) (?:only|alone)\b"
    )


@cache
def _without_words() -> Pattern:
    return linear(
        rf"(?i)\b(?:without|excluding|exclude|except(?: for)?|apart from|other than|leave out|leaving out|ignore|ignoring|omit|omitting|skip|drop|no|not|minus|discard)"
        rf"(?: any| the| all| from)? (?P<out>{_SEVERAL})\b"
    )


@cache
def _bare_words() -> Pattern:
    return linear(
        rf"(?i)^(?:and |but |so |then |ok(?:ay)?,? )*(?:what about |how about |(?:are|is) there )?(?:in |from |any |a )(?P<bare>{_SEVERAL})(?: available| there)?\s*[?.!]*$"
    )


"""A follow-up that is a kind of source and nothing else."""

_YEAR = r"(?:1[89]|20)\d\d"
_EDGE_AFTER = r"(?:\s*(?:[?.!,;)]|$))"
_PUBLISHED = r"(?:published|publications?|stud(?:y|ies)|trials?|evidence|papers?|articles?|data|sources?|research|literature|work|only|anything|reports?|reviews?|guidelines?)"


@cache
def _year_words() -> Pattern:
    return linear(
        rf"(?i)\b(?:{_PUBLISHED} )(?:from )?(?:since|from) (?P<since1>{_YEAR})(?: on(?:wards?)?)?\b"
        rf"|\bsince (?P<since2>{_YEAR}){_EDGE_AFTER}"
        rf"|\bfrom (?P<since3>{_YEAR}) (?:on|onwards?|or later)\b"
        rf"|\b(?P<since4>{_YEAR}) or (?:later|newer|after)\b"
        rf"|^(?:only )?(?:since|from) (?P<since5>{_YEAR})\b"
        rf"|\b{_PUBLISHED} (?:published )?(?:after|later than) (?P<after1>{_YEAR})\b"
        rf"|\b(?:newer|more recent|later) than (?P<after2>{_YEAR})\b|^(?:only )?after (?P<after3>{_YEAR})\b"
        rf"|\b{_PUBLISHED} (?:published )?(?:before|earlier than) (?P<before1>{_YEAR})\b|\bolder than (?P<before2>{_YEAR})\b"
        rf"|^(?:only )?before (?P<before3>{_YEAR})\b"
        rf"|\b(?:{_PUBLISHED} )?(?:until|up to|till) (?P<until1>{_YEAR})\b|\b(?P<until2>{_YEAR}) or (?:earlier|older|before)\b"
        rf"|(?:^(?:only )?|\b{_PUBLISHED} )(?:between|from) (?P<since6>{_YEAR}) (?:and|to|until) (?P<until3>{_YEAR})\b"
        rf"|\b(?:published |only |studies |trials )?(?:in |from |over |of |within )?the (?:last|past) (?P<last>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty) years\b"
    )


_WORDED = {
    **dict(zip(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(2, 11))),
    "fifteen": 15,
    "twenty": 20,
}


@cache
def _any_year_words() -> Pattern:
    return linear(
        r"(?i)\b(?:any|all|whatever|every|regardless of(?: the)?|no limit (?:on|of)(?: the)?) (?:publication )?years?\b|\b(?:of|from) any (?:date|time)\b|\bhowever old\b|\bnot only since\b"
    )


@cache
def _any_kind_words() -> Pattern:
    return linear(
        r"(?i)\b(?:any|all|every|whatever|regardless of(?: the)?)(?: other)?(?: kinds? of| types? of)? (?:stud(?:y|ies)|sources?|evidence|designs?|study (?:designs?|types?)|documents?)\b(?: again)?|\bnot (?:only|just) (?:the )?(?:trials|guidelines|reviews|studies|rcts)\b"
    )


@cache
def _anything_words() -> Pattern:
    return linear(
        r"(?i)\b(?:no|without(?: the| any)?|remove(?: the| all)?|drop(?: the| all)?|clear(?: the| all)?) (?:filters?|limits?|restrictions?)\b"
    )


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Conditions on the sources, as words say them.

    Attributes:
        only: kinds of evidence wanted and no others; empty for no such words.
        without: kinds that are not wanted.
        since, until: years, both included.
        any_kind, any_year: whether earlier conditions are taken back.
        spans: where the words stand, in order.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    any_kind: bool = False
    any_year: bool = False
    spans: tuple[Span, ...] = ()

    def over(self, filters: Filters) -> Filters:
        """Return `filters` with what these words change."""
        if self.any_kind:
            filters = replace(filters, evidence=(), kinds=())
        if self.any_year or self.since is not None or self.until is not None:
            filters = replace(filters, since=self.since, until=self.until)
        if self.only:
            filters = replace(filters, evidence=self.only)
        if self.without:
            among = filters.evidence or tuple(kind.value for kind in EvidenceKind)
            left = tuple(kind for kind in among if kind not in self.without)
            filters = replace(filters, evidence=left or filters.evidence)
        return filters

    def out_of(self, text: str) -> str:
        """Return `text` with these words blanked; every other character keeps its place."""
        for span in self.spans:
            text = text[: span.start] + " " * len(span) + text[span.end :]
        return text


_OF_KINDS = (
    *("trial", "rct", "analys", "review", "guid", "summar", "cohort", "case", "stud", "research", "experiment", "data"),
    *("work", "randomi", "evidence", "protocol", "registration", "secondary"),
)
_OF_YEARS = ("18", "19", "20", "last", "past")
"""Pieces of words without one of which a question names no kind of source, or no year; then no pattern is needed."""


def source_words(text: str, following: bool = False, year: int | None = None) -> SourceWords:
    """Read what `text` says of its sources.

    Args:
        text: a question.
        following: whether it follows another, so that "in trials?" is such a condition.
        year: the present year, from which "the last five years" are counted; without, those words say nothing.
    """
    low = text.lower()
    kinds, years = any(word in low for word in _OF_KINDS), any(word in low for word in _OF_YEARS)
    spans: list[Span] = []
    any_kind = _found(_any_kind_words(), text, spans) if following else False
    without = _kinds(_without_words(), text, spans) if kinds else ()
    only = _kinds(_only_words(), text, spans) if kinds else ()
    only = only or (_kinds(_bare_words(), text, spans) if following and kinds else ())
    since, until = _years(text, spans, year) if years else (None, None)
    any_year = _found(_any_year_words(), text, spans) if following else False
    anything = _found(_anything_words(), text, spans) if following else False
    kept = tuple(kind for kind in only if kind not in without)
    return SourceWords(kept, without, since, until, any_kind or anything, any_year or anything, tuple(sorted(spans)))


def kinds_called(name: str) -> tuple[str, ...]:
    """Return the kinds of evidence that a name as "trials" or "cohort studies" takes in; empty for no such name."""
    typed = " ".join(name.split())
    named = {kind for row, kinds in _table() if row.search(typed) for kind in kinds}
    return tuple(kind.value for kind in EvidenceKind if kind in named)


def preferred(filters: Filters, given: Filters | None) -> Filters:
    """Return `filters` with each condition that `given` sets in the place of its own."""
    if given is None:
        return filters
    names = ("kinds", "evidence", "since", "until", "drugs", "conditions", "ages", "noticed", "shelves")
    return replace(filters, **{name: value for name in names if (value := getattr(given, name)) not in ((), None)})


def _found(pattern: Pattern, text: str, spans: list[Span]) -> bool:
    match = pattern.search(text)
    if match is None or _meets(match, spans):
        return False
    spans.append(Span(match.start(), match.end()))
    return True


def _meets(match: Match, spans: Collection[Span]) -> bool:
    here = Span(match.start(), match.end())
    return any(here.meets(span) for span in spans)


@cache
def _named() -> Pattern:
    return linear(rf"(?i)\b{_ONE}\b")


@cache
def _table() -> tuple[tuple[Pattern, tuple[EvidenceKind, ...]], ...]:
    return tuple((linear(rf"(?i)^(?:{words})$"), kinds) for words, kinds in _KINDS)


def _kinds(pattern: Pattern, text: str, spans: list[Span]) -> tuple[str, ...]:
    """Return the kinds that the first match names, in the order of the records."""
    for match in pattern.finditer(text):
        if _meets(match, spans):
            continue
        words = next(filter(None, (_group(match, at) for at in range(1, len(pattern.groupindex) + 1))), "")
        named = {
            kind
            for one in _named().finditer(words)
            for row, kinds in _table()
            if row.search(one.group())
            for kind in kinds
        }
        if named:
            spans.append(Span(match.start(), match.end()))
            return tuple(kind.value for kind in EvidenceKind if kind in named)
    return ()


def _group(match: Match, at: int) -> str:
    return match.group(at) if match.start(at) >= 0 else ""


def _years(text: str, spans: list[Span], now: int | None) -> tuple[int | None, int | None]:
    since: int | None = None
    until: int | None = None
    for match in _year_words().finditer(text):
        taken = False
        for name, at in _year_words().groupindex.items():
            words = _group(match, at)
            if not words:
                continue
            if name == "last":
                if now is None:
                    continue
                since = now - (int(words) if words.isdigit() else _WORDED[words.lower()])
            elif name.startswith("since"):
                since = int(words)
            elif name.startswith("after"):
                since = int(words) + 1
            elif name.startswith("before"):
                until = int(words) - 1
            else:
                until = int(words)
            taken = True
        if taken:
            spans.append(Span(match.start(), match.end()))
    return since, until


def kinds_told(evidence: Collection[str]) -> str:
    """Return the kinds of evidence wanted, in words; "all but …" where those are fewer, "" for any."""
    left_out = [kind.value for kind in EvidenceKind if kind.value not in evidence]
    if evidence and len(left_out) < len(evidence):
        return f"all but {', '.join(left_out)}" if left_out else ""
    return ", ".join(evidence)


def told(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Return the conditions on kinds and years as (value, words) pairs, as chips and notes show them."""
    rows: list[tuple[str, str]] = []
    every = tuple(kind.value for kind in EvidenceKind)
    left_out = [kind for kind in every if kind not in filters.evidence]
    if filters.evidence and len(left_out) < len(filters.evidence):
        rows += [(f"without {kind}", f"without {kind}") for kind in left_out]
    elif filters.evidence:
        words = " or ".join(filters.evidence)
        rows.append((f"only {words}", f"only {words}"))
    if filters.kinds:
        words = " or ".join(filters.kinds)
        rows.append((f"kind {words}", f"only documents of the kind {words}"))
    if filters.since is not None:
        rows.append((f"since {filters.since}", f"since {filters.since}"))
    if filters.until is not None:
        rows.append((f"until {filters.until}", f"until {filters.until}"))
    if filters.ages:
        rows.append((f"ages {' or '.join(filters.ages)}", f"age groups studied: {' or '.join(filters.ages)}"))
    if filters.noticed is not None:
        words = "with an editorial notice" if filters.noticed else "without an editorial notice"
        rows.append((words, words))
    return tuple(rows)
