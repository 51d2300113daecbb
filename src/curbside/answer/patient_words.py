"""Easier words for harder ones that mean the same, for the patient view.

No word here doubts, denies or counts: those stand as the source has them. What a guard does not pass is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curbside.language.linear import Match, Pattern, linear

_DRUG = r"(?:sirolimus|tacrolimus|everolimus|rapamycin|pimecrolimus|timolol|propranolol)"
_ROWS: tuple[tuple[str, str], ...] = (
    # people
    (r"eligible (?:patients|participants|people)", "people who could take part"),
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
    (r"(was|were) randomly (?:assigned|allocated)( \([0-9:]+\))? to receive", r"\1 picked by chance\2 to get"),
    (r"primary (?:end ?point|outcome)", "main outcome"),
    (r"secondary (end ?points|outcomes)", "other outcomes"),
    (r"by colorimetry", "by measuring colour"),
    (r"on photographic scoring", "by scoring photos"),
    (r"on the investigators['’] assessment", "as those who ran it judged"),
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
    (r"dosing regimens", "doses"),
    (r"systemic (?:therapy|treatment)", "treatment of the whole body"),
    (r"([0-9]) ?mg/kg(?: per day|/day| daily|/d)", r"\1 mg per kg of body weight a day"),
    (r"adverse (?:drug )?(?:effects|reactions)", "side effects"),
    (r"therapeutic options?", "treatment options"),
    (r"therapies", "treatments"),
    (r"therapy", "treatment"),
    (r"medications", "drugs"),
    (r"medication", "drug"),
    (r"pharmacologic(?:al)?", "drug"),
    # parts of the body, and what ails them
    (r"in dermatology", "for skin disease"),
    (r"gastrointestinal (?:bleeding|h(?:a)?emorrhage)", "bleeding in the gut"),
    (r"gastrointestinal", "gut"),
    (r"(?:renal|kidney) toxicity|nephrotoxicity", "harm to the kidneys"),
    (r"(?:hepatic|liver) toxicity|hepatotoxicity", "harm to the liver"),
    (r"(?:renal|kidney) insufficiency", "poor kidney function"),
    (r"upper respiratory(?: tract)? infection(s?)", r"infection\1 of the nose or throat"),
    (r"peripheral lower limb o?edema|lower limb o?edema", "leg swelling"),
    (r"epistaxis", "bleeding from the nose"),
    (r"allergic contact dermatitis to", "an allergic skin rash from"),
    (r"transient", "short-lived"),
    (r"persistent", "lasting"),
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
    (r"approximately", "about"),
    (r"(?:thus|therefore|hence) (was|were|is|are)", r"\1"),
    (r"to date", "so far"),
    (r"attribut(?:ed|able) to", "put down to"),
    (r"(?:concomitantly|concurrently|simultaneously)", "at the same time"),
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
"""Pattern over whole words -> easier words; the longer before the shorter. "\\1" and "\\2" are its groups."""


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
    for make in (_one_name, _possessive, _route, _opening):
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
    for number in (1, 2):
        if f"\\{number}" in words:
            words = words.replace(f"\\{number}", found.group(number) or "")
    return words


def _cased(words: str, found: Match, text: str) -> str:
    """Return words with a large first letter where they open a sentence that a large letter opened."""
    opens = found.start() == 0 or text[: found.start()].rstrip().endswith((".", "?", "!", ":"))
    return capital(words) if opens and found.group()[:1].isupper() else words


_TWO_NAMES = linear(r"(?i)\b(?:(sirolimus|rapamycin) \((?:sirolimus|rapamycin)\)|epistaxis \((nose ?bleeds)\))")


def _one_name(text: str) -> str:
    """Of two names of one thing the easier is enough."""
    return _replaced(_TWO_NAMES, text, lambda found: _cased(found.group(1) or found.group(2), found, text))


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
