"""Easier words for harder ones that mean the same, for the patient view; and long sentences cut into shorter ones.

No word here doubts, denies or counts: those stand as the source has them. What a guard does not pass is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curbside.language.cues import hedges, negations
from curbside.language.linear import Match, Pattern, linear

_DRUG = r"(?:sirolimus|tacrolimus|everolimus|rapamycin|pimecrolimus|timolol|propranolol)"
_ROWS: tuple[tuple[str, str], ...] = (
    # people
    (r"(?:pa?ediatric patients|pediatric subjects)", "children"),
    (r"adult patients", "adults"),
    (r"(?:solid )?organ transplant recipients", "people with an organ transplant"),
    (r"(?:kidney|renal) transplant (?:recipients|patients)", "people with a kidney transplant"),
    (r"liver transplant (?:recipients|patients)", "people with a liver transplant"),
    (r"(?:heart|cardiac) transplant (?:recipients|patients)", "people with a heart transplant"),
    (r"transplant (?:recipients|patients)", "people with a transplant"),
    (r"patients diagnosed with|individuals diagnosed with", "people with"),
    (r"in-?patients", "people in hospital"),
    (r"out-?patients", "people seen at a clinic"),
    (r"((?-i:[A-Z]{2,}[A-Za-z-]*)) patients", r"people with \1"),
    (r"patients|participants|individuals", "people"),
    (r"patient (with|who|had|has|was|is|on|in|at|from|achieving|developed|died|received|responded)", r"person \1"),
    (r"per patient", "per person"),
    (r"neonates", "newborn babies"),
    # what is done
    (r"once daily", "once a day"),
    (r"twice daily", "twice a day"),
    (r"nightly", "every night"),
    (r"(was|were|been|be|is|are) administered", r"\1 given"),
    (r"applied (once|twice|daily|nightly|every|three)", r"put on \1"),
    (r"receiving", "getting"),
    (r"received", "got"),
    (r"underwent", "had"),
    (r"discontinued", "stopped"),
    (r"(?:the )?discontinuation of", "stopping"),
    (r"discontinuation", "stopping"),
    (r"(?:the )?initiation of", "starting"),
    (r"initiated", "started"),
    (r"utili[sz]ed", "used"),
    (r"utili[sz]ation", "use"),
    (r"(been|have|has|had|was|were|is|are) demonstrated", r"\1 shown"),
    (r"demonstrated", "showed"),
    (r"demonstrates", "shows"),
    (r"demonstrate", "show"),
    (r"exhibited", "had"),
    (r"achieved", "reached"),
    (r"achieving", "reaching"),
    (r"(was|were) conducted", r"\1 done"),
    (r"evaluated", "tested"),
    (r"assessed", "checked"),
    (r"investigated", "studied"),
    (r"monitored", "checked"),
    (r"monitoring", "checking"),
    (r"required", "needed"),
    (r"requires", "needs"),
    (r"require", "need"),
    (r"occurred", "happened"),
    (r"(was|were|been) observed", r"\1 seen"),
    (r"(?:the )?prevention of", "preventing"),
    (r"reduction in", "drop in"),
    (r"management of", "care of"),
    (r"resulted in", "led to"),
    (r"resulting in", "leading to"),
    # drugs and treatments
    (r"therapeutic options?", "treatment options"),
    (r"therapies", "treatments"),
    (r"therapy", "treatment"),
    (r"medications", "drugs"),
    (r"medication", "drug"),
    (r"pharmacologic(?:al)?", "drug"),
    # parts of the body, and what ails them
    (r"pulmonary", "lung"),
    (r"renal", "kidney"),
    (r"hepatic", "liver"),
    (r"cardiac", "heart"),
    (r"pruritus", "itching"),
    (r"erythema( and| or| of| in| at| on| was| were| with)", r"redness\1"),
    (r"pulmonary o?edema", "water in the lungs"),
    (r"o?edema", "swelling"),
    (r"pyrexia", "fever"),
    (r"hyperlipida?emia|lipid abnormalities", "high blood fat"),
    (r"hypertriglycerida?emia", "high triglycerides"),
    (r"hypercholesterola?emia", "high cholesterol"),
    (r"hyperglyca?emia", "high blood sugar"),
    (r"proteinuria", "protein in the urine"),
    (r"aphthous stomatitis", "small mouth sores"),
    (r"alopecia( and| or| in| was)", r"hair loss\1"),
    (r"malignancies", "cancers"),
    (r"malignancy", "cancer"),
    (r"h(?:a)?emorrhage", "bleeding"),
    (r"allografts", "transplants"),
    (r"allograft", "transplant"),
    (r"thrombocytopenia", "low platelet count"),
    # small words
    (r"in order to", "to"),
    (r"due to|owing to", "because of"),
    (r"with regard to|regarding", "on"),
    (r"prior to", "before"),
    (r"subsequent", "later"),
    (r"subsequently", "then"),
    (r"initially", "at first"),
    (r"previous|prior", "earlier"),
    (r"additionally", "also"),
    (r"numerous", "many"),
    (r"the majority of", "most"),
    (r"a number of", "some"),
    (r"frequently", "often"),
    (r"((?:was|were|is|are)(?: more| less| most| very)?|most) frequent", r"\1 common"),
    (r"primarily|predominantly", "mainly"),
    (r"favou?rable", "good"),
    (r"beneficial", "good"),
    (r"associated with", "linked to"),
    (r"in combination with", "together with"),
    (r"duration", "length"),
    (r"optimal", "best"),
    (r"to determine", "to find out"),
    (r"an increased risk", "a higher risk"),
    (r"increased risk", "higher risk"),
)  # fmt: skip
"""Pattern over whole words -> easier words; the longer before the shorter. "\\1" is the first group."""


def _compiled(row: tuple[str, str]) -> tuple[Pattern, str]:
    return linear(rf"(?i)\b(?:{row[0]})\b"), row[1]


SWAPS: tuple[tuple[Pattern, str], ...] = tuple(_compiled(row) for row in _ROWS)

_ON_SKIN = linear(rf"(?i)\btopical ({_DRUG}(?: \(rapamycin\))?(?: [0-9.]+ ?%)?)")
_BY_MOUTH = linear(rf"(?i)\boral ({_DRUG}(?: \(rapamycin\))?)")
_LEAD = linear(
    r"^(?:In summary|In conclusion|Overall|In addition|Furthermore|Moreover|Additionally|Notably"
    r"|Taken together|To conclude|Of note|Importantly|In short), "
)
"""Words that open a sentence and say nothing of what follows."""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change to a text.

    Attributes:
        make: returns the text changed, or as it is.
        takes: the words that it takes away, in small letters.
    """

    make: Callable[[str], str]
    takes: tuple[str, ...] = ()


