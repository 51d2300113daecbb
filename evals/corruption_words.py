"""Word lists of the generator of wrong sentences; nothing else may use them."""

from __future__ import annotations

Pairs = tuple[tuple[str, str], ...]
"""Pattern to match (case ignored, `\\b` written out) and what stands in its place; more specific ones first."""


def _words(*pairs: tuple[str, str], both_ways: bool = False) -> Pairs:
    every = [*pairs, *((right, left) for left, right in pairs)] if both_ways else list(pairs)
    return tuple((rf"(?<![\w-]){left}(?![\w-])", right) for left, right in every)


DRUGS: tuple[tuple[str, ...], ...] = (
    ("sirolimus", "everolimus", "temsirolimus", "tacrolimus", "pimecrolimus", "cyclosporine", "mycophenolate"),
    ("azathioprine", "methotrexate", "cyclophosphamide", "leflunomide", "hydroxychloroquine", "dapsone"),
    ("prednisone", "prednisolone", "methylprednisolone", "dexamethasone", "hydrocortisone"),
    ("rituximab", "belimumab", "adalimumab", "infliximab", "etanercept", "tocilizumab", "anifrolumab", "abatacept"),
    ("eltrombopag", "romiplostim", "avatrombopag", "fostamatinib"),
    ("propranolol", "atenolol", "timolol", "nadolol", "metoprolol"),
    ("warfarin", "apixaban", "rivaroxaban", "dabigatran", "heparin"),
    ("aspirin", "clopidogrel", "ibuprofen", "naproxen", "celecoxib"),
    ("metformin", "insulin", "glimepiride", "sitagliptin", "liraglutide"),
    ("atorvastatin", "simvastatin", "rosuvastatin", "pravastatin"),
    ("finasteride", "minoxidil", "dutasteride", "spironolactone"),
    ("vincristine", "doxorubicin", "cisplatin", "carboplatin", "paclitaxel", "docetaxel", "gemcitabine"),
    ("omeprazole", "ranitidine", "pantoprazole"),
    ("amoxicillin", "azithromycin", "ciprofloxacin", "vancomycin", "doxycycline", "ceftriaxone"),
    ("fluoxetine", "sertraline", "escitalopram", "venlafaxine", "bupropion"),
    ("enalapril", "lisinopril", "losartan", "amlodipine", "ramipril", "captopril"),
    ("morphine", "fentanyl", "ketamine", "propofol", "midazolam"),
    ("isotretinoin", "acitretin", "tretinoin", "thalidomide", "lenalidomide"),
    ("alpelisib", "trametinib", "bevacizumab", "imatinib", "sorafenib", "sunitinib"),
    ("vigabatrin", "valproate", "carbamazepine", "levetiracetam", "phenytoin"),
)

CONDITIONS: tuple[tuple[str, ...], ...] = (
    ("immune thrombocytopenia", "autoimmune hemolytic anemia", "Evans syndrome", "aplastic anemia"),
    ("facial angiofibromas", "angiomyolipomas", "subependymal giant cell astrocytomas", "port-wine stains"),
    ("kaposiform hemangioendothelioma", "lymphatic malformations", "infantile hemangiomas", "venous malformations"),
    ("tuberous sclerosis complex", "Sturge-Weber syndrome", "neurofibromatosis", "lymphangioleiomyomatosis"),
    ("systemic lupus erythematosus", "cutaneous lupus erythematosus", "dermatomyositis", "systemic sclerosis"),
    ("psoriasis", "atopic dermatitis", "vitiligo", "lichen planus", "alopecia areata", "pyoderma gangrenosum"),
    ("rheumatoid arthritis", "ankylosing spondylitis", "psoriatic arthritis", "osteoarthritis"),
    ("Crohn's disease", "ulcerative colitis", "celiac disease"),
    ("type 2 diabetes", "type 1 diabetes", "gestational diabetes"),
    ("breast cancer", "lung cancer", "prostate cancer", "colorectal cancer", "ovarian cancer"),
    ("asthma", "pneumonia", "chronic obstructive pulmonary disease"),
    ("hypertension", "heart failure", "atrial fibrillation", "myocardial infarction"),
    ("depression", "schizophrenia", "bipolar disorder"),
    ("chronic graft-versus-host disease", "acute rejection", "delayed graft function"),
    ("migraine", "epilepsy", "Parkinson's disease", "multiple sclerosis"),
    ("melanoma", "basal cell carcinoma", "Kaposi sarcoma", "squamous cell carcinoma"),
)

