"""How many took part: the one number of all among those that a text gives, and never of those only screened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.extract.stating import bracketed, fact
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import NUMBER, PEOPLE, whole
from curbside.language.linear import Match, Pattern, linear
from curbside.language.words import listed
from curbside.records import Category, Fact, Field, Number, PartRole

N = linear(
    rf"\b({NUMBER}) ((?:[a-z][a-z0-9/'-]* ){{0,7}}?)({PEOPLE}(?: (?:patients|participants|subjects"
    rf"|volunteers|recipients))?)\b"
)
PEOPLED = linear(rf"\b{PEOPLE}\b")
"""Whether anybody is named at all, before costlier patterns are tried."""
_N_EQUALS = linear(r"\(?\bn ?= ?(\d{1,3}(?:,\d{3})+|\d{1,6})\b")
_BEFORE = linear(
    r"(?:total of|included|includes|including|enrol+ed|recruited|randomi[sz]ed|involving|conducted (?:on|in|with|among)"
    r"|data (?:from|on|of)|treated|treating|analy[sz]ed|studied|evaluated|report(?:s|ed)?(?: on| of)?|present(?:s|ed)?"
    r"|describe[sd]?|experience (?:with|in|of)|identified|cohort of|series of|records of|reviewed|comprised|assessed"
    r"|(?:assessed|measured|evaluated|studied|examined|investigated|tested|available) (?:in|on|from|for)"
    r"|(?:inclusion|recruitment|enrol+ment|participation) of|(?:trial|study|series) with|participants (?:were|included)"
    r"|follow(?:ed)?(?:-up of)?|sample of|assigned|performed (?:on|in)|(?:review|analys[ie]s"
    r"|evaluation|assessment|examination|charts?|survey|outcomes?|experience|total|cohort|group) of"
    r"|study (?:of|in)|trial (?:of|in))"
    r" (?:the |a |our |all |on |data )?(?:total of |cohort of |series of )?(?:approximately |about )?$"
)
_AFTER = linear(
    r"\b(?:enrol+ed|included|randomi[sz]ed|randomly|recruited|analy[sz]ed|evaluated"
    r"|studied|identified"
    r"|assigned|reviewed|followed|participated|underwent|treated|received|registered|screened"
    r"|collected|admitted|took|used|applied|given|switched|converted|interviewed|accrued|entered|operated"
    r"|examined|tested)\b"
)
_ENROLLED = linear(
    r"\b(?:enrol+ed|included|randomi[sz]ed|randomly|recruited|identified|registered|entered"
    r"|screened|studied|analy[sz]ed|accrued|interviewed"
    r"|evaluated|reviewed|participated)\b"
)
_ALL_N = linear(
    r"(?:patients?|women|men|adults|children|participants|subjects|survivors|[a-z]) [(\[]N ?= ?([0-9][0-9,]{0,7})[)\]]"
)
"""In capitals it is the number of all."""
_STUDIED = linear(
    r"\b(?:studied|included|enrol+ed|analy[sz]ed|evaluated|recruited|reviewed|identified|participants|patients|subjects"
    r"|population|cohort|sample)[,:]? [(\[]?n ?= ?(\d{1,3}(?:,\d{3})+|\d{1,6})\b",
    "n =",
    "n=",
)
_DATED = linear(
    r"(?:\b(?:in|since|until|to|through|and|of|january|february|march|april|may|june|july|august"
    r"|september|october|november"
    r"|december),? |[-–] ?)$"
)
_SHARE = linear(r"^ \([0-9.]+ ?%")
_DESCRIBED = linear(
    r"\b(?:are|were|is|was) (?:described|reported|presented|reviewed)\b",
    "described",
    "reported",
    "presented",
    "reviewed",
)
_OF_ALL = linear(
    r"^ (?:who were |who |that were )?(?:randomly |initially |originally )?(?:assigned|analy[sz]ed|enrol+ed"
    r"|included|randomi[sz]ed|recruited|registered|treated"
    r"|studied|screened)\b"
)
_TOLD = linear(
    r"^[^.;,]{0,30}?\b(?:achieved|had|has|have|developed|responded|showed|exhibited|experienced|died|discontinued"
    r"|withdrew|stopped|relapsed|remained|completed|improved|demonstrated|required|reported|presented"
    r"|restarted|reached)\b"
)
PART = linear(
    r"(?:\bof|all but|except|among|among the|among these|among all|out of|remaining|other|in the|than|these"
    r"|additional|another|first"
    r"|of the|\d|for the|planned) $"
)
_NOT_PEOPLE = listed(
    """
    papers publications records samples
    year years month months week weeks day days hour hours mg kg g ml centres centers centre center sites studies trials
    randomised randomized-controlled reports articles of or to in on a an
    by investigators researchers performed with at from versus vs per countries hospitals
    cycles courses doses groups group arms percent male/female the whereas step arm
    """
)
_NO_TOTAL = listed("responders responder non-responders nonresponders survivors controls males females")
_ONE = linear(
    r"\b(?:an?|the|our|this) (?:[a-z][a-z-]* ){0,3}?(?:[0-9]{1,3}(?:\.\d)?|[a-z]+)[- ](?:day|week|month|year)s?[- ]old"
    rf" (?:[a-z][a-z/-]* ){{0,4}}?({PEOPLE}|neonate|fetus)\b"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    start: int
    end: int
    value: int
    score: int
    firm: bool  # whether words of enrolment or a total stand beside it


def sizes_of(subject: Subject) -> Iterator[Fact]:
    """Yield how many took part, up to three times: where words of enrolment or a total give one number of all."""
    found = [each for line in subject.lines for each in _candidates(line)]
    sure = [each for each in found if each.score >= 2] or [each for each in found if each.score >= 1]
    sure = [each for each in sure if not each.line.body] or sure
    if not sure or not any(each.firm for each in sure):
        added = next(_added(subject), None)
        if added is not None:
            yield added
            return
    if not sure:
        yield from _labelled(subject)
        return
    firm = [each for each in sure if each.firm]
    if not firm and len({each.value for each in sure}) > 1:
        return  # "Four patients were treated for … Two patients were treated for …": no number of all
    n = max(firm or sure, key=lambda each: (each.value, each.score)).value
    told = [each for each in found if each.value == n and each.score >= 0]
    for each in [one for one in told if not one.line.body][:3] or told[:1]:
        yield fact(subject, each.line, (each.start, each.end), Field.N, Number(str(n)))


_BOTH = linear(
    rf"\b({NUMBER}) (?:[a-z][a-z/-]* ){{0,3}}?{PEOPLE}(?: with [^.;,()0-9]{{1,50}}?)? and ({NUMBER})"
    rf" (?:[a-z][a-z/-]* ){{0,3}}?{PEOPLE}\b"
)
_WERE_TAKEN = linear(
    r"^(?:[^.;]|\.[^ ]){0,160}?\b(?:were|was) (?:[a-z]+ ){0,2}?(?:enrol+ed|included|recruited|accrued|studied"
    r"|randomi[sz]ed"
    r"|treated|reviewed|identified|evaluated|analy[sz]ed|entered)\b"
)
_BESIDE_PATIENTS = linear(r"\b(?:controls?|healthy|volunteers|relatives|matched|parents|caregivers|physicians)\b")


def _added(subject: Subject) -> Iterator[Fact]:
    """Yield the sum of two groups taken together: "42 male patients and two female patients were accrued"."""
    for line in subject.lines:
        if line.category in (Category.BACKGROUND, Category.CONCLUSIONS) or line.role is PartRole.QUESTION or line.body:
            continue
        for match in _BOTH.finditer(line.low) if " and " in line.low and PEOPLED.search(line.low) else ():
            one, two = whole(match.group(1)), whole(match.group(2))
            if one is None or two is None or _BESIDE_PATIENTS.search(match.group(0)):
                continue
            before = line.low[max(0, match.start() - 60) : match.start()]
            if PART.search(before) or not _WERE_TAKEN.match(line.low[match.end() :]):
                continue
            at = (match.start(), match.end())
            note = f"{one} + {two} = {one + two}"
            yield fact(subject, line, at, Field.N, Number(str(one + two)), arithmetic=note)


_OF_N = linear(rf"^(?:of|among) (?:the |a total of |all |these )?({NUMBER}) (?:[a-z][a-z0-9/-]* ){{0,4}}?{PEOPLE}\b")
"""A sentence that begins with all of whom it tells: "Among 134 patients, 68 were …"."""


def _largest(subject: Subject) -> Iterator[Fact]:
    """Yield the number that sentences begin to count from, where nobody counts more people anywhere."""
    told = [(line, match) for line in subject.lines if not line.body for match in _OF_N.finditer(line.low)]
    most = 0
    for line in subject.lines:
        if line.category is Category.BACKGROUND or line.body or not PEOPLED.search(line.low):
            continue
        most = max([most, *(whole(match.group(1)) or 0 for match in N.finditer(line.low))])
    for line, match in told:
        value = whole(match.group(1))
        if value is not None and value >= max(most, 5) and line.category is not Category.BACKGROUND:
            yield fact(subject, line, (match.start(), match.end()), Field.N, Number(str(value)))
            return


_COUNTED_FIRST = linear(rf"^({NUMBER}) (?:[a-z][a-z/-]* ){{0,4}}?[a-z]{{4,}}s\b")


def _labelled(subject: Subject) -> Iterator[Fact]:
    """Where no known people are counted: the number that the participants' own label opens with, else by letters."""
    for line in subject.lines:
        match = _COUNTED_FIRST.match(line.low) if line.label and _PEOPLE_LABEL.search(line.label) else None
        value = whole(match.group(1)) if match is not None else None
        if match is not None and value is not None and not any(w in _NOT_PEOPLE for w in match.group(0).split()[1:]):
            yield fact(subject, line, (match.start(), match.end()), Field.N, Number(str(value)))
            return
    first = next(_largest(subject), None) or next(_by_letters(subject), None)
    if first is not None:
        yield first


