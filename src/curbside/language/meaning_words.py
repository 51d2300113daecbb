"""Classes of words that carry what a clinical sentence claims beside its numbers and names: whom, how bad, how often.

Each table is class -> words, written as `words.flat` writes them. Words of one class may stand for each other; losing
a class, or gaining one, changes the claim. `ANTONYMS` are words that turn a claim round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from curbside.language.groups import populations, routes
from curbside.language.phrases import Phrases
from curbside.language.recent import remembered
from curbside.language.words import flat, listed


def _rows(table: Mapping[str, str]) -> dict[str, str]:
    return {" ".join(each.split()): name for name, words in table.items() for each in words.split("|")}


PEOPLE = _rows(
    {
        "women": "women | woman | female | females | girls | girl",
        "men": "men | man | male | males | boys | boy",
        "mice": "mice | mouse | murine",
        "rats": "rats | rat",
        "animals": "animals | animal | rabbits | dogs | cats | pigs | monkeys | primates | zebrafish | canine | feline",
        "in vitro": "in vitro | cell line | cell lines | cultured | ex vivo | organoid | organoids",
        "healthy": "healthy | volunteers | volunteer",
        "smokers": "smokers | smoker",
        "nonsmokers": "non-smokers | nonsmokers | non-smoker",
        "humans": "humans | human | in vivo",
        "family": "relatives | siblings | twins",
        "kidney transplant": "kidney transplant | renal transplant | kidney transplantation | renal transplantation",
        "liver transplant": "liver transplant | hepatic transplant | liver transplantation",
        "heart transplant": "heart transplant | cardiac transplant | heart transplantation",
        "outpatient": "outpatients | outpatient",
        "inpatient": "inpatients | inpatient | hospitalized | hospitalised",
        "everyone": "everyone | everybody | anyone | anybody | the general population",
    }
)
"""Whom a sentence is about, beside the groups of `language.groups`."""

STATE = _rows(
    {
        "refractory": "refractory | resistant",
        "severe": "severe | severely",
        "moderate": "moderate | moderately",
        "mild": "mild | mildly",
        "serious": "serious | life-threatening",
        "minor": "minor | trivial",
        "fatal": "fatal | lethal | deadly | killed",
        "acute": "acute",
        "chronic": "chronic",
        "relapsed": "relapsed | relapsing | recurrent",
        "untreated": "untreated | treatment-naive | newly diagnosed | previously untreated",
        "advanced": "advanced | late-stage | metastatic",
        "early-stage": "early-stage",
        "first line": "first-line | first line",
        "second line": "second-line | second line",
        "third line": "third-line | third line",
        "complete": "complete | completely | full | fully | entirely",
        "partial": "partial | partially | partly | in part",
        "reversible": "reversible | could be reversed | can be reversed | was reversed",
        "irreversible": "irreversible | permanent | permanently",
        "transient": "transient | temporary | transiently | temporarily",
        "off-label": "off-label | unlicensed | unapproved",
        "licensed": "licensed | approved | on-label",
        "high-risk": "high-risk",
        "low-risk": "low-risk",
        "alone": "alone | monotherapy | as a single agent | on its own | by itself | as sole",
        "combined": "in combination with | in combination | combined | together with | plus | added to | add-on |"
        " adjunct | adjunctive | along with | addition of",
    }
)
"""How bad, how far, in which line, alone or combined."""

DESIGN = _rows(
    {
        "randomized": "randomized | randomised | randomly | rct | rcts | at random",
        "nonrandomized": "non-randomized | non-randomised | nonrandomized | nonrandomised",
        "blind": "double-blind | double-blinded | double-masked",
        "single blind": "single-blind",
        "open": "open-label | unblinded",
        "retrospective": "retrospective | retrospectively",
        "prospective": "prospective | prospectively",
        "observational": "observational",
        "controlled": "controlled | placebo-controlled",
        "uncontrolled": "uncontrolled",
        "pilot": "pilot",
        "confirmatory": "confirmatory | pivotal",
        "one centre": "single-center | single-centre",
        "centres": "multicenter | multicentre | multi-center | multi-centre",
        "review": "systematic review | systematic reviews | meta-analysis | meta-analyses | cochrane",
        "case": "case report | case reports | case series",
        "guideline": "guideline | guidelines",
    }
)
"""What kind of study a sentence rests on."""

AMOUNT = _rows(
    {
        "all": "all | every | everyone | each of | each patient | in every case",
        "most": "most | majority | the majority | largely | mostly | predominantly",
        "many": "many | numerous",
        "some": "some | several | a number of | a subset | certain",
        "few": "few | a few | minority | a minority | a small number",
        "half": "half",
        "always": "always | invariably",
        "usually": "usually | generally | typically",
        "often": "often | frequently | frequent | common | commonly",
        "sometimes": "sometimes | occasionally | occasional | at times",
        "rarely": "rarely | rare | seldom | uncommon | infrequent | infrequently | uncommonly",
        "only": "only | solely | exclusively",
    }
)
"""How many, how often."""

CAUSE = _rows(
    {
        "cause": "cause | causes | caused | causing | causal | lead to | leads to | led to | leading to | result in |"
        " results in | resulted in | resulting in | induce | induces | induced | inducing | induction | bring about |"
        " brings about | brought about | trigger | triggers | triggered | provoke | provoked | responsible for",
        "due": "due to | because of | because | owing to | on account of | attributable | attributed | secondary to |"
        " thanks to | as a result of | by reason of",
        "prevent": "prevent | prevents | prevented | preventing | prevention | avert | averts | averted | protective |"
        " protects | protect | protected",
        "cure": "cure | cures | cured | curative | eradicate | eradicated | eradicates",
    }
)
"""That one thing brings about another."""

LINK = _rows(
    {
        "linked": "associated | association | associations | correlated | correlates | correlation | linked |"
        " related to | relationship | predictor | predictors | predicts | predicted",
    }
)
"""That two things go together, which says less than that one brings about the other."""

ADVICE = _rows(
    {
        "recommend": "recommend | recommends | recommended | recommendation | recommendations | advise | advises |"
        " advised | advice | advisable | suggest using",
        "should": "should | ought | ought to",
        "must": "must | have to | has to | required | mandatory | essential | needs to | need to",
        "indicated": "is indicated | are indicated | indicated for | indicated in",
        "preferred": "preferred | drug of choice | treatment of choice | first choice | gold standard | best",
        "avoid": "avoid | avoids | avoided | avoiding",
        "contraindicated": "contraindicated | contraindication",
        "consider": "consider | considered | considering | consideration",
        "warranted": "warranted | warrants | warrant",
        "safe to": "can safely | safe to",
        "stop": "stop taking | discontinue immediately",
    }
)
"""What somebody should do."""

STRENGTH = _rows(
    {
        "proved": "prove | proves | proved | proven | proof | confirm | confirms | confirmed | establish |"
        " established | establishes | definitive | definitively | conclusive | conclusively | guarantee |"
        " guarantees | guaranteed | undoubtedly | certainly | clearly | without doubt | definitely | surely |"
        " unequivocally | undeniably",
        "very": "very | highly | strongly | strong | markedly | marked | dramatically | dramatic | substantially |"
        " substantial | greatly | massively | remarkable | remarkably | extremely | considerably | considerable |"
        " potent | powerful | powerfully | profound | profoundly | excellent | vastly | far",
        "superlative": "most effective | safest | strongest | unparalleled | unrivalled | breakthrough | miracle",
        "effective": "effective | efficacious | effectiveness | efficacy | works | worked",
        "safe": "safe | safely | safety | harmless | well tolerated | well-tolerated | tolerability | risk-free",
        "superior": "superior | superiority | outperforms | outperformed | outperform",
        "inferior": "inferior | inferiority",
        "non-inferior": "noninferior | non-inferior | noninferiority | non-inferiority",
        "equivalent": "similar | similarly | comparable | equivalent | equal | equally | identical | the same |"
        " as effective as | as well as placebo",
        "significant": "significant | significantly | statistically",
        "first": "first ever | novel | new standard",
        "new approval": "fda-approved | approved by",
    }
)
"""Words that make a claim stronger than it was."""

MEASURE = _rows(
    {
        "median": "median",
        "mean": "mean | average | averaged | averaging",
        "minimum": "minimum | minimal | lowest",
        "maximum": "maximum | maximal | highest",
        "peak": "peak | peaks",
        "trough": "trough | troughs",
        "hazard ratio": "hazard ratio | hazard ratios | hr | ahr",
        "odds ratio": "odds ratio | odds ratios | aor",
        "risk ratio": "risk ratio | relative risk | risk ratios | rr",
        "risk difference": "risk difference | absolute risk",
        "standard deviation": "standard deviation | sd",
        "interquartile range": "interquartile range | iqr",
        "confidence interval": "confidence interval | confidence intervals | ci",
        "incidence": "incidence",
        "prevalence": "prevalence",
        "mortality": "mortality",
        "overall survival": "overall survival",
        "progression-free": "progression-free | event-free | disease-free | relapse-free",
        "sensitivity": "sensitivity",
        "specificity": "specificity",
        "baseline": "baseline",
        "endpoint": "primary outcome | primary endpoint | primary end point | main outcome | main endpoint |"
        " main end point",
        "second endpoint": "secondary outcome | secondary endpoint | secondary end point | secondary outcomes |"
        " secondary endpoints",
    }
)
"""What a number measures."""

CONDITION = _rows(
    {
        "unless": "unless | except | except for | excepting | other than | apart from | aside from | excluding",
        "if": "if | provided | provided that | only if | in case of | in case | as long as | subject to",
        "even": "even if | even in | even when | even with",
        "although": "although | though | even though | despite | in spite of | but | however | albeit | yet | while |"
        " whereas | nevertheless | nonetheless",
        "regardless": "regardless | regardless of | irrespective | irrespective of | independent of | independently of",
        "whether": "whether",
    }
)
"""What restricts a sentence."""

_PAIRS = """
increase decrease | increased decreased | increases decreases | increasing decreasing | rise fall | rose fell
| higher lower | high low | highest lowest | greater smaller | larger smaller | more less | more fewer | longer shorter
| long short | better worse | best worst | improve worsen | improved worsened | improves worsens | improvement worsening
| improvement deterioration | reduce increase | reduced increased | reduces increases | reduction increase
| positive negative | early late | earlier later | before after | start stop | started stopped | begin end
| began ended | continue discontinue | continued discontinued | safe unsafe | survive die | survived died
| survival death | alive dead | resolved persisted | resolve persist | gain loss | gained lost | with without
| include exclude | included excluded | present absent | first last | support oppose | reversible irreversible
| above below | prevent cause | prevents causes | prevented caused | well poorly | possible impossible
| effective ineffective | common rare | commonly rarely | frequent infrequent | frequently rarely | likely unlikely
| significant nonsignificant | benefit harm | beneficial harmful | benefits harms | stable unstable | fast slow
| rapid slow | rapidly slowly | up down | accelerated delayed | prolonged shortened | succeeded failed | left right
| shrank grew | shrink grow | responders nonresponders | adherent nonadherent | necessary unnecessary
| symptomatic asymptomatic | toxic nontoxic | invasive noninvasive | minimum maximum | minimal maximal | oral topical
| raised lowered | elevated reduced | enhanced impaired | favourable unfavourable | favorable unfavorable
| tolerated untolerated | completed withdrew | inpatient outpatient | daily weekly | weekly monthly | day night
| morning evening | systemic topical | proximal distal | upper lower | primary secondary | many few | most few
"""

ANTONYMS: dict[str, frozenset[str]] = {}
"""Word -> the words that say the contrary."""

for _pair in _PAIRS.split("|"):
    _one, _two = _pair.split()
    ANTONYMS[_one] = ANTONYMS.get(_one, frozenset()) | {_two}
    ANTONYMS[_two] = ANTONYMS.get(_two, frozenset()) | {_one}

_TIMES = listed("day days week weeks month months year years hour hours other second third night morning evening time")

_TABLES = {
    name: (Phrases(table), table)
    for name, table in {
        "people": PEOPLE,
        "state": STATE,
        "design": DESIGN,
        "amount": AMOUNT,
        "cause": CAUSE,
        "link": LINK,
        "advice": ADVICE,
        "strength": STRENGTH,
        "measure": MEASURE,
        "condition": CONDITION,
    }.items()
}


def classes(name: str, text: str) -> Counter[str]:
    """Return how often each class of a table ("people", "state", …) stands in a text.

    "people" counts the groups of `language.groups` and routes with "route" are those of the same module; both once.
    """
    return Counter(dict(_classed(f"{name}\n{text}")))


@remembered
def _classed(asked: str) -> list[tuple[str, int]]:
    name, _, text = asked.partition("\n")
    if name == "route":
        return [(each, 1) for each in routes(text)]
    found: Counter[str] = Counter(populations(text) if name == "people" else ())
    finder, table = _TABLES[name]
    low = flat(text)
    for span, phrase in finder.find(low):
        if phrase in {"every", "most", "all"} and _of_time(low, span.end):
            continue
        if (phrase == "most" and _superlative(low, span.end)) or _compared(low, span.start, phrase):
            continue
        found[table[phrase]] += 1
    return sorted(found.items())


def _of_time(low: str, at: int) -> bool:
    following = low[at : at + 24].split()
    return bool(following) and (following[0].strip(".,;") in _TIMES or following[0][:1].isdigit())


def _superlative(low: str, at: int) -> bool:
    following = low[at : at + 24].split()
    return bool(following) and following[0] in {"common", "commonly", "frequent", "frequently", "often", "effective"}


_BESIDE = {
    "all": ("above", "at", "after", "in", "not"),
    "many": ("as", "so"),
    **dict.fromkeys(("common", "commonly", "frequent", "frequently", "often"), ("as", "more", "most", "less", "least")),
}
"""Word -> the words before it with which it tells no amount of its own ("above all", "more common")."""


def _compared(low: str, at: int, phrase: str) -> bool:
    before = low[max(0, at - 12) : at].split()
    return bool(before) and before[-1] in _BESIDE.get(phrase, ())