_HARM_STEMS = (
    "nausea vomiting diarrh headache mucositis stomatitis ulcer lipid cholesterol triglycerid acne rash infection "
    "pneumon edema oedema anemia anaemia neutropeni thrombocytopeni leukopeni proteinuria fatigue fever pain "
    "hypertension hyperglyc hepat liver renal kidney nephro cough dyspn pruritus itch burning irritation dryness "
    "bleeding hemorrh haemorrh thrombo stroke sepsis neutro seizure dizz insomnia constipation anorexia amenorrh "
    "erythema bruis aphth pneumonitis delayed wound lymphoma malignan tremor hirsut gingival weight"
)
HARMS: tuple[str, ...] = tuple(_HARM_STEMS.split())

NEGATIONS: Pairs = (
    (
        r"\b(is|are|was|were|be|been|being|has|have|had|should|could|may|might|must|can|will|would|did|does|do) not"
        r"(?! only| yet| necessarily| all\b| until| un\w)\b",
        r"\1",
    ),
    (r"\bcannot\b", "can"),
    (r"\bno (?=(?:[a-z-]+ )?difference\b)", "a "),
    (r"\bno (?=(?:patient|study|trial|case|child|participant|subject|death|drug)\b)", "one "),
    (r"\bno(?! (?:longer|more|less|better|worse|greater|higher|lower|fewer|other|one|later)\b)(?= [a-z])", "some"),
    (r"\bwithout(?= \w)", "with"),
    (r"\bneither ([\w-]+) nor\b", r"both \1 and"),
    (r"\bnone of\b", "all of"),
    (r"\bnon-?significant\b", "significant"),
    (r"\bineffective\b", "effective"),
    (r"\bunlikely\b", "likely"),
    (r"\bnever \b", ""),
)

HEDGES: Pairs = (
    (r"\bcould be\b", "will be"),
    (r"\bsuggest that\b", "prove that"),
    (r"\bsuggests that\b", "proves that"),
    (r"\bsuggested that\b", "proved that"),
    (r"\bsuggesting that\b", "proving that"),
    (r"\bappears to be\b", "is"),
    (r"\bappear to be\b", "are"),
    (r"\bseems to be\b", "is"),
    (r"\bseem to be\b", "are"),
    (r"\bappeared to be\b", "was"),
    (r"\b(?:possibly|probably|potentially|perhaps|apparently|presumably) (?=\w)", ""),
    (r"\bpotential(?= (?:treatment|therap|option|benefit))", "proven"),
    (r"\bpossible(?= (?:treatment|therap|option|benefit))", "proven"),
    (r"\b(?:limited|insufficient|weak|low-quality|mixed|conflicting) evidence\b", "strong evidence"),
    (r"\bevidence (is|was) (?:limited|mixed|insufficient|weak|conflicting)\b", r"evidence \1 strong"),
    (r"\b(?:very )?low(?=[- ]certainty)", "high"),
    (r"\bpreliminary\b", "definitive"),
    (r"\bpromising\b", "proven"),
)

