"""Long sentences cut into shorter ones, for the patient view, where each part says something by itself.

Nothing is cut off from who reports it, doubts it or denies it. What a guard does not pass is undone.
"""

from __future__ import annotations

from collections.abc import Iterator

from curbside.answer.patient_words import capital
from curbside.language.cues import hedges, negations
from curbside.language.linear import Pattern, linear

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
    for cut in (_aside, _figures_last, _arms, _while, _contrast, _halves, _further, _outcome, _led, _listed):
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


_LED = linear(r"^([^.;:()]{20,140}?), (?:including|such as|for example): (.+)$")


def _led(text: str) -> str:
    """Give what a list leads in with a sentence of its own: "It has several uses. Among them: psoriasis"."""
    found = _LED.search(text)
    if found is None or _REPORTS.search(found.group(1)) is not None:
        return text
    return f"{found.group(1)}. Among them: {found.group(2)[:1].lower()}{found.group(2)[1:]}"


_LISTED = linear(r"^([^.;:()]{8,120}? )(include[sd]?) ((?:[^.;:(),0-9]{3,40}, ){5,}[^.;:()0-9]{3,60}\.?)$")
_AT_ONCE = 4
"""Things named in one sentence of a long list."""


def _listed(text: str) -> str:
    """Make two sentences of a list of many things without figures: "It included a, b, c and d. Also: e, f and g"."""
    found = _LISTED.search(text)
    if found is None or hedges(text) or negations(text):
        return text
    things = found.group(3).split(", ")
    first, rest = things[:_AT_ONCE], things[_AT_ONCE:]
    return f"{found.group(1)}{found.group(2)} {', '.join(first[:-1])} and {first[-1]}. Also: {', '.join(rest)}"