def changes(text: str) -> Iterator[Change]:
    """Yield the changes of words that do something to a text, each by itself."""
    for make in (_possessive, _route, _opening):
        if make(text) != text:
            yield Change(make)
    for pattern, words in SWAPS:
        takes = tuple(dict.fromkeys(found.group().lower() for found in pattern.finditer(text)))
        if takes:
            yield Change(_swap(pattern, words), takes)


def _swap(pattern: Pattern, words: str) -> Callable[[str], str]:
    def make(text: str) -> str:
        return _replaced(pattern, text, lambda found: _cased(_filled(words, found), found, text))

    return make


def _filled(words: str, found: Match) -> str:
    return words.replace("\\1", found.group(1)) if "\\1" in words else words


def _cased(words: str, found: Match, text: str) -> str:
    """Return words with a large first letter where they open a sentence that a large letter opened."""
    opens = found.start() == 0 or text[: found.start()].rstrip().endswith((".", "?", "!", ":"))
    return capital(words) if opens and found.group()[:1].isupper() else words


_POSSESSIVE = linear(r"(?i)\bpatients['’]( |$)")


def _possessive(text: str) -> str:
    return _replaced(_POSSESSIVE, text, lambda found: _cased("people's", found, text) + found.group(1))


def _route(text: str) -> str:
    """Topical sirolimus is sirolimus on the skin, oral sirolimus sirolimus by mouth."""
    text = _replaced(_ON_SKIN, text, lambda found: _cased(found.group(1), found, text) + " on the skin")
    return _replaced(_BY_MOUTH, text, lambda found: _cased(found.group(1), found, text) + " by mouth")


def _opening(text: str) -> str:
    found = _LEAD.match(text)
    return text if found is None else capital(text[found.end() :])


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


def _replaced(pattern: Pattern, text: str, by: Callable[[Match], str]) -> str:
    kept: list[str] = []
    at = 0
    for found in pattern.finditer(text):
        kept += (text[at : found.start()], by(found))
        at = found.end()
    return "".join((*kept, text[at:]))


_VERB = (
    r"(?:is|are|was|were|has|have|had|may|might|can|could|should|will|would|do|does|did|showed|shows|show|improved|led|needs?"
    r"|responded|happened|stopped|remained|occurred|took|used|got|died|came|fell|rose|became|began|decreased|increased)"
)
_CONTRAST = linear(rf"[,;] (?:but|whereas|while|although|though|however,|yet) ([^.;()]{{3,160}}\b{_VERB}\b)")
_HALVES = linear(rf"; ([^.;()]{{3,200}}\b{_VERB}\b)")
_FURTHER = linear(
    r"(?i),? and ((?:its|it|they|their|this|these|there|he|she|none|nobody|no one|all of them) "
    rf"[^.;()]{{3,160}}\b{_VERB}\b)"
)
_REPORTS = linear(
    r"(?i)\b(?:suggest|conclud|report|indicat|show|demonstrat|stat|find|found|believ|recommend|propos|argu|hypothes|assum|expect"
    r"|not(?:es|ed)|confirm)\w* that\b|\b(?:if|unless|because|since|when|before|after|until)\b[^,]*$"
)
"""A clause that governs what follows: cut there, what is only reported would be asserted."""
_BRACKET = linear(r" \(([^()]{24,200})\)")
"""A long aside; short ones stay."""
_IS_ASIDE = linear(
    r"(?i)^(?:(?:mean|median|average) ?:? ?ages?|aged|ages?:|[0-9]+ (?:female|male|women|men|girls|boys))\b"
)
"""Who the people were. What a figure is of stands before it: a ratio or a share is never moved away from that."""


