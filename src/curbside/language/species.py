"""Whether a study was done on animals: in the laboratory, or under a veterinarian's care.

An indexer's check tags say it best (MeSH "Animals" without "Humans"); otherwise the title does, or the sentence that
names the design, or a text that speaks of animals and hardly of anybody else. Animal names that go with a treatment of
people ("horse antithymocyte globulin", "porcine surfactant", "maxillary canine") say nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from curbside.language.linear import Match, linear
from curbside.records import EvidenceKind, Span

_KEPT = (
    r"[Dd]ogs|[Pp]uppies|[Cc]ats|[Kk]ittens|[Hh]orses|[Pp]onies|[Ff]oals|[Mm]ares|[Ss]tallions|[Gg]eldings|[Cc]attle|[Cc]ows"
    r"|[Hh]eifers|[Ss]teers|[Gg]oats|[Pp]oultry|[Bb]roilers|[Cc]hickens|[Hh]ens|[Ll]lamas|[Aa]lpacas|[Ff]errets"
)
"""Animals that people keep; a title names them for other reasons too ("ownership of cats")."""
_BRED = (
    r"[Mm]ice|[Rr]ats|[Rr]abbits|[Gg]uinea[- ][Pp]igs|[Hh]amsters|[Gg]erbils|[Pp]igs|[Pp]iglets|[Ss]wine|[Mm]inipigs"
    r"|[Ss]heep|[Ll]ambs|[Ee]wes|[Bb]eagles|[Mm]onkeys|[Mm]acaques|[Bb]aboons|[Mm]armosets|[Nn]on-?[Hh]uman [Pp]rimates"
    r"|[Zz]ebrafish|[Rr]odents"
)
"""Animals that are mostly studied; "RATs" are rapid antigen tests."""
_KEPT_ANIMAL = linear(rf"\b(?:{_KEPT})\b")
_ANIMALS = linear(rf"\b(?:{_KEPT}|{_BRED}|[Aa]nimals)\b")
_MODEL = linear(
    r"(?i)\b(?:mouse|mice|murine|rats?|rodents?|rabbits?|canine|feline|equine|porcine|pigs?|piglets?|swine|ovine|sheep|lambs?"
    r"|caprine|goats?|bovine|primates?|dogs?|zebrafish|animals?|guinea[- ]pigs?|hamsters?|ferrets?)"
    r"(?: [\w-]{1,20}){0,3} models?\b"
)
_PEOPLE = linear(
    r"(?i)\b(?:patients?|participants?|volunteers?|child(?:ren)?|wom[ae]n|m[ae]n|adults (?:with|who|aged)|infants?"
    r"|babies|students?|people|persons?|humans?|owners|adolescents?|boys|girls|neonates|individuals|workers|farmers|residents)\b"
)
_TREATED = linear(
    r"(?i)\bveterinar\w+|\b(?:client|privately|pet)[- ]owned\b|\bpet (?:dogs|cats|rabbits)\b|\bracehorses\b"
    r"|\bbroilers\b|\bflocks?\b|\b(?:dairy|beef|feedlot) (?:cows?|cattle|calves|heifers|goats?|herds?)\b|\bherds?\b"
    r"|\bshelter (?:dogs|cats)\b|\b(?:dogs|cats|horses) with (?:naturally[- ]occurring|spontaneous)\b"
)
"""Words of those who treat animals for the animals' sake."""
_OUTSIDE = linear(
    rf"\b(?:{_KEPT}|[Dd]og|[Cc]at|[Hh]orse|[Cc]ow|[Ff]oal|[Mm]are|[Cc]alves|[Ww]ild\w*|captive|[Ff]ree-ranging)\b"
)
_EXPERIMENT = linear(
    r"(?i)\bmodels?\b|\bexperiment\w*|\bsacrificed\b"
    r"|\beuthan\w+|\bwere killed\b|\binduced\b|\bknock-?out\b|\bin vitro\b"
)
"""What sets an experiment apart from the care of animals."""
_GIVEN = frozenset({"in", "among"})
"""What leads from a treatment to whom it was given; "contact with cats" leads elsewhere."""
_SUBJECTS = _GIVEN | {"of", "for", "on", "from"}
_STOPS = frozenset("with to by and versus between via at through against toward towards than".split())  # noqa: SIM905
_SICK = linear(r"(?i)^\s*(?:with|after|undergoing|receiving|treated)\b")
_BACK = 5  # words from an animal back to what leads to it
_SPOKEN = 3  # mentions of animals that make them a text's subject, for each mention of people
_READ = 6_000

