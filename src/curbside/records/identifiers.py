"""Identifiers of works: parsed to one canonical form, with check digits where the standard has them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_DOI = re.compile(r"10\.\d{4,9}/[^\s\0]{1,300}")
_DOI_LEAD = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
_DIGITS = re.compile(r"^\d{1,9}$")
_NCT = re.compile(r"^NCT\d{8}$")


def normal_pmid(printed: str) -> str | None:
    """Return a PubMed id as digits without leading zeros, or None where it is none."""
    digits = re.sub(
        r"^\s*(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)", "", printed.strip(), flags=re.IGNORECASE
    )
    digits = digits.strip().rstrip("/")
    if not _DIGITS.match(digits):
        return None
    return digits.lstrip("0") or None


def normal_pmcid(printed: str) -> str | None:
    """Return a PubMed Central id as `PMC` and digits, or None where it is none."""
    digits = re.sub(r"^(?:pmcid:?\s*)?pmc\s*", "", printed.strip(), flags=re.IGNORECASE).split(".")[0]
    return f"PMC{digits.lstrip('0')}" if _DIGITS.match(digits) and digits.strip("0") else None


def normal_doi(printed: str) -> str | None:
    """Return a DOI in lower case without resolver or label, or None where it is none.

    DOIs are case-insensitive (ISO 26324); odd characters such as `<`, `(` and `;` are part of them.
    """
    bare = _DOI_LEAD.sub("", printed.strip())
    match = _DOI.match(bare)
    return match.group(0).rstrip(".,;").lower() if match else None


def normal_nct(printed: str) -> str | None:
    """Return a ClinicalTrials.gov id as `NCT` and eight digits, or None where it is none."""
    bare = printed.strip().upper().lstrip("#")
    return bare if _NCT.match(bare) else None


def normal_issn(printed: str) -> str | None:
    """Return an ISSN as `1234-567X` if its check digit is right (ISO 3297), else None."""
    bare = re.sub(r"[^0-9Xx]", "", printed).upper()
    if not re.match(r"^\d{7}[\dX]$", bare):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(bare[:7], range(8, 1, -1)))
    check = (11 - total % 11) % 11
    return f"{bare[:4]}-{bare[4:]}" if bare[7] == ("X" if check == 10 else str(check)) else None


def normal_orcid(printed: str) -> str | None:
    """Return an ORCID iD as `0000-0002-1825-0097` if its check digit is right (ISO 7064 11-2), else None."""
    bare = re.sub(r"^.*orcid\.org/", "", printed.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"[\s-]", "", bare).upper()
    if not re.match(r"^\d{15}[\dX]$", bare):
        return None
    total = 0
    for digit in bare[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if bare[15] != ("X" if check == 10 else str(check)):
        return None
    return "-".join(bare[i : i + 4] for i in range(0, 16, 4))


_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip
_SPELLED = str.maketrans(_GREEK)
"""Letters that one list prints and another spells out."""

_TELLING = 32
"""Letters from which a title says alone which work it is; "Authors' reply" and "Introduction" do not."""

_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


def letters_of(printed: str) -> str:
    """Return the letters and digits of a title or name in one spelling: lower case, no accents, Greek spelled out."""
    low = printed.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_SPELLED)).translate(_SPELLED)
    return "".join(char for char in low if char.isalnum())


def year_in(printed: str) -> str:
    """Return the four digits of a printed year ("2010a", "Epub 2010"), or ""."""
    match = _YEAR.search(printed)
    return match.group(0) if match else ""


def title_key(title: str, year: str = "", family: str = "") -> str:
    """Return a key under which printings of one title meet ("t:" and 16 hexadecimal digits), or "".

    Case, accents, punctuation and spelled-out Greek letters make no difference. A long title is a key by itself, since
    the year of a list and of a record often differ by one (online, print); a short one ("Authors' reply") only
    together with the year and the first author's family name, and gives "" without them.

    It is a key to *look up* candidates with, which are then scored and flagged (`appraise.linking`). It is none of
    `Identifiers.keys`: two records are never one work because of it.
    """
    letters = letters_of(title)
    if len(letters) < _TELLING:
        when, who = year_in(year), letters_of(family)
        if not (letters and when and who):
            return ""
        letters = f"{letters}/{when}/{who}"
    return "t:" + hashlib.sha256(letters.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of one work, each in canonical form or None.

    Attributes:
        pmid: PubMed id, digits.
        pmcid: PubMed Central id, `PMC` and digits.
        doi: DOI in lower case.
        nct: ClinicalTrials.gov id of the record itself (not of trials that it mentions).
        others: further (scheme, value) pairs, e.g. `("pii", "S0140-6736(12)61767-X")`, `("openalex", "W…")`,
            `("url", "https://…")`, in the order of the source.
    """

    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    nct: str | None = None
    others: tuple[tuple[str, str], ...] = ()

    def keys(self) -> tuple[str, ...]:
        """Return the joining keys, strongest first: `pmid:…`, `doi:…`, `pmcid:…`, `nct:…`.

        Two documents are one work only if they share a key; never by title alone.
        """
        pairs = (("pmid", self.pmid), ("doi", self.doi), ("pmcid", self.pmcid), ("nct", self.nct))
        return tuple(f"{scheme}:{value}" for scheme, value in pairs if value)