def shorter(text: str) -> Iterator[str]:
    """Yield a text with one more cut, in each way in which it can be cut."""
    for cut in (_aside, _figures_last, _arms, _while, _contrast, _halves, _further, _outcome):
        made = cut(text)
        if made != text:
            yield made


def _parted(pattern: Pattern, text: str, lead: str) -> str:
    found = pattern.search(text)
    if found is None or _REPORTS.search(text[: found.start()]) is not None or _open_bracket(text, found.start()):
        return text
    head, tail = text[: found.start()].rstrip(" ,;"), text[found.start(1) :]
    if len(head.split()) < 3:
        return text
    stop = "" if head.endswith((".", "?", "!")) else "."
    return f"{head}{stop} {lead}{tail if lead else capital(tail)}"


def _open_bracket(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _contrast(text: str) -> str:
    return _parted(_CONTRAST, text, "But ")


_WHILE = linear(r"(^|\. )(?:While|Although|Though|Even though) ([^,.;()]{12,160}), ([^.;]{10,})")


def _while(text: str) -> str:
    """Make two sentences of "While some do, it is rare": the first is asserted there as it is here."""
    found = _WHILE.search(text)
    if found is None:
        return text
    first, second = capital(found.group(2)), found.group(3)
    return f"{text[: found.start()]}{found.group(1)}{first}. But {second}{text[found.end() :]}"


def _halves(text: str) -> str:
    return _parted(_HALVES, text, "")


def _further(text: str) -> str:
    return _parted(_FURTHER, text, "")


_THIS = {
    "making": "makes",
    "showing": "shows",
    "leading to": "led to",
    "depending on": "depends on",
    "meaning": "means",
    "allowing": "allows",
}
_OUTCOME = linear(rf", ({'|'.join(_THIS)}) ([^.;()]{{8,}})")


def _outcome(text: str) -> str:
    """Make a sentence of what comes of another: ", making them an option" is "This makes them an option"."""
    found = _OUTCOME.search(text)
    if found is None or hedges(text[: found.start()]):
        return text  # what only may be so may only so lead to something
    if len(text[: found.start()].split()) < 6 or _REPORTS.search(text[: found.start()]) is not None:
        return text
    if _open_bracket(text, found.start()):
        return text
    return f"{text[: found.start()]}. This {_THIS[found.group(1)]} {found.group(2)}{text[found.end() :]}"


_LAST = linear(r" \(([^()]*(?:times the (?:rate|risk|odds)|it could be|p ?[<=>≤≥])[^()]*)\)\.?$")


_COUNT = r"(?:[0-9]+ of [0-9]+(?: \([0-9.]+ ?%\))?|[0-9.]+ ?%|[0-9.]+ (?:points|months|weeks|days|years))"
_ARMS = linear(
    rf" (on|with) ([^,;.()0-9]{{3,60}}?),? (?:and|versus|vs\.?|compared with) (?:in |by |of )?({_COUNT})"
    r" (?:of (?:those|people|patients|children) )?(?:on|with) ([^,;.()0-9]{3,60}?)(\.|$)"
)


def _arms(text: str) -> str:
    """Give the second of two groups a sentence of its own: "On a calcineurin inhibitor it was 22 of 56 (39%)."."""
    found = _ARMS.search(text)
    if found is None or _open_bracket(text, found.start()):
        return text
    head = text[: found.start()]
    if hedges(head) or negations(head) or _NUMBER.search(head) is None or _REPORTS.search(head) is not None:
        return text  # "it was" would be surer than "may have been", or turn "did not" around
    how, first, count, second = (found.group(part) for part in (1, 2, 3, 4))
    also = "on" if " on " in first else how
    return f"{head} {how} {first}. {capital(also)} {second} it was {count}.{text[found.end() :]}"


_NUMBER = linear(r"[0-9]")


def _figures_last(text: str) -> str:
    """Make a sentence of the figures in the last bracket of one that ends with it, if no other holds such figures."""
    found = _LAST.search(text)
    if found is None or ". " in text[: found.start()] or len(text[: found.start()].split()) < 5:
        return text
    if _LAST_KIND.search(text[: found.start()]) is not None:
        return text
    return f"{text[: found.start()]}. In figures: {found.group(1)}."


_LAST_KIND = linear(r"times the (?:rate|risk|odds)|it could be|p ?[<=>≤≥]")


def _aside(text: str) -> str:
    """Put a long aside of figures behind the sentence that it interrupts."""
    found = _BRACKET.search(text)
    if found is None or _IS_ASIDE.search(found.group(1)) is None or " Details: " in text:
        return text
    stop = text.find(". ", found.end())
    end = len(text) if stop < 0 else stop + 1
    rest = text[: found.start()] + text[found.end() : end]
    closed = rest if rest.endswith((".", "?", "!")) else rest + "."
    return f"{closed} Details: {found.group(1).rstrip('.')}.{text[end:]}"