def _candidates(line: Line) -> Iterator[_Candidate]:
    if line.category is Category.BACKGROUND or line.role is PartRole.QUESTION:
        return
    for match in N.finditer(line.low) if PEOPLED.search(line.low) else ():
        value = whole(match.group(1))
        if value is None or not is_people(match) or _torn(line.low, match.start()):
            continue
        before = line.low[max(0, match.start() - 60) : match.start()]
        told = line.low[match.end() : match.end() + 220]
        taken = _taken(match, told)
        if taken is not None:
            n, first, last = taken
            yield _Candidate(line, match.end() + first, match.end() + last, n, 4, True)
            continue
        if _LOOKED_AT.match(told) or _OTHERS_GOT.match(told) or (" and " in told and _AND_MORE.match(told)):
            continue
        if before.endswith("and ") and _BESIDE.search(before):
            continue
        firm = _BEFORE.search(before) is not None or within_reach(_ENROLLED, told, 90)
        firm = firm or (told.startswith(" who") and _DESCRIBED.search(told) is not None)
        firm = firm or _presented(line, match)
        yield _Candidate(line, match.start(), match.end(), value, _score(line, match, value), firm or line.heading)
    for match in _ALL_N.finditer(line.words) if "N" in line.words else ():
        value = whole(match.group(1))
        if value is not None and not line.heading:
            yield _Candidate(line, match.start(), match.end(), value, 2, True)
    for match in _STUDIED.finditer(line.low) if "n =" in line.low or "n=" in line.low else ():
        value = whole(match.group(1))
        if value is not None:
            yield _Candidate(line, match.start(), match.end(), value, 3, True)


