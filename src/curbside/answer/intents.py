"""The table of intents: how a question shows what it wants, and how a sentence shows that it serves it."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.language.linear import Pattern, linear
from curbside.language.quantities import quantities
from curbside.records import AnswerFacet, Category, Intent


@dataclass(frozen=True, slots=True)
class IntentRow:
    """One row of the table.

    Attributes:
        intent: the intent.
        asks: pattern over a question.
        cue: pattern over a sentence that serves it; None where any sentence may.
        quantities: kinds of quantity (see `language.quantities`) of which one serves as a cue too.
        needs_cue: whether a sentence without cue and quantity cannot serve it at all.
        facet: its name when nothing is found ("dose of …").
        heading: heading of its sentences behind the short answer; "" for the heading of their kind of evidence.
    """

    intent: Intent
    asks: Pattern
    cue: Pattern | None
    quantities: frozenset[str]
    needs_cue: bool
    facet: str
    heading: str


SHORT = "Short answer"
GUIDELINES = "From the guidelines"
RESEARCH = "From the research"
SECONDARY = "Reported by secondary sources"
REPLIES = "From clinicians' replies"
UNSIGNED = "From unsigned text"
PAGES = "From other pages"
PLACE = "Place among treatments"
FORMS = "Forms and strengths"
DOSES = "Doses and schedules"
HARMS = "Harms"
WATCHED = "Monitoring"
UNSUITED = "Who it may not suit"
TOGETHER = "Interactions"
STOPPING = "After stopping"
UNKNOWN = "What is not known"
NEAREST = "Nearest to what is not stated"
FACET_OF: dict[str, AnswerFacet] = {
    SHORT: AnswerFacet.SHORT,
    GUIDELINES: AnswerFacet.GUIDELINES,
    RESEARCH: AnswerFacet.RESEARCH,
    SECONDARY: AnswerFacet.SECONDARY,
    REPLIES: AnswerFacet.REPLIES,
    UNSIGNED: AnswerFacet.UNSIGNED,
    PAGES: AnswerFacet.PAGES,
    PLACE: AnswerFacet.LINE,
    FORMS: AnswerFacet.FORMS,
    DOSES: AnswerFacet.DOSES,
    HARMS: AnswerFacet.HARMS,
    WATCHED: AnswerFacet.MONITORING,
    UNSUITED: AnswerFacet.UNSUITED,
    TOGETHER: AnswerFacet.INTERACTIONS,
    STOPPING: AnswerFacet.STOPPING,
    UNKNOWN: AnswerFacet.UNKNOWN,
    NEAREST: AnswerFacet.NEAREST,
}
"""Headings in the order in which they stand, each with what it tells."""
HEADINGS = tuple(FACET_OF)
KINDS = frozenset({GUIDELINES, RESEARCH, SECONDARY, REPLIES, UNSIGNED, PAGES})
"""Headings that tell who says something; the others tell what is said."""

_HARM = (
    r"\b(?:adverse|side[- ]effects?|harm(?:s|ful)?|toxicit\w*|toxic|safe(?:ly|ty)?|unsafe|tolera\w+|complicat\w+"
    r"|infections?|pneumonia|sepsis|mucositis|stomatitis|cytopenias?|hyperlipid\w+|lipid abnormalit\w+|dyslipid\w+"
    r"|nausea|vomiting|diarrh\w+|rash|irritation|burning|redness|erythema|pruritus|itch\w*|sting\w*|pain|edema|oedema"
    r"|proteinuria|nephrotoxic\w*|neurotoxic\w*|hepatotoxic\w*|malignanc\w+|carcinogen\w+|atrophy|teratogen\w*"
    r"|discontinu\w+ (?:because|due)|died|deaths?|mortality|fatal|severe|serious|risks?|associated with (?:an? )?(?:increased|higher|greater|severe|adverse)|developed|experienced|worsen\w*|(?:raised|elevated|increased) (?:\w+ ){0,2}(?:bilirubin|creatinine|lipids?|cholesterol|triglycerides?|(?:liver )?enzymes|transaminases|glucose|blood pressure)|dermatitis|ulcers?|lymphomas?|aggravat\w+|wound healing|thrombo(?:sis|ses|tic|embol\w+)"
    r"|microangiopath\w+|encephalopath\w+|\w+-(?:associated|induced|related)|seizures?|hypertension|pneumonitis|induced|related (?:to|events?)|events?)\b"
)
REPORTED_HARM = linear(
    r"(?i)\b(?:adverse (?:events?|effects?|reactions?)|side[- ]effects?|toxicit\w+|(?:well|poorly|not|generally|tolerant|good)[ -]tolera\w+|tolerability"
    r"|complications? (?:of|with|includ\w+|were|occurred)|safety profile|discontinu\w+ (?:\w+ ){0,3}(?:because|due)|stopped (?:\w+ ){0,3}because"
    r"|mucositis|stomatitis|mouth ulcer\w*|oral ulcer\w*|hyperlipid\w+|lipid abnormalit\w+|nausea|diarrh\w+|irritation|burning|pruritus|stinging"
    r"|pneumonitis|pneumonia|infections?|skin atrophy|malignanc\w+|nephrotoxic\w*|neurotoxic\w*|increased risk|risk of|harms? of|wound healing"
    r"|-(?:induced|associated|related)\b|caused by|complication of)"
)
"""A sentence that reports harms, for the part of an answer that nobody asked for but every reader needs."""
LINE_WORDS = linear(
    r"(?i)\b(?:first|second|third|front)[- ]?(?:line|choice)\b|\b(?:initial|standard|conventional) (?:therap|treatment)"
)
"""A sentence that says where in a sequence of treatments something stands."""
AIM_CUE = linear(
    r"(?i)\b(?:(?:aim|objective|purpose|goal)s? (?:of|was|were|is)|aimed (?:to|at)|we (?:(?:retro|pro)spectively )?(?:aimed|sought|set out|evaluated|assessed|investigated|studied|examined|compared|analy[sz]ed|reviewed|describe|report|present)\b"
    r"|^to (?:evaluate|assess|investigate|determine|compare|examine|describe|study|report)\b|(?:primary|secondary|main) (?:efficacy |safety )?(?:end ?points?|outcomes?|objectives?) (?:was|were|is|are|included?)"
    r"|^to (?:see|test|learn|find)\b|^(?:case report|case series|background|tables? \d|figures? \d|fig\. ?\d)|\bthis study asked\b"
    r"|\bthis (?:evidence |clinical )?(?:summary|guideline|review|page|chapter|section|article) (?:covers|deals with|is about)\b"
    r"|this study (?:evaluated|assessed|investigated|examined|aims?|compared|was (?:conducted|designed|undertaken|performed) to)|were (?:assessed|evaluated|collected|recorded|analy[sz]ed|measured)\b|is registered)"
)
"""A sentence that says what was done or wanted, not what was found."""
GAP_CUE = linear(
    r"(?i)\b(?:further|more|additional|larger?|future|controlled|randomi[sz]ed|long-term|extensive)\b[\w\s,-]{0,50}"
    r"\b(?:research|stud(?:y|ies)|trials?|data|evidence|investigation)\b[\w\s,-]{0,30}\b(?:needed|required|necessary|warranted|lacking|essential|awaited)\b"
    r"|\b(?:need(?:s|ed)? for|require[sd]?|warrants?|emphasi[sz]es the need)\b[\w\s,-]{0,20}\b(?:further|more|additional|larger?|controlled)\b"
    r"|\b(?:remains?|is|are|still) (?:unclear|unknown|uncertain|controversial|to be (?:determined|established|elucidated|seen|confirmed))\b"
    r"|\bunder investigation\b|\bnot (?:yet )?(?:been )?(?:established|known|well (?:studied|defined|understood))\b"
    r"|\bno (?:standard|consensus|randomi[sz]ed|controlled|established)\b|\b(?:lack|paucity|absence|scarcity) of\b[\w\s,-]{0,30}\b(?:data|evidence|trials|studies|guidelines)\b"
    r"|\b(?:limited|insufficient|scarce|sparse|low[- ]quality|little) (?:data|evidence)\b|\bdata quality is\b|\brequires? further\b"
)
GIVEN = linear(
    r"(?i)\b(?:dos(?:e|es|ed|age|ages|ing)|daily|per day|a day|weekly|twice|once|every|trough|start(?:ed|ing)?|given|gave|took|takes?|taking|receiv\w+"
    r"|treated with|treatment with|administ\w+|appl(?:y|ied|ication)|ointments?|creams?|gels?|solution|concentrations?|levels?|tablets?|mg/\S+)\b|/day|/d\b|/kg|/m\(?2"
)
"""Words of giving: a number beside them is a dose; one without them may be anything."""
SAFETY_HEADING = linear(r"(?i)\b(?:safety|harms?|adverse|side[- ]effects?|tolerability|toxicity|complications)\b")
"""A heading under which everything is about harms."""
PRIOR_BEFORE = linear(
    r"(?i)\b(?:after|despite|failed|failing|refractory to|resistant to|unresponsive to|intolerant (?:of|to)|not respond\w* to|already (?:had|tried|taken|on)|tried)"
    r"\s+(?:(?:[\w-]+,?|and|or)\s+){0,4}$"
)
PRIOR_AFTER = linear(
    r"(?i)^(?:,? (?:and|or) [\w-]+)?(?:\s+[\w-]+){0,2}\s+(?:(?:have|has|had) )?(?:failed|did(?: not|n't) (?:work|help)|not work\w*|was not enough|were not enough)\b"
)
"""Words around a treatment that was tried before, and is not what is asked about."""
NOT_STATED_CUE = linear(
    r"(?i)\b(?:does|do|did) not (?:state|report|give|say)\b|\bnot stated\b|\b(?:gives?|lists?|names?|records?) (?:no|none)\b|\breports? no (?:dose|outcome|figure)"
)
"""A note's own word that its record is silent."""


