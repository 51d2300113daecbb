"""The units that are known, by an allow-list: what is not in the table is no unit.

Names follow UCUM and common medical print; nothing is evaluated, so no text can make this slow or do harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.language.words import listed

_TABLE: dict[str, dict[str, str]] = {
    # dimension -> canonical name -> spellings (upper and lower case matter below three letters)
    "mass": {
        "ng": "ng nanogram nanograms",
        "µg": "µg μg ug mcg microg microgram micrograms",
        "mg": "mg mgs Mg MG milligram milligrams milligramme milligrammes",
        "g": "g gm gms gram grams gramme grammes",
        "pg": "pg picogram picograms",
    },
    "weight": {"kg": "kg kgs Kg KG kilogram kilograms kilo kilos", "lb": "lb lbs"},
    "volume": {
        "L": "L l liter liters litre litres",
        "dL": "dL dl deciliter decilitre",
        "mL": "mL ml ML cc milliliter milliliters millilitre millilitres",
        "µL": "µL μL µl μl uL ul microliter microlitre",
        "fL": "fL fl",
    },
    "amount": {
        "mol": "mol",
        "mmol": "mmol mmols millimole millimoles",
        "µmol": "µmol μmol umol micromole micromoles",
        "nmol": "nmol nanomole nanomoles",
        "pmol": "pmol",
        "mEq": "mEq meq",
        "mOsm": "mOsm mosm",
    },
    "molarity": {"mM": "mM", "µM": "µM μM uM", "nM": "nM", "pM": "pM"},
    "activity": {
        "IU": "IU iu",
        "MIU": "MIU",
        "mIU": "mIU",
        "U": "U unit units",
        "kU": "kU",
        "mU": "mU",
        "MBq": "MBq",
        "GBq": "GBq",
        "mCi": "mCi",
    },
    "length": {
        "m": "m meter meters metre metres",
        "cm": "cm centimeter centimeters centimetre centimetres",
        "mm": "mm millimeter millimeters millimetre millimetres",
        "µm": "µm μm um micron microns micrometer micrometers",
        "nm": "nm nanometer nanometers",
        "km": "km",
    },
    "time": {
        "second": "s sec secs second seconds",
        "minute": "min mins minute minutes",
        "hour": "h hr hrs hour hours",
        "day": "d day days",
        "week": "w wk wks week weeks",
        "month": "mo mos mon month months",
        "year": "y yr yrs year years",
    },
    "ratio": {"%": "% percent", "‰": "‰", "fold": "fold", "ppm": "ppm", "point": "point points"},
    "radiation": {"Gy": "Gy gray grays", "cGy": "cGy", "mGy": "mGy"},
    "energy": {"J": "J joule joules", "mJ": "mJ", "kJ": "kJ", "kcal": "kcal", "W": "W", "mW": "mW"},
    "pressure": {"mmHg": "mmHg mmhg", "kPa": "kPa"},
    "temperature": {"°C": "°C", "°F": "°F"},
    "rate": {"bpm": "bpm", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz"},
    "form": {
        "tablet": "tablet tablets tab tabs pill pills",
        "capsule": "capsule capsules",
        "drop": "drop drops",
        "puff": "puff puffs",
        "ampoule": "ampoule ampoules ampule ampules",
        "vial": "vial vials",
        "sachet": "sachet sachets",
        "patch": "patch patches",
        "application": "application applications",
        "injection": "injection injections",
        "infusion": "infusion infusions",
        "dose": "dose doses",
    },
    "count": {
        "patient": "patient patients",
        "participant": "participant participants",
        "subject": "subject subjects",
        "person": "person persons people individuals individual",
        "child": "child children",
        "infant": "infant infants neonate neonates",
        "adult": "adult adults",
        "adolescent": "adolescent adolescents",
        "woman": "woman women female females girl girls",
        "man": "man men male males boy boys",
        "case": "case cases",
        "recipient": "recipient recipients",
        "lesion": "lesion lesions",
        "eye": "eye eyes",
        "study": "study studies",
        "trial": "trial trials",
        "event": "event events",
        "course": "course courses",
        "cycle": "cycle cycles",
        "session": "session sessions",
        "treatment": "treatment treatments",
        "visit": "visit visits",
        "centre": "centre centres center centers site sites",
        "death": "death deaths",
        "responder": "responder responders",
        "control": "control controls",
    },
}

KNOWN: dict[str, tuple[str, str]] = {
    spelling: (canonical, dimension)
    for dimension, names in _TABLE.items()
    for canonical, spellings in names.items()
    for spelling in spellings.split()
}
"""Spelling -> (canonical singular name, dimension)."""

SYMBOL = re.compile(r"[ \u00a0\u2009\u202f]?[-‐‑]?\s?(°[CF]|[%‰]|per ?cent\b|[A-Za-zµμ]{1,14}+)(?!['’_])")
POWER = re.compile(r"\^?([23²³])(?![0-9])|\(([23])\)")
PER = re.compile(
    r"[ \u00a0]?/[ \u00a0]?(?:(1\.73) ?)?([A-Za-zµμ]{1,14}+)"
    r"|[ \u00a0-](?:per|an?|each)[ \u00a0-]([A-Za-z]{1,14}+)"
    r"|[ \u00a0·.]([A-Za-zµμ]{1,3}+)(?:\^?[-−–]1|⁻¹)(?![0-9])"
    r"|[ \u00a0·.](m)(?:\^?[-−–]2|⁻²)(?![0-9])"
)
SQUARE = re.compile(r"[ \u00a0](?:per|/)[ \u00a0]square[ \u00a0-]met(?:er|re)s?(?: of body[ -]surface(?:[ -]area)?)?")
WEIGHT = re.compile(r"[ \u00a0](?:of )?body[ -]?weight")
COUNTED = re.compile(
    r"[ \u00a0]?(?:/|per)[ \u00a0]?(L|l|litre|liter|mL|ml|µL|μL|µl|μl|uL|ul|dL|dl|mm|hpf|HPF)(?![A-Za-z])"
)
_BETWEEN = listed("continuous consecutive full whole additional more further complete calendar total")
_SQUARES = {"2": "2", "²": "2", "3": "3", "³": "3"}
_OF_TIME = frozenset({"hour", "day", "week", "month", "year", "dose"})
_BELOW = frozenset({"kg", "g", "L", "dL", "mL", "µL", "mm", "m", "cm", "minute", "second", "mmol", "mg", "mol"})
_SHORT_TIME = {"minute": "min", "second": "s"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands in a text.

    Attributes:
        name: canonical and singular: "mg", "mg/m2", "ng/mL", "month", "tablet".
        dimension: what it measures, a key of the table; "level" for so much in a volume.
        per: the time or dose it is counted by ("day" in mg/kg/day, "dose"), or "".
        end: offset in the text after the unit.
    """

    name: str
    dimension: str
    per: str
    end: int