_PEOPLE_LABEL = linear(r"\b(?:participants?|patients?|subjects?|sample|population)\b")


def _presented(line: Line, match: Match) -> bool:
    """Tell whether a number presents the people of the study: right behind "PARTICIPANTS:", or of consecutive cases."""
    return (match.start() < 3 and _PEOPLE_LABEL.search(line.label) is not None) or "consecutive" in match.group(2)


def _torn(low: str, at: int) -> bool:
    """Tell whether digits are the end of another number: "stage 1-3 patients"."""
    return low[at].isdigit() and low[max(0, at - 1) : at] in {"-", "/", ".", ","}


def within_reach(pattern: Pattern, words: str, reach: int) -> bool:
    """Tell whether a pattern begins among the first `reach` code points of `words`, no stop or semicolon before it."""
    match = pattern.search(words)
    if match is None or match.start() > reach:
        return False
    return "." not in words[: match.start()] and ";" not in words[: match.start()]


_ENTERED = linear(r"\b(?:included|enrol+ed|randomi[sz]ed|eligible|recruited|randomly|entered)\b")
_TAKEN_OF = linear(
    rf"^[^.;]{{0,90}}?(?:, | and | but )(?:of whom|of which|of these|of them|among whom),? (?:only )?({NUMBER})"
    r"(?: (?:patients|children|subjects|participants))? (?:were |was )?(?:finally |eventually |subsequently )?"
    r"(?:included|enrol+ed|randomi[sz]ed|eligible|recruited|randomly|entered)\b"
    rf"|^[^.;]{{0,90}}?(?:, | and | but )(?:only |and |but )*({NUMBER})"
    r"(?: of (?:whom|which|these|them)| patients| children| subjects| participants)?"
    r" (?:were|was) (?:finally |eventually |subsequently )?"
    r"(?:included|enrol+ed|randomi[sz]ed|eligible|recruited|randomly|entered)\b"
)
"""Who of those named before were taken into the study: "285 patients, 44 of whom were included"."""
_MADE = linear(r"\b(?:enrol+ed|included|randomi[sz]ed|recruited|assigned|treated|received|completed)\b")
_LOOKED_AT = linear(
    r"^(?: with [^.;,]{1,60})? (?:who )?(?:were |was )?(?:initially |consecutively )?(?:screened"
    r"|assessed for eligibility|approached|invited|contacted|referred|eligible|evaluated for)\b"
)
"""People of whom a study was yet to be made."""
_OTHERS_GOT = linear(
    r"^ (?:(?:were|was|randomly) )*(?:received|given|treated with|assigned(?: to)?|allocated(?: to)?|randomi[sz]ed to)"
    rf" [^.;,]{{2,60}},? (?:and|or|while|whereas|versus|vs\.?) {NUMBER} (?:{PEOPLE} )?"
    r"(?:to |received |were given |the |an? |oral |topical )*[a-z]"
)
"""One of two arms that are told by what each received."""
_AND_MORE = linear(
    rf"^(?: with [^.;,]{{1,50}}| \([^)]*\))? and {NUMBER} (?:[a-z][a-z0-9/-]* ){{0,3}}?"
    r"(?:patients|children|cases|adults|infants|(?:fe)?males?|(?:wo)?men|boys|girls|outpatients)\b"
)
_BESIDE = linear(
    rf"\b{NUMBER} (?:[a-z][a-z0-9/-]* ){{0,3}}?(?:patients|children|cases|adults|infants)"
    r"(?: with [^.;,]{1,50})? and $"
)
"""Two groups named with a number each: neither is the number of all."""


