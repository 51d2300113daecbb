"""How English asks a yes/no question of research and how a report answers it: forms of questions, signs of findings."""

from __future__ import annotations

from curbside.language.linear import linear

LEADS = linear(
    r"(?i)(?:^\W*|[:?.,;!-]\s*)(do|does|did|is|are|was|were|can|could|should|has|have|had|will|would|may|might|must"
    r"|how|what|which|why|who|when|where)\b"
)
"""The word that a question begins with; the last one in a title such as "X after Y: is it safe?"."""
OPEN = frozenset({"how", "what", "which", "why", "who", "when", "where"})
"""Questions that no yes or no answers."""

ASKED = {
    "differ": linear(r"(?i)\b(?:differen\w*|differ|disparit\w*|vary|variation\w*|gap|distinct)\b"),
    "link": linear(
        r"(?i)\b(?:associat\w*|correlat\w*|relat\w*|link\w*|predict\w*|risk factors?|prognos\w*|marker\w*|indicat\w*"
        r"|determin\w*|depend\w*|reflect\w*|contribut\w*|caus\w*|factors?)\b"
    ),
    "affect": linear(
        r"(?i)\b(?:affect\w*|influenc\w*|impact\w*|effects?|alter\w*|chang\w*|modif\w*|interfer\w*|matter\w*|play|role|make)\b"
    ),
    "up": linear(
        r"(?i)\b(?:increas\w*|higher|greater|more|enhanc\w*|improv\w*|better|rais\w*|promot\w*|superior\w*|longer"
        r"|benefi\w*|advantage\w*|add\w*|gain)\b"
    ),
    "down": linear(
        r"(?i)\b(?:reduc\w*|decreas\w*|lower\w*|less|fewer|prevent\w*|worse\w*|impair\w*|diminish\w*|shorter"
        r"|compromis\w*|limit\w*|poor\w*|decline)\b"
    ),
    "safe": linear(
        r"(?i)\b(?:safe\w*|harm\w*|danger\w*|complication\w*|adverse|toxic\w*|contraindicat\w*|morbidity)\b"
    ),
    "can": linear(r"(?i)\b(?:feasib\w*|possib\w*|able|practica\w*|toler\w*|acceptab\w*|achiev\w*|can|could)\b"),
    "useful": linear(
        r"(?i)\b(?:useful\w*|effective\w*|efficac\w*|valuable|value|worth\w*|valid\w*|reliab\w*|accura\w*|work|helpful"
        r"|help|sensitive|adequate|sufficient|appropriate|suitable|viable|good|optimal|diagnos\w*|detect\w*|identify)\b"
    ),
    "need": linear(
        r"(?i)\b(?:necessary|need\w*|mandatory|required?|justif\w*|should|essential|must|routine\w*|warranted|obligatory)\b"
    ),
    "same": linear(
        r"(?i)\b(?:same|equal\w*|equivalent|comparable|similar\w*|as \w+ as|alternative\w*|non-?inferior\w*"
        r"|interchangeable|agree\w*|consistent|replace\w*|substitut\w*|representative)\b"
    ),
    "aware": linear(
        r"(?i)\b(?:aware\w*|know\w*|adher\w*|compl(?:y|iance|iant)|follow\w*|prepared|ready|understand\w*|practice"
        r"|attitud\w*|meet\w*)\b"
    ),
    "exist": linear(r"(?i)\b(?:is there|are there|exist\w*|evidence)\b"),
    "denied": linear(r"(?i)\b(?:not|no|without|never|fail\w*)\b"),
    "doubted": linear(r"(?i)\b(?:really|truly|always|any|every|alone|still|just|too|only)\b"),
    "we": linear(r"(?i)\b(?:we|our|us|you)\b"),
    "either": linear(r"(?i)\b(?:or|versus|vs\.?|myth|fact|fiction|reality)\b"),
    "both": linear(r"(?i)\band\b"),
}
"""What a question asks about: name -> words."""