UNITS: Pairs = tuple(
    (rf"(?<=\d)(\s?|-){left}(?![\w/²]|\^)", rf"\1{right}")
    for left, right in (
        ("mg/kg/day", "mg/kg/week"),
        ("mg/kg", "mg/m2"),
        ("mg/m2", "mg/kg"),
        ("mg/m²", "mg/kg"),
        ("mg/dL", "g/dL"),
        ("mg/dl", "g/dl"),
        ("g/dL", "mg/dL"),
        ("g/dl", "mg/dl"),
        ("ng/mL", "µg/mL"),
        ("ng/ml", "µg/ml"),
        ("mmol/L", "µmol/L"),
        ("mmol/l", "µmol/l"),
        ("mg", "g"),
        ("(?:mcg|µg|μg)", "mg"),
        ("g", "mg"),
        ("kg", "g"),
        ("mL", "L"),
        ("ml", "L"),
        ("mm", "cm"),
        ("cm", "mm"),
        ("hours", "days"),
        ("days", "weeks"),
        ("weeks", "months"),
        ("months", "years"),
        ("years", "months"),
        ("week", "month"),
        ("month", "week"),
        ("day", "week"),
        ("year", "month"),
    )
)

_ADJECTIVE = r"(?= (?:patients|population|recipients|subjects|participants|cases|trials|studies)\b)"

POPULATIONS: Pairs = _words(
    ("pregnant women", "non-pregnant women"),
    ("children", "adults"),
    ("adults", "children"),
    (f"p(?:a)?ediatric{_ADJECTIVE}", "adult"),
    (f"adult{_ADJECTIVE}", "pediatric"),
    ("infants", "adults"),
    ("neonates", "adults"),
    ("newborns", "adults"),
    ("adolescents", "older adults"),
    ("girls", "boys"),
    ("boys", "girls"),
    ("women", "men"),
    ("men", "women"),
    (f"female{_ADJECTIVE}", "male"),
    (f"male{_ADJECTIVE}", "female"),
    (f"elderly{_ADJECTIVE}", "young"),
    (r"(?:renal|kidney)(?= transplant)", "liver"),
    (r"(?:liver|hepatic)(?= transplant)", "kidney"),
    ("healthy volunteers", "patients"),
    ("smokers", "non-smokers"),
)

DIRECTIONS: Pairs = _words(
    ("increased", "decreased"),
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("increasing", "decreasing"),
    ("higher", "lower"),
    ("highest", "lowest"),
    ("better", "worse"),
    ("superior", "inferior"),
    ("longer", "shorter"),
    ("greater", "smaller"),
    ("positive", "negative"),
    ("early", "late"),
    both_ways=True,
) + _words(
    ("reduced", "increased"),
    ("reduces", "increases"),
    ("reduce", "increase"),
    ("reducing", "increasing"),
    ("reduction", "increase"),
    ("reductions", "increases"),
    ("improved", "worsened"),
    ("improves", "worsens"),
    ("improve", "worsen"),
    ("improving", "worsening"),
    ("improvement", "worsening"),
    ("fewer", "more"),
    ("more(?= (?:effective|likely|frequent|common|often|severe|rapid))", "less"),
    ("less(?= (?:effective|likely|frequent|common|often|severe|rapid))", "more"),
    ("declined", "rose"),
    ("rose", "fell"),
    ("prevents", "causes"),
    ("prevented", "caused"),
    ("gained", "lost"),
)

_MOUTH = (
    r"(?! (?:mucos|cavit|ulcer|lesion|lichen|contracept|hygiene|health|cancer|candid|aphth|squamous|presentation"
    r"|stomatitis|complication|manifestation|disease|surg|glucose))"
)

_ROUTE_WORDS = _words(
    ("orally", "topically"),
    ("topically", "orally"),
    ("topical", "oral"),
    ("intravenously", "orally"),
    ("intravenous", "subcutaneous"),
    ("subcutaneously", "intravenously"),
    ("subcutaneous", "intravenous"),
    ("intramuscular", "intravenous"),
    ("intrathecal", "intravenous"),
    ("inhaled", "oral"),
    ("intravitreal", "systemic"),
    ("intralesional", "systemic"),
    ("systemic(?= (?:sirolimus|therapy|treatment|corticosteroid|steroid|administration))", "topical"),
)
ROUTES: Pairs = (*_ROUTE_WORDS, (rf"(?<![\w-])oral{_MOUTH}(?![\w-])", "topical"))