def _taken(match: Match, told: str) -> tuple[int, int, int] | None:
    """Return how many of the people of a match were taken, and from where behind it to where that is said."""
    found = _TAKEN_OF.search(told) if _ENTERED.search(told) else None
    if found is None:
        return None
    group = 1 if found.group(1) else 2
    if _MADE.search(told[: found.start(group)]):
        return None  # the first number was of the study already
    value, among = whole(found.group(group)), whole(match.group(1))
    return (value, found.start(group), found.end()) if value and among and value < among else None


def is_people(match: Match) -> bool:
    """Tell whether a number and a noun count people rather than papers, years or centres."""
    between = match.group(2).split()
    noun = match.group(3)
    if noun == "survivors" and between:
        noun = "people"  # "227 breast cancer survivors"; survivors alone are those who did not die
    if noun in _NO_TOTAL or any(word in _NOT_PEOPLE or word.endswith("-old") for word in between):
        return False
    return noun != "case" or match.group(1) in {"1", "one"}


def _score(line: Line, match: Match, value: int) -> int:
    before = line.low[max(0, match.start() - 60) : match.start()]
    after = line.low[match.end() : match.end() + 220]
    score = 1 if line.category is Category.METHODS or line.heading else 0
    led = _BEFORE.search(before) is not None
    if led:
        score += 2
    if after.startswith(" who") and _DESCRIBED.search(after):
        score += 3
    elif (told := _TOLD.match(after)) is not None and " who " not in told.group(0):
        score -= 1 if led else 3
    elif within_reach(_AFTER, after, 110):
        score += 2
    elif after.startswith(
        (" with", " diagnosed", " of", ", ", " (", " aged", " older", " who ", " scheduled", " under")
    ):
        score += -2 if _SHARE.match(after) else 1
    score += 2 if _presented(line, match) else 0
    if PART.search(before) and not led and not _OF_ALL.match(after):
        score -= 3
    if after.startswith((" group", " arm", "' ", "-")):
        score -= 3
    if line.category is Category.CONCLUSIONS:
        score -= 1
    if before.endswith("(") or bracketed(line.low, match.start()):
        score -= 2
    dated = _DATED.search(before) is not None and not after.startswith((" who", " with"))
    return score - (3 if dated and 1900 <= value <= 2100 else 0)


def _by_letters(subject: Subject) -> Iterator[Fact]:
    """Where no words give the size: the one patient of a case report, or the largest "n =" of the methods."""
    ones = [(line, match) for line in subject.lines for match in _ONE.finditer(line.low)]
    if ones and len({match.group(0) for _, match in ones}) == 1:
        line, match = ones[0]
        yield fact(subject, line, (match.start(), match.end()), Field.N, Number("1"))
        return
    sizes = [
        (value, line, match)
        for line in subject.lines
        if not line.body
        for match in _N_EQUALS.finditer(line.low)
        if (value := whole(match.group(1))) is not None
    ]
    if len({value for value, _, _ in sizes}) == 1:
        value, line, match = sizes[0]
        yield fact(subject, line, (match.start(), match.end()), Field.N, Number(str(value)))