DENIED = linear(
    r"(?i)\b(?:no|not|neither|nor|without|non|none|failed|did not|lack of|absence of|never|cannot)\b[\w\s,'/-]{0,45}?"
    r"\b(?:significan\w*|differen\w*|differ\w*|effects?|associat\w*|correlat\w*|relat\w*|influenc\w*|affect\w*|chang\w*|predict\w*|impact"
    r"|alter\w*|increas\w*|decreas\w*|improv\w*|reduc\w*|benefit\w*|evidence|higher|lower|better|worse|more|less"
    r"|contribut\w*|found|detect\w*|observed|impair\w*|advantage|superior\w*|explain\w*|confirm\w*|prevent\w*|sufficien\w*"
    r"|evident|reach\w*|help\w*|vary|varied|lead|led|suitable|possible|useful|required|needed)\b|\bnon-?significan\w*|\binsignifican\w*|\bsimilar\w*"
    r"|\bcomparable\b|\bequivalent\b|\bunchanged\b|\bidentical\b|\bunaffected\b|\bthe same\b|\bindependent of\b"
    r"|\bunrelated\b|\birrespective\b|\bregardless\b|\bno longer\b"
)
"""A finding denied: "no significant difference", "was not associated", "similar"."""
NOTABLE = linear(
    r"(?i)\b(?:significan\w*|independent (?:predict|risk|prognos)\w*|independently|strong\w*|marked\w*|substantial\w*"
    r"|considerabl\w*|highly|clearly)\b"
)
LINKED = linear(
    r"(?i)\b(?:associat\w*|correlat\w*|predict\w*|relat\w*|risk factor\w*|influenc\w*|affect\w*|effects?|differ\w*"
    r"|chang\w*)\b"
)
MORE = linear(
    r"(?i)\b(?:increas\w*|higher|greater|elevat\w*|rais\w*|rise|rose|more|larger|longer|enhanc\w*|exceed\w*|gain\w*"
    r"|improv\w*|better|faster|superior\w*)\b"
)
LESS = linear(
    r"(?i)\b(?:decreas\w*|lower\w*|reduc\w*|less|fewer|smaller|shorter\w*|fell|declin\w*|diminish\w*|drop\w*|worse\w*"
    r"|poorer|inferior|impair\w*)\b"
)
WELCOME = linear(
    r"(?i)\b(?:improv\w*|better|benefi\w*|effective\w*|success\w*|well tolerated|satisf\w*"
    r"|no (?:\w{4,14} ){0,2}(?:complications?|mortality|adverse|deaths?|recurrences?)|accurate\w*|reliab\w*|feasib\w*"
    r"|safe\w*|superior\w*|high (?:sensitivity|specificity|accuracy|agreement)|excellent|good|uneventful\w*|saved?"
    r"|savings|reproducib\w*|agree\w*|correct\w*|useful|prefer\w*)\b"
)
UNWELCOME = linear(
    r"(?i)\b(?:worse\w*|poor\w*|fail\w*|inaccura\w*|unreliab\w*|complication\w*|died|death\w*|mortality|adverse"
    r"|recur\w*|unable|low(?:er)? (?:sensitivity|rate|accuracy)|misse?d|error\w*|lack\w*|inadequate\w*|incorrect\w*"
    r"|false|never|rare\w*|few|harm\w*|insufficient|underestimat\w*|discrepan\w*|discord\w*|barrier\w*|difficult\w*"
    r"|costl?\w*)\b"
)
NOTHING = linear(r"(?i)\b(?:none|neither|nor|no|not|without|did not|never|cannot|lack\w*|fail\w*)\b")
DOUBT = linear(
    r"(?i)\b(?:may|might|could|possibl\w*|suggest\w*|appear\w*|seem\w*|tend\w*|trend\w*|borderline|likely|probabl\w*"
    r"|marginal\w*|slight\w*|moderate\w*|weak\w*|partial\w*|modest\w*|limited|mixed|inconsisten\w*|variab\w*|some)\b"
)
TURN = linear(r"(?i)\b(?:however|but|although|though|whereas|while|despite|nevertheless|yet|except|unless)\b")
SOME_ONLY = linear(
    r"(?i)\b(?:only|except|alone|subgroup\w*|subset|in (?:wo)?men|stratif\w*|among (?:those|patients|women|men)"
    r"|interact\w*)\b"
)
ADJUSTED = linear(r"(?i)\b(?:adjust\w*|multivaria\w*|independent\w*|logistic|regression|cox|confound\w*)\b")
KIN = {
    "safe safety danger harm risk": (
        "adverse complication toxicity mortality death died morbidity tolerated side event safe safety bleed"
    ),
    "prognosis outcome survival mortality death": "survival survive mortality death died prognosis recurrence",
    "accurate accuracy diagnosis diagnose diagnostic detect": "sensitivity specificity accuracy predictive detected",
    "reliable reproducible agree valid": "agreement kappa correlation reproducibility intraclass correlated",
    "cost economic expensive": "cost savings charge expenditure",
    "feasible possible": "success successful completed performed achieved feasible",
}
"""Words of a question, and words that a report answers them in."""

COMMON = (
    "patient patients study use effect treatment year result risk clinical group associated increase reduce improve "
    "influence affect predict role useful necessary significant different difference compared data"
)
"""Words of a question that tell little about which sentence answers it."""