_FREQUENCY_WORDS = _words(
    ("once daily", "three times daily"),
    ("twice daily", "once daily"),
    ("(?:two|2) times daily", "once daily"),
    ("(?:three|3) times daily", "once daily"),
    ("twice a day", "once a day"),
    ("once a day", "twice a day"),
    ("(?:three|3) times a week", "three times a day"),
    ("twice weekly", "twice daily"),
    ("once weekly", "once daily"),
    ("weekly", "daily"),
    ("monthly", "weekly"),
    (r"daily(?! (?:living|life|activit|practice))", "weekly"),
    ("per day", "per week"),
    ("a day", "a week"),
    ("per week", "per day"),
    ("every other day", "every day"),
    (r"every (\d{1,2}) weeks", r"every \1 days"),
    (r"every (\d{1,2}) hours", r"every \1 days"),
)
FREQUENCIES: Pairs = (*_FREQUENCY_WORDS, (r"(?<=[a-zA-Z2²])/day\b", "/week"), (r"(?<=[a-zA-Z2²])/d\b", "/wk"))

_COUNTED = (
    r"(?= (?:patients|cases|studies|children|participants|of (?:the|these|our)|individuals|adults|women|men|trials))"
)

QUANTIFIERS: Pairs = _words(
    (f"some{_COUNTED}", "all"),
    (f"most{_COUNTED}", "all"),
    (f"many{_COUNTED}", "all"),
    (f"few{_COUNTED}", "most"),
    ("half(?= of the)", "all"),
    (f"all{_COUNTED}", "some"),
    ("a minority of", "the majority of"),
    ("the majority of", "a minority of"),
    ("sometimes", "always"),
    ("occasionally", "always"),
    ("usually", "always"),
    ("rarely", "commonly"),
    ("frequently", "rarely"),
    ("commonly", "rarely"),
    ("uncommon", "common"),
    ("rare", "common"),
    ("partial(?= (?:response|remission|improvement|regression))", "complete"),
    ("complete(?= (?:response|remission|resolution|regression))", "partial"),
    ("partially", "completely"),
    ("completely", "partially"),
)

VERDICTS: Pairs = _words(
    ("should be avoided", "should be used"),
    ("must be avoided", "must be used"),
    ("contraindicated", "indicated"),
    ("well tolerated", "poorly tolerated"),
    ("well-tolerated", "poorly tolerated"),
    ("discontinued", "continued"),
    ("is recommended", "is discouraged"),
    ("are recommended", "are discouraged"),
    ("was recommended", "was discouraged"),
    ("unsafe", "safe"),
    ("safe", "unsafe"),
    (r"(?<!more )(?<!less )(?<!most )effective", "ineffective"),
    ("benefits? outweighs?", "harm outweighs"),
    ("resolved", "persisted"),
    ("survived", "died"),
    ("died", "survived"),
    ("reversible", "irreversible"),
    ("irreversible", "reversible"),
)

DESIGNS: Pairs = _words(
    ("case reports?", "randomised trial"),
    ("case series", "randomised trial"),
    ("retrospective", "prospective"),
    ("open-label", "double-blind"),
    ("double-blind", "open-label"),
    ("non-?randomi[sz]ed", "randomised"),
    ("uncontrolled", "controlled"),
    ("observational stud(y|ies)", r"randomised stud\1"),
    ("single-cent(?:er|re)", "multicentre"),
    ("pilot", "confirmatory"),
    (r"phase (?:2|II)(?! or | and | to |[/–-])", "phase 3"),
    (r"phase (?:1|I)(?! or | and | to |[/–-])", "phase 3"),
    (r"level (?:4|IV)(?! or | and | to |[/–-])", "level 1"),
    (r"level (?:3|III)(?! or | and | to |[/–-])", "level 1"),
    ("off-label", "licensed"),
    ("in vitro", "in patients"),
    ("mice", "patients"),
    ("rats", "patients"),
)

