"""What is counted in a study and how English writes how many: "fifteen pediatric patients", "all children", "none"."""

from __future__ import annotations

from functools import lru_cache

from curbside.language.numbers import numbers

PEOPLE = (
    r"(?:patients?|participants?|subjects?|children|child|adults?|infants?|neonates?|newborns?|adolescents?|women|woman"
    r"|men|man|people|persons?|recipients?|individuals?|cases?|volunteers?|girls?|boys?|males?|females?|toddlers?"
    r"|residents|veterans|outpatients?|inpatients?|mothers|gravidas?|parturients?|students?|smokers|probands?|siblings?|respondents|responders|non-?responders|survivors|controls)"
)
"""Nouns for people who are counted, for a linear pattern over lower-case text."""

THINGS = r"(?:eyes?|lesions?|tumou?rs?|limbs?|knees?|hips?|teeth|wounds?|grafts?|implants?|pregnancies|courses?)"
"""Things that are counted in people's stead."""

_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_SMALL = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight"
    r"|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen)"
)
NUMBER = (
    rf"(?:(?:{_ONES}[- ]thousand,? )?{_ONES}[- ]hundred(?:,?[- ](?:and[- ])?{_SMALL})?"
    rf"|{_ONES} thousand(?:,? (?:and )?{_SMALL})?"
    r"|\d{1,3}(?:[,\x{2009}\x{202f}\x{a0}]\d{3})+|\d{1,6}"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six"
    r"|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen)"
)
"""A whole number in digits or words, for a linear pattern over lower-case text."""

_SPACES = str.maketrans("", "", ",\u2009\u202f\u00a0 ")


@lru_cache(maxsize=4_096)
def plain(printed: str) -> str:
    """Return a printed number in plain digits: "Fifteen" -> "15", "1,234" -> "1234", "31·0" -> "31.0".

    What is no number comes back as it is.
    """
    bare = printed.strip().translate(_SPACES).replace("·", ".").replace("∙", ".").replace("−", "-").replace("–", "-")
    if bare.startswith("."):
        bare = "0" + bare
    try:
        float(bare)
    except ValueError:
        found = numbers(printed)
        if len(found) == 1 and found[0].form in {"word", "digits", "times"} and found[0].value == int(found[0].value):
            return str(int(found[0].value))
        return printed.strip()
    return bare


def whole(printed: str) -> int | None:
    """Return the whole number that is printed, or None where it is none."""
    bare = plain(printed)
    return int(bare) if bare.isdigit() else None
