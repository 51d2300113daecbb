"""Other spellings of a word: British and American, Greek letters and their names."""

from __future__ import annotations

BRITISH = (
    ("tumour", "tumor"),
    ("haem", "hem"),
    ("aemi", "emi"),
    ("oedem", "edem"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("foet", "fet"),
    ("paed", "ped"),
    ("gynaec", "gynec"),
    ("anaesth", "anesth"),
    ("caec", "cec"),
    ("coeliac", "celiac"),
    ("faec", "fec"),
    ("aetiol", "etiol"),
    ("rrhoea", "rrhea"),
    ("pnoea", "pnea"),
    ("mucocoel", "mucocel"),
    ("haemangi", "hemangi"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("labour", "labor"),
    ("humour", "humor"),
    ("odour", "odor"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("titre", "titer"),
    ("calibre", "caliber"),
    ("sulph", "sulf"),
    ("lysis", "lyzis"),
    ("lyse", "lyze"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("alling", "aling"),
    ("ageing", "aging"),
    ("grey", "gray"),
    ("programme", "program"),
    ("defence", "defense"),
    ("licence", "license"),
    ("leucocyt", "leukocyt"),
    ("leucopen", "leukopen"),
    ("neutropaen", "neutropen"),
    ("cyclospor", "ciclospor"),
)
"""British and American form of a stretch of letters. A pair may make a word that nobody writes; a spelling counts only
where the index knows it, so such a word costs a look-up and finds nothing."""

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "µ": "mu",
    "ω": "omega",
}
"""Greek letters as words; a letter that stands alone is also written by its name."""

_NAMES = {name: letter for letter, name in GREEK.items() if letter != "µ"}


def spellings(word: str) -> tuple[str, ...]:
    """Return the other ways to write a word (given in lower case), without the word itself, in a fixed order."""
    found: dict[str, None] = {}
    for british, american in BRITISH:
        if british in word:
            found.setdefault(word.replace(british, american))
        if american in word:
            found.setdefault(word.replace(american, british))
    for other in (GREEK.get(word), _NAMES.get(word)):
        if other:
            found.setdefault(other)
    found.pop(word, None)
    return tuple(found)
