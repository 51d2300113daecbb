"""Words that tell a harm from a benefit, and a grave harm from a light one."""

from __future__ import annotations

import re

from curbside.language.linear import linear

NAMED_HARM = linear(
    r"\b(?:life-threatening|adverse|side[- ]effects?|toxic\w*|complications?|untoward|safety"
    r"|drug-related|treatment-related|tolerat\w+"
    r"|tolerab\w+|intoleran\w+)\b"
)
"""Words that call something a harm."""

EVENT = linear(
    r"\b(?:life-threatening|adverse (?:events?|effects?|reactions?|experiences?)|side[- ]effects?|aes?\b|toxicit(?:y"
    r"|ies)|complications?|mucositis"
    r"|stomatitis|aphth\w+|(?:oral|mouth) (?:ulcer\w*|sores?)|ulcers?|hyperlipid\w+|dyslipid\w+|hypercholesterol\w+"
    r"|hypertriglycerid\w+|(?:neutro|leuko|leuco|lympho|thrombocyto|pancyto|cyto)penias?|an(?:a)?emia|pneumoni\w+"
    r"|infections?|infectious|sepsis|septic\w*|rash(?:es)?|acne\w*|pruritus|itching|nausea|vomiting"
    r"|diarrh\w+|headaches?|dizziness"
    r"|fatigue|(?:o)?edema|irritation|burning|stinging|erythema|redness|dryness|dry skin|(?:ne"
    r"|he)phrotoxic\w*|hepatotoxic\w*"
    r"|hypertension|malignanc\w+|lymphoma|cancers?|thromb(?:osis|oses|oembolism)|embolism|h(?:a)?emorrhage|bleeding"
    r"|fever|pyrexia|cough|nasopharyngitis|pharyngitis|bronchitis|arthralgia|myalgia|abdominal pain"
    r"|constipation|anorexia"
    r"|amenorrh\w+|proteinuria|pneumonitis|interstitial lung|renal (?:failure|impairment|insufficiency|dysfunction)"
    r"|hyperglyc\w+|diabetes|seizures?|tremor|neurotoxic\w*|encephalopath\w+|(?:elevated|increased) (?:liver enzymes|"
    r"transaminases|alt|ast|creatinine)|transaminitis|wound healing|deaths?|fatal\w*|hospitali[sz]ations?"
    r"|reactions?|atrophy|hypersensitivity|anaphyla\w+|nephropathy|neuropathy|alopecia|weight (?:loss"
    r"|gain)|insomnia|drowsiness|somnolence|sedation|sleep disturbances?|conjunctivitis|retinopathy"
    r"|hair loss|hirsutism|gingival \w+|cramps|par(?:a)?esthesias?|jaundice|cataracts?|glaucoma"
    r"|convulsions?|lymphoproliferative|leukoencephalopathy|pancreatitis|angio(?:o)?edema|myocarditis"
    r"|arrhythmias?|hiccups?|vertigo|tinnitus|h(?:a)?ematuria|dyspepsia|heartburn|xerosis|blister\w*|phlebitis"
    r"|dyspn(?:o)?ea|flushing|hypotension|hypoglyc(?:a)?emia|bradycardia|palpitations|urticaria|eczema"
    r"|(?:dry|oral) mouth)\b"
)
"""Events that treatment may do to people; the condition treated may be among them, see `is_harm`."""

TREATED = linear(
    r"\b(?:treat(?:ed|ment|ments|ing)|therap(?:y|ies)|receiv(?:ed|ing)|drugs?|side[- ]effects?|toxic\w*|adverse"
    r"|tolerat\w+|tolerab\w+|dos(?:e|es|ing|age)|administ\w+|medication\w*|given|taking|discontinu\w+|withdr\w+|arm"
    r"|arms|group|groups|recipients|during (?:the )?(?:study|trial|use)|safety|injection\w*|infusion\w*|application"
    r"|surgery|transplant\w*|vaccin\w+|postoperative\w*|procedure\w*)\b"
)
"""Words of a treatment that may have done something to people."""

BENEFIT = linear(
    r"\b(?:respon[ds]\w*|remission|resol\w+|improv\w+|reduc\w+|decreas\w+|disappear\w+|regress\w*"
    r"|recover\w*|clear(?:ed|ance)?"
    r"|heal(?:ed|ing)|cured?|control(?:led)?|effective\w*|efficacy|success\w*|surviv\w+|free of"
    r"|freedom|seizure-free|relaps\w+"
    r"|recurr\w+|achiev\w+|attain\w*|shr[aiu]nk\w*|stabili\w+|stable|progress\w+|benefi\w+"
    r"|normali[sz]\w+|prevent\w*|better"
    r"|symptom-free|transfusion|weaned|re-?start\w*|remained on|rejection|graft)\b"
)
"""What treatment is meant to do, or fails to."""

SERIOUS = linear(
    r"\b(?:severe|serious|fatal\w*|life-threatening|deaths?|died|sepsis|grades? (?:3|4|5|iii|iv|v|≥ ?3"
    r"|[345](?:[-/–][45])?)"
    r"|grade (?:≥|>=) ?3|opportunistic|hospitali[sz]\w+|anaphyla\w+)\b"
)
"""Words that call a harm grave."""


TOLD = linear(
    r"\b(?:discontinu\w+|withdr[ae]w\w*|stopp(?:ed|ing)|died|deaths?|alive|complet(?:ed|ion)|requir\w+|need(?:ed|ing)"
    r"|symptom\w*|develop\w+|occur\w*|experienc\w+|show(?:ed|ing)|exhibit\w+|demonstrat\w+|detect\w+"
    r"|observed|incidence|score"
    r"|rates?|abnormal\w*|normal|positive|negative|events?|had (?:no|an?|the)|lost|gain\w*|switch\w*"
    r"|convert\w*|satisf\w+)\b"
)
"""What else is told of people as an outcome."""

BASELINE = linear(
    r"\b(?:baseline|characteristics|demographic\w*|clinical (?:features|manifestations?"
    r"|presentations?)|located|locations?"
    r"|were (?:fe)?males?|(?:were|was) (?:neonates|infants|children|women|men|white|black|caucasian|asian)|smok\w+"
    r"|comorbid\w+|at (?:birth|diagnosis|presentation|enrol+ment|inclusion)|history of|mean age|median age|years of age"
    r"|were diagnosed|had previously|had been treated|prior to|were enrol+ed|slight (?:fe)?male"
    r"|mutations?|were recruited"
    r"|were randomi[sz]ed|randomly assigned|cut-?off|threshold|will (?:be|receive|continue|undergo|start)|type i error"
    r"|power to|sample size|planned|(?:similar|comparable|the same|identical) (?:in|for|among"
    r"|between))\b"
)
"""What people were like before treatment, or how they came into the study: no outcome."""


def is_outcome(words: str) -> bool:
    """Tell whether a flattened clause tells of an outcome rather than of who the people were."""
    if BASELINE.search(words) is not None:
        return False
    return BENEFIT.search(words) is not None or TOLD.search(words) is not None or EVENT.search(words) is not None


_ANTI = re.compile(r"\banti-?[a-z]{3,30}")


def is_harm(words: str, condition: str = "") -> bool:
    """Tell whether a flattened clause counts a harm: it names one, and does not tell of its going or of efficacy.

    `condition` is the condition treated; its own name is no harm.
    """
    words = _ANTI.sub(" ", words)
    event = EVENT.search(words.replace(condition, " ") if condition else words)
    if event is None:
        return False
    if NAMED_HARM.search(words):
        return True
    return BENEFIT.search(words) is None