def known(symbol: str) -> tuple[str, str] | None:
    """Return canonical name and dimension of a unit's spelling, None where it is not in the table."""
    found = KNOWN.get(symbol)
    if found is None and len(symbol) > 3:
        found = KNOWN.get(symbol.lower())
    return found


def unit_at(text: str, at: int) -> Unit | None:
    """Return the unit that follows a number ending at `at`, or None."""
    counted = COUNTED.match(text, at)
    if counted is not None:
        return _counted(text, counted)
    match = SYMBOL.match(text, at)
    if match is not None and match[1] in _BETWEEN:
        match = SYMBOL.match(text, match.end())
    if match is None:
        return None
    symbol = "%" if match[1].replace("\u00a0", "").replace(" ", "") == "percent" else match[1]
    found = known(symbol)
    if found is None:
        return None
    name, dimension = found
    end = match.end()
    if dimension == "length":
        name, dimension, end = _raised(text, name, end)
    return _with_denominators(text, name, dimension, end)


def _counted(text: str, match: re.Match[str]) -> Unit:
    found = known(match[1])
    name, end = (found[0] if found else "hpf"), match.end()
    if name == "mm":
        name, _, end = _raised(text, name, end)
    return Unit(f"/{name}", "level", "", end)


def _raised(text: str, name: str, end: int) -> tuple[str, str, int]:
    power = POWER.match(text, end)
    if power is None:
        return name, "length", end
    exponent = _SQUARES[power[1] or power[2]]
    return name + exponent, "area" if exponent == "2" else "volume", power.end()


def _with_denominators(text: str, name: str, dimension: str, end: int) -> Unit:
    per = ""
    for _ in range(3):
        square = SQUARE.match(text, end)
        if square is not None:
            name, end = name + "/m2", square.end()
            continue
        match = PER.match(text, end)
        if match is None:
            break
        symbol = match[2] or match[3] or match[4] or match[5]
        found = known(symbol) or (("hpf", "area") if symbol.lower() == "hpf" else None)
        if found is None or dimension in {"time", "count"}:
            break
        below, end_below = found[0], match.end()
        if below in {"m", "cm", "mm"}:
            below, _, end_below = (below + "2", "", end_below) if match[5] else _raised(text, below, end_below)
        if below in _OF_TIME and not (below == "dose" and dimension == "form"):
            per, end = below, end_below
        elif (found[0] in _BELOW and (match[3] is None or found[1] == "volume")) or below in {"kg", "m2"}:
            name += "/" + (f"1.73{below}" if match[1] else _SHORT_TIME.get(below, below))
            dimension = "level" if found[1] == "volume" and dimension != "volume" else dimension
            end = end_below
            weight = WEIGHT.match(text, end) if below == "kg" else None
            end = weight.end() if weight is not None else end
        else:
            break
    return Unit(name, dimension, per, end)