def _row(
    intent: Intent,
    asks: str,
    cue: str = "",
    quantities: str = "",
    facet: str = "",
    heading: str = "",
    needs_cue: bool = True,
) -> IntentRow:
    return IntentRow(
        intent,
        linear("(?i)" + asks),
        linear("(?i)" + cue) if cue else None,
        frozenset(quantities.split()),
        needs_cue and bool(cue or quantities),
        facet,
        heading,
    )


INTENTS: tuple[IntentRow, ...] = (
    _row(
        Intent.EFFECT,
        r"\b(?:hazard|odds|risk|rate) ratio\b|\brelative risk\b|\bconfidence interval\b|(?-i:\b(?:HR|OR|RR|aHR|aOR)\b)|\beffect size\b",
        r"(?-i:\b(?:HR|RR|aHR|aOR|SMD)\b)|\b(?:hazard|odds|risk|rate) ratio\b|\bconfidence interval\b|\b9[059] ?% CI\b|(?-i:\bOR\b) ?[=,:]? ?\d",
        facet="effect size",
    ),
    _row(
        Intent.PREGNANCY,
        r"\b(?:pregnan\w*|lactat\w*|breast-?feed\w*|nursing mothers?|f(?:o)?etal|f(?:o)?etus|prenatal\w*|in utero|conceive|conception)\b",
        r"\b(?:pregnan\w*|lactat\w*|breast-?feed\w*|f(?:o)?etal|f(?:o)?etus\w*|prenatal\w*|in utero|teratogen\w*|gestation\w*|maternal|women of childbearing|live births?|births?|miscarriages?|neonat\w+|newborns?|nursing mothers?|milk)\b",
        facet="use in pregnancy",
    ),
    _row(
        Intent.INTERACTION,
        r"\binteract\w*\b|\bCYP\w*\b|\b(?:taken|given|used?|combined?) (?:together )?with (?:other )?(?:drugs?|medicines?|medications?)\b|\bgrapefruit\b",
        r"\b(?:interact\w*|CYP\w*|co-?administ\w*|concomitant\w*|inhibitors? of CYP\w*|combin\w+)\b",
        facet="interactions",
    ),
    _row(
        Intent.CONTRAINDICATION,
        r"\bcontra-?indicat\w*\b|\bwho (?:should|must|may|can)(?: not|n't) (?:take|use|receive|get|have)\b|\bshould(?: not|n't) be (?:used|given|taken)\b|\b(?:avoid(?:ed)?|precautions?|caution)\b",
        r"\b(?:contra-?indicat\w*|should not|must not|avoid(?:ed|ing|s)?|caution\w*|not (?:recommended|suitable|advised)|discouraged?|precautions?|hypersensitiv\w*)\b",
        facet="contraindications",
    ),
    _row(
        Intent.MONITORING,
        r"\bmonitor\w*\b|\btrough\b|\b(?:what|which)\s+levels?\b|\blevels? (?:is|are|was|were|should be) (?:aimed|targeted|wanted|recommended|needed|kept)\b|\b(?:blood|serum|target|drug|plasma) (?:levels?|concentrations?)\b|\bfollow[- ]up (?:tests?|visits?)\b|\bwhat (?:should|must|needs to) be (?:checked|watched|measured)\b|\b(?:which|what) (?:lab|blood) tests?\b|\bwatch(?:ed)? for\b",
        r"\b(?:monitor\w*|trough|target (?:level|concentration)s?|blood (?:levels?|concentrations?|counts?|pressure)|serum (?:levels?|concentrations?)|concentration-controlled|surveillance|keep an eye|follow-up|regular\w*|periodic\w*|UV protection|assess\w*)\b",
        "level",
        facet="monitoring",
    ),
    _row(
        Intent.SCHEDULE,
        r"\b(?:schedules?|regimens?|how often|how long|how frequently|intervals?|intermittent\w*|continuous\w*|duration|courses? of|cycles?|for how (?:long|many (?:days|weeks|months|years))|times (?:a|per) (?:day|week)|once or twice)\b|\bhow (?:is|are|was|were|should|do|does|did)\b[^?]{0,60}\b(?:applied|given|taken|administered|injected|infused|dosed)\b",
        r"\b(?:schedules?|regimens?|intervals?|intermittent\w*|continuous\w*|courses?|cycles?|once|twice|daily|weekly|monthly|every|for (?:at least |up to |about |a total of )?(?:\d+|\w+) (?:days?|weeks?|months?|years?)|(?:months?|weeks?|years?|days?) of|duration)\b",
        "duration dose",
        facet="schedule",
        heading=DOSES,
    ),
    _row(
        Intent.DOSE,
        r"\b(?:dos(?:e|es|ed|age|ages|ing)|how much|how strong|strengths?|concentrations?|milligrams?|mg|posology|per ?cent(?:age)? (?:ointment|cream|gel|solution))\b",
        r"\b\d+(?:[.,]\d+)? ?(?:mg|g|µg|mcg|microg\w*|mL|IU|units?|%|tablets?|drops?)(?:\b|[ ,.;/)]|$)|(?:^|[^\w-])(?:dos(?:e|es|ed|age|ages|ing)|concentrations? ranging)\b",
        "dose concentration level",
        facet="dose",
        heading=DOSES,
    ),
    _row(
        Intent.COUNT,
        r"\b(?:how many|what (?:proportion|percentages?|number|fraction|share|per ?cent|rate)|number of (?:patients|children|people|cases|participants)|how often did|response rates?|which proportion|how large|sample size)\b",
        r"\b(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|all|none|no|half|majority|most)\b",
        "percent count",
        facet="number of patients",
    ),
    _row(
        Intent.LINE,
        r"\b(?:first|second|third|front|1st|2nd|3rd|later|last)[- ]?(?:line|choice)\b|\blines? of (?:therapy|treatment)\b|\binitial (?:therapy|treatment)\b|\b(?:tried|used|given|comes?) (?:first|second|third|next|last)\b|\btried before\b|\bstandard (?:therapy|treatment)\b|\bplace in (?:therapy|treatment)\b|\bwhen (?:is|should|are) .{0,40}\b(?:considered|tried|used|started)\b",
        r"\b(?:first|second|third|front|1st|2nd|3rd|later|last|subsequent)[- ]?(?:line|choice)\b|\b(?:refractory|failure of|have failed|has failed|failed|ineffective|resistant|relapsed|after (?:failure|standard)|standard (?:therap\w+|treatments?)|(?:traditional|conventional) (?:therap\w+|treatments?)|initial (?:therapy|treatment)|steroid-sparing|alternative)\b",
        facet="line of therapy",
    ),
    _row(
        Intent.RECURRENCE,
        r"\b(?:recur\w*|relaps\w*|com(?:e|es|ing) back|return(?:s|ed)?|rebound\w*|restart\w*|regrow\w*|re-?expan\w*|after (?:stopp\w+|discontinu\w+|withdraw\w*|(?:the )?(?:end of )?(?:treatment|therapy))|(?:is|are|once|when|if) (?:it is )?(?:stopped|withdrawn|discontinued)|stopp?(?:ing|ed)? (?:the |taking |it\b|treatment|therapy|drug|medic)\w*|withdrawal|durab\w*|long-lasting|last(?:s|ing)?)\b|\bstopp?(?:s|ed|ing)?(?: the)?\s{3,}",
        r"\b(?:recur\w*|relaps\w*|rebound\w*|restart\w*|regrow\w*|regrew|re-?expan\w*|withdraw\w*|discontinu\w*|stopp?(?:ed|ing)?|cessation|durab\w*|sustained|limited to the duration|increased after|returned|off (?:treatment|therapy)|remained on|maintain\w*)\b",
        facet="what happens after stopping",
    ),
    _row(
        Intent.HARM,
        r"\b(?:side[- ]?effects?|adverse|harm\w*|toxic\w*|safe(?:ly|ty)?|unsafe|risks?|risky|dangers?|dangerous|tolera\w+|complications?|cause[sd]?|causing|atrophy|worr(?:y|ied)|problems?|unwanted|lead to|induce[sd]?|increase the (?:risk|chance)|infections?|infected|warnings?|side reactions?)\b",
        _HARM,
        facet="harms",
        heading=HARMS,
    ),
    _row(
        Intent.MECHANISM,
        r"\b(?:mechanisms?|how (?:does|do|might|could) .{0,60}\b(?:work|act|help)|mode of action|pathways?|why (?:does|do|might) .{0,60}\b(?:work|help|act|cause))\b",
        r"\b(?:mechanisms?|pathways?|inhibit\w*|mTOR|mTORC1|target of rapamycin|by (?:increasing|reducing|blocking|inhibiting|modulating)|T[- ]cells?|Tregs?|regulat\w+|proliferation|calcineurin|angiogen\w*|VEGF\S*|activat\w+|signal\w+)\b",
        facet="mechanism",
    ),
    _row(
        Intent.COMPARISON,
        r"\bbetter (?:than|or)\b|\b(?:which|what)\b[^?]{0,60}\bbetter\b|\b(?:compar\w+|versus|vs\.?|superior\w*|inferior\w*|rather than|(?:more|less) \w+ than|or (?:is|are|does|do)\b|differ\w*|instead of|which is)\b",
        r"\b(?:compar\w+|versus|vs\.?|than|superior\w*|inferior\w*|better|differ\w*|placebo|vehicle|control(?:s| group)?|alternative|respectively|whereas|whilst|while)\b",
        facet="comparison",
    ),
    _row(
        Intent.USE,
        r"\b(?:uses|used (?:for|in|to)|use of|indicat\w+|applications?|what (?:is|are|can) .{0,60}\b(?:used|for|treat\w*)|(?:which|what) (?:conditions?|diseases?|disorders?|patients?)|roles? (?:of|in)|treats? what|forms? (?:of|are|is)|formulations?)\b",
        r"\b(?:use[sd]?|using|treat\w*|therap\w+|indicat\w+|manag\w+|prevent\w*|effective|formulations?|administered|creams?|ointments?|gels?|option|considered|recommended|approved|benefi\w+)\b",
        facet="uses",
    ),
    _row(
        Intent.EFFICACY,
        r"\b(?:effective\w*|efficacy|works?|working|help(?:s|ful|ed)?|respon\w+|improv\w+|benefi\w+|rais\w+|increas\w+|reduc\w+|shrink\w*|lower\w*|prevent\w*|cures?|cured|treat\w*|outcomes?|success\w*|evidence|worth|resolve[sd]?|good for|decreas\w+|slow\w*|clear\w*|do anything)\b",
        r"\b(?:effective\w*|effic\w+|respon\w+|improv\w+|benefi\w+|increas\w+|reduc\w+|decreas\w+|resol\w+|remission|complete|partial|success\w*|regress\w*|shrank|shrink\w*|disappear\w*|prevent\w*|cured?|significant\w*|higher|lower|greater|outcomes?|control\w*|demonstrat\w+|stabili[sz]\w+|surviv\w+|failed|no (?:effect|benefit|difference)|rates?|better|achiev\w+|promising|treat\w*|rais\w+|useful|clear\w*)\b",
        facet="efficacy",
    ),
)
"""Rows in order of how certain their question words are; the first that match lead."""

