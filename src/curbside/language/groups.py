"""How English names groups of people and routes of giving a drug."""

from __future__ import annotations

from curbside.language.linear import Pattern, Patterns, linear

_POPULATIONS = {
    "infant": r"(?i)\b(?:infan(?:ts?|cy|tile)|neonat\w+|newborns?|bab(?:y|ies)|toddlers?|younger than \d+ (?:days|weeks|months)|\d+ (?:days|weeks|months)[- ]old)\b",
    "child": r"(?i)\b(?:child(?:ren|hood)?|kids?|p(?:a)?ediatrics?|minors?|under (?:1[0-8]|[5-9])\b|(?:[2-9]|1[0-2])[- ]?(?:years?|yrs?)[- ]old|boys?|girls?|sons?|daughters?|school-?aged?|preschool\w*|toddlers?)\b",
    "adolescent": r"(?i)\b(?:1[3-8][- ]?(?:years?|yrs?)[- ]old|adolescen\w+|teen(?:s|ager?s?|aged)?|young people)\b",
    "adult": r"(?i)\b(?:(?:19|[2-9]\d)[- ]?(?:years?|yrs?)[- ]old|adults?|grown-?ups?|adulthood)\b",
    "older adult": r"(?i)\b(?:elderly|older (?:adults?|people|patients|persons)|geriatric|seniors)\b",
    "pregnant": r"(?i)\b(?:pregnan\w+|breast-?feed\w*|lactat\w+|gestation\w*|nursing mothers?|(?:breast|human|mother's) milk)\b",
    "transplant recipient": r"(?i)\b(?:transplant(?:ation)? (?:recipients?|patients?)|recipients? of (?:an? )?\w+ transplants?|transplanted patients?)\b",
}
POPULATIONS: dict[str, Pattern] = {name: linear(pattern) for name, pattern in _POPULATIONS.items()}
"""Groups of people, each with the words that name it."""

YOUNG = frozenset({"infant", "child", "adolescent"})
OLD = frozenset({"adult", "older adult"})

_ROUTES = {
    "topical": r"(?i)\b(?:topical(?:ly)?|ointments?|creams?|gels?|lotions?|foams?|(?:applied|put|rubbed|used) (?:to|on|onto|into) (?:the |their |his |her )?skin|applied locally|application sites?|skin application|rubbed)\b",
    "oral": r"(?i)\b(?:oral(?:ly)?|by mouth|systemic(?:ally|(?: \w+)? (?:therap|treatment|administration|use|agents?|drugs?|medic|exposure|immunosuppress)\w*)|tablets?|capsules?|pills?|swallow\w*|per os)\b",
    "intravenous": r"(?i)\b(?:intravenous(?:ly)?|infusions?|infused|i\.?v\.?)(?:\b|\s)",
    "subcutaneous": r"(?i)\b(?:subcutaneous(?:ly)?)\b",
    "intralesional": r"(?i)\b(?:intralesional(?:ly)?|injected into)\b",
    "intranasal": r"(?i)\b(?:intra-?nasal(?:ly)?|nasal (?:spray|drops|solution|administration))\b",
    "vaginal": r"(?i)\b(?:intra-?vaginal(?:ly)?|vaginal (?:gel|cream|ring|tablets?|suppositor\w+|pessar\w+|administration|route))\b",
    "rectal": r"(?i)\b(?:intra-?rectal(?:ly)?|rectally|rectal (?:administration|suppositor\w+|route|gel)|enemas?)\b",
    "intramuscular": r"(?i)\bintra-?muscular(?:ly)?\b",
    "transdermal": r"(?i)\btransdermal(?:ly)?\b",
    "sublingual": r"(?i)\b(?:sublingual(?:ly)?|buccal(?:ly)?)\b",
    "intrathecal": r"(?i)\b(?:intra-?thecal(?:ly)?|epidural(?:ly)?)\b",
    "intravitreal": r"(?i)\bintra-?vitreal(?:ly)?\b",
    "inhaled": r"(?i)\b(?:inhal\w+|nebuli[sz]\w+)\b",
    "eye drops": r"(?i)\b(?:eye drops?|ophthalmic)\b",
}
ROUTES: dict[str, Pattern] = {name: linear(pattern) for name, pattern in _ROUTES.items()}
"""Routes of administration, each with the words that name it."""


_ANY_POPULATION = Patterns(tuple(_POPULATIONS.values()))
_ANY_ROUTE = Patterns(tuple(_ROUTES.values()))


def populations(text: str) -> tuple[str, ...]:
    """Return the groups of people that `text` names, in the order of the table."""
    names = tuple(POPULATIONS)
    return tuple(names[place] for place in _ANY_POPULATION.found(text))


def routes(text: str) -> tuple[str, ...]:
    """Return the routes that `text` names, in the order of the table."""
    names = tuple(ROUTES)
    return tuple(names[place] for place in _ANY_ROUTE.found(text))