SEVERITIES: Pairs = _words(
    ("moderate[- ]to[- ]severe", "mild"),
    ("mild[- ]to[- ]moderate", "severe"),
    ("mild", "severe"),
    ("severe", "mild"),
    ("refractory", "newly diagnosed"),
    ("relapsed", "untreated"),
    ("first-line", "third-line"),
    ("second-line", "first-line"),
    ("third-line", "first-line"),
    ("chronic", "acute"),
    ("acute", "chronic"),
    ("early-stage", "advanced"),
    ("advanced", "early-stage"),
    (r"grade (?:3|III)(?! or | and | to |[/–-])", "grade 1"),
    (r"grade (?:1|I)(?! or | and | to |[/–-])", "grade 3"),
    ("serious(?= adverse)", "minor"),
)

RESTRICTIONS: Pairs = (
    (r"(?<!not )\bonly (?=(?:in|for|when|if|after|with)\b)", ""),
    (r", except(?: for)? [^,.;]{3,60}(?=[,.;])", ""),
    (r"\bunless\b", "even if"),
    (r" \((?:except|excluding) [^()]{3,60}\)", ""),
    (r" in (?:selected|high-risk|carefully selected) (?=patients)", " in all "),
    (r"\b(?:selected|high-risk) (?=patients|children)", ""),
    (r" with close monitoring\b", ""),
    (r" under (?:close |medical |careful )?supervision\b", ""),
    (r", (?:but|although|though|however) [^.;]{8,120}(?=\.$)", ""),
    (r", and (?:further|larger|more|additional) [^.;]{8,100}(?=\.$)", ""),
    (r" in a small (?=(?:number|proportion|subset))", " in a large "),
)

COMBINATIONS: Pairs = _words(
    ("in combination with", "without"),
    ("combined with", "without"),
    ("together with", "without"),
    ("in addition to", "instead of"),
    ("alone", "in combination with corticosteroids"),
    ("monotherapy", "combination therapy"),
    ("adjunctive", "sole"),
    ("adjuvant", "primary"),
    ("with or without", "without"),
    ("before(?= (?:surgery|transplantation|treatment|surgical))", "after"),
    ("after(?= (?:surgery|transplantation|treatment|surgical))", "before"),
)

MEASURES: Pairs = _words(
    ("hazard ratio", "odds ratio"),
    ("odds ratio", "hazard ratio"),
    ("relative risk", "absolute risk"),
    ("risk ratio", "risk difference"),
    ("absolute risk", "relative risk"),
    ("median", "minimum"),
    ("mean(?= (?:age|dose|duration|change|time|score|level|follow))", "maximum"),
    ("overall survival", "progression-free survival"),
    ("progression-free survival", "overall survival"),
    ("overall response", "complete response"),
    ("objective response", "complete response"),
    ("trough", "peak"),
    ("HR(?= ?[=,:\\d])", "OR"),
    ("OR(?= ?[=,:\\d])", "HR"),
    ("SD", "SEM"),
)

OTHER_ARM: dict[str, str] = {
    "placebo": "treatment",
    "control": "treatment",
    "treatment": "control",
    "intervention": "control",
    "active": "placebo",
}

WORDS_OF_NUMBERS: dict[str, str] = {
    "two": "four",
    "three": "six",
    "four": "eight",
    "five": "ten",
    "six": "twelve",
    "eight": "four",
    "ten": "five",
    "twelve": "six",
}

BOUNDS: dict[str, str] = {
    "<": ">",
    ">": "<",
    "≤": "≥",
    "≥": "≤",
    "less than": "more than",
    "more than": "less than",
    "fewer than": "more than",
    "at least": "at most",
    "at most": "at least",
    "up to": "at least",
}

_ASSERTABLE_WORDS = (
    "recommended effective used associated given considered approved indicated observed reported safe required "
    "licensed increased reduced improved started stopped administered monitored significant superior contraindicated "
    "well found seen efficacious beneficial tolerated necessary detected"
)
ASSERTABLE = frozenset(_ASSERTABLE_WORDS.split())