STUDIES = frozenset(
    {
        *(EvidenceKind.RANDOMISED, EvidenceKind.TRIAL, EvidenceKind.COHORT, EvidenceKind.CASE_CONTROL),
        *(EvidenceKind.CROSS_SECTIONAL, EvidenceKind.CASE_SERIES, EvidenceKind.CASE_REPORT),
        *(EvidenceKind.STUDY, EvidenceKind.LABORATORY),
    }
)
"""Kinds that say how something was done to somebody; reviews and guidelines may be about anybody."""


def names_animals(text: str) -> bool:
    """Tell whether a text names animals that are kept or studied."""
    return _ANIMALS.search(text) is not None or _OUTSIDE.search(text) is not None


def of_animals(
    title: str, text: str, headings: Collection[str] = (), decided: Span | None = None
) -> tuple[EvidenceKind, Span | None] | None:
    """Return the kind of a study that was done on animals, with the words of `text` that say so; None for any other.

    Args:
        title: the title.
        text: what `decided` and the returned span refer to.
        headings: MeSH headings; "Humans" and "Animals" among them are believed.
        decided: the words that named the design.
    """
    if "Humans" in headings:
        return None
    text = text[:_READ]
    span = _spoken_of(text, decided)
    if span is None and "Animals" not in headings and not _entitled(title):
        return None
    treated = _TREATED.search(title) is not None or _TREATED.search(text) is not None
    if not treated:
        treated = _OUTSIDE.search(title) is not None and _EXPERIMENT.search(f"{title} {text}") is None
    return EvidenceKind.ANIMALS if treated else EvidenceKind.LABORATORY, span


def _entitled(title: str) -> bool:
    """Tell whether a title names animals, and nobody else, as those studied."""
    if _PEOPLE.search(title):
        return False
    if _MODEL.search(title) or (_TREATED.search(title) and _ANIMALS.search(title)):
        return True
    return any(_leads(title, match) for match in _ANIMALS.finditer(title))


def _leads(title: str, match: Match) -> bool:
    """Tell whether an animal in a title is whom a treatment was given to."""
    before = title[: match.start()].lower().replace(",", " ").split()[-_BACK:]
    kept = _KEPT_ANIMAL.search(match.group()) is not None
    if not before:
        return not kept  # "Mice lacking …", but "Cats and asthma" is of people
    for word in reversed(before):
        if word in _STOPS:
            return False
        if word in _SUBJECTS:
            return not kept or word in _GIVEN or _SICK.search(title[match.end() :]) is not None
    return False


def _spoken_of(text: str, decided: Span | None) -> Span | None:
    """Where a text names the animals that it is of."""
    first = _ANIMALS.search(text)
    if first is None:
        return None
    if decided is not None:
        sentence = sentence_about(text, decided)
        words = sentence.of(text)
        said = _ANIMALS.search(words)
        if said is not None and _PEOPLE.search(words) is None:
            return Span(sentence.start + said.start(), sentence.start + said.end())
    many = sum(1 for _ in _ANIMALS.finditer(text))
    if many >= _SPOKEN and many >= _SPOKEN * sum(1 for _ in _PEOPLE.finditer(text)):
        return Span(first.start(), first.end())
    return None


def sentence_about(text: str, span: Span, around: int = 300) -> Span:
    """Return the sentence about a span, roughly: up to full stops, at the most `around` code points either side."""
    least, most = max(0, span.start - around), min(len(text), span.end + around)
    start = text.rfind(". ", least, span.start)
    end = text.find(". ", span.end, most)
    return Span(start + 2 if start >= 0 else least, end if end >= 0 else max(most, span.end))


__all__ = ["STUDIES", "of_animals", "sentence_about"]