ROWS = {row.intent: row for row in INTENTS}

OUTCOME_BEFORE = linear(
    r"(?i)(?:\b(?:there|any|causes?|caused|causing|develop(?:s|ed)?|gets?|got|induces?|induced|lead to|leads to|suffer(?:s|ed)?(?: from)?"
    r"|di(?:e|es|ed|ying) (?:of|from)|deaths? (?:of|from)|predict(?:s|ed|ing)?|(?:predictors?|risk factors?) (?:of|for))"
    r"|\b(?:risk|rate|frequency|incidence|number|cases?|episodes?|ratio) (?:of|for))\s+"
    r"(?:(?:any|an?|the|more|severe|serious|systemic|bacterial|opportunistic|new|bad|mild|lasting|worse) ){0,2}$"
)
"""Words before a condition that make it an outcome ("cause proteinuria", "risk of infection") and not what is treated."""

CATEGORY_PRIOR: dict[Category, float] = {
    Category.RESULTS: 0.35,
    Category.CONCLUSIONS: 0.45,
    Category.NONE: 0.1,
    Category.METHODS: -0.25,
    Category.OBJECTIVE: -0.7,
    Category.BACKGROUND: -0.35,
}
"""How much a section's work adds to a sentence that is asked for findings."""

METHODS_INTENTS = frozenset({Intent.DOSE, Intent.SCHEDULE, Intent.MONITORING})
"""Intents whose answer often stands under methods."""


def serves(intent: Intent, text: str) -> bool:
    """Tell whether a sentence can serve an intent: its cue or a quantity of its kinds stands in it."""
    row = ROWS.get(intent)
    if row is None or not row.needs_cue:
        return True
    if row.cue is not None and row.cue.search(text):
        return True
    return bool(row.quantities) and any(quantity.kind in row.quantities for quantity in quantities(text))
