"""How sentences word the facets of a treatment that nobody need ask for: forms, monitoring, whom it does not suit."""

from __future__ import annotations

from curbside.language.linear import Pattern, linear

TREATS = linear(
    r"(?i)\b(?:us(?:e|es|ed|eful|ing)|treat(?:s|ed|ing|ment|ments)?|therap\w+|approved|licen[sc]ed|indicat(?:ed"
    r"|ions?)|prescrib\w+"
    r"|effective\w*|efficac\w+|respon(?:d|ds|ded|se|ses)|remission|improv\w+|benefi\w+|resol(?:ved|ution)"
    r"|recommend\w+|prevent\w*"
    r"|options?|prophyla\w+|considered|shrank|shrunk|regress\w+|stabili[sz]\w+|reduc(?:ed|es|tion))\b"
)
"""A sentence that says what a treatment is used for, or did for somebody."""
FORM = linear(
    r"(?i)\b(?:ointments?|creams?|gels?|lotions?|solutions?|suspensions?|tablets?|capsules?|foams?|patch(?:es)?"
    r"|sprays?|drops?"
    r"|injections?|infusions?|formulations?|formulated|compounded|preparations?|inhal(?:er|ation)\w*|emulsions?"
    r"|powders?"
    r"|albumin-bound|liposomal|pegylated)\b"
)
"""A sentence that names a form in which something is given."""
MONITORED = linear(
    r"(?i)\b(?:monitor\w*|surveillance|trough|target (?:levels?|concentrations?)|blood (?:levels?|counts?|tests?)"
    r"|serum (?:levels?|concentrations?)|(?:regular|periodic|routine|weekly|monthly|annual"
    r"|close)(?:ly)? (?:checks?|tests?|measure\w+"
    r"|follow-up|assessments?|control|examinations?|screening)|should be (?:checked|measured|followed|screened"
    r"|assessed)"
    r"|therapeutic drug|liver function tests?|echocardiogra\w+ (?:should|before|every))\b"
)
"""A sentence that says what is watched while a treatment goes on."""
WATCHED_NOT = linear(
    r"(?i)\bsurveillance, epidemiology|\b(?:monitoring|trial|ethics) (?:committee|board)|\benrolled and monitored\b"
    r"|\bmonitors\)"
)
"""Monitoring of a trial, and not of those who are treated."""
DEATH = linear(r"(?i)\b(?:di(?:e|es|ed|ying)|deaths?|fatal(?:ly|it(?:y|ies))?|kill(?:s|ed)?|mortality|surviv\w+)\b")
"""A question after, or a sentence on, who died."""
ORGANS: tuple[tuple[Pattern, Pattern], ...] = tuple(
    (linear(rf"(?i)\b(?:{asked})\b"), linear(rf"(?i)\b(?:{told})"))
    for asked, told in (
        (r"nervous system|nerves?|brain", r"neuro|encephal|seizure|nerv|brain|tremor|headache|cognit|stroke"),
        (r"kidneys?", r"kidney|renal|nephro|creatinine|proteinuria"),
        (r"liver", r"liver|hepat|transaminase"),
        (r"heart", r"heart|cardi|arrhythm"),
        (r"lungs?|breathing", r"lung|pulmon|pneumon|respirat|dyspn"),
        (r"skin", r"skin|cutaneous|dermat|rash|acne"),
        (r"eyes?|sight|vision", r"eye|ocular|vision|visual|blind|retin|optic"),
        (r"stomach|gut|bowels?", r"gastro|nausea|vomit|diarrh|bowel|abdom|stomach"),
        (r"mouth", r"mouth|oral|stomatitis|mucositis|aphth"),
        (r"blood(?: count)?s?", r"blood|an(?:a)?emia|thrombocyt|leu[ck]open|neutropen|cytopen"),
    )
)
"""What a patient calls a part of the body, in a question, and how sentences name what befalls it."""
UNSUITED = linear(
    r"(?i)\b(?:contra-?indicat\w*|should (?:not be|be avoided|never be)|must not|avoid(?:ed)? (?:in|during|with"
    r"|for|if|when|it|its)\b|(?:with|use|special|particular|extra|great) caution|cautious\w*|caution (?:in|is"
    r"|should|when|with)|not (?:recommended|suitable|advised|be (?:used|given|offered|taken|started))|unsuitable"
    r"|precautions?|hypersensitiv\w*|boxed warning|black box|warnings? (?:of|about|for|against|that))\b"
)
"""A sentence that says whom a treatment may not suit."""
INTERACTS = linear(
    r"(?i)\b(?:drug(?:-drug)? interactions?|interacts? with|interactions? (?:with|between)|CYP ?[1-9]\w*"
    r"|cytochrome|P-glycoprotein|grapefruit|co-?administ\w+|concomitant(?:ly)? (?:use|with|given|admin\w+))\b"
)
"""A sentence that says what a treatment does not go with."""
STOPPED = linear(
    r"(?i)\b(?:(?:after|following|upon|on|since|once|when|before) (?:(?:the |its |their )?(?:stopp\w+"
    r"|discontinu\w+|withdraw\w*|cessation)|(?:end|completion) of (?:the )?(?:treatment|therapy)"
    r"|(?:the )?(?:treatment|therapy|drug|medication) (?:was|is|had been|has been) (?:stopped|discontinued"
    r"|withdrawn))|off (?:treatment|therapy|drug)|rebound\w*|restart\w*|(?:recur\w*|relaps\w*|regr(?:e|o)w\w*"
    r"|return\w*) (?:\w+ ){0,4}(?:(?:after|following|upon|when|once) (?:the |its |their )?(?:stopp\w+|discontinu\w+"
    r"|withdraw\w*|cessation|end\b|completion|treatment|therapy|drug|medication|\w+mus\b)"
    r"|off\b)|(?:treatment|therapy|drug|\w+mus|it) (?:was"
    r"|is|were|are) (?:stopped|discontinued|withdrawn)|discontinuation (?:of|led|resulted)|stopping (?:treatment"
    r"|therapy|it|the|\w+mus)|maintained (?:after|off)|treatment-free)\b"
)
"""A sentence that says what happens when a treatment ends."""
PLACED = linear(
    r"(?i)\b(?:first|second|third|front|later|last|subsequent|next)[- ]?(?:line|choice)\b|\b(?:standard|initial"
    r"|preferred|alternative|salvage)"
    r" (?:\w+ )?(?:therap\w+|treatments?|options?|care|of care|approach)\b|\b(?:refractory to|failure of|ha(?:s"
    r"|ve|d) failed|steroid-sparing"
    r"|treatment of choice|mainstay|after (?:failure|progression|other)|unresponsive to|not amenable|unresectable)\b"
)
"""A sentence that says where a treatment stands among others."""
META = linear(
    r"(?i)\b(?:this|the) (?:record|note)\b|\bthe part of the record\b|\bdoes not mean that there were n"
    r"|\bthis (?:evidence |clinical |systematic )?(?:summary|review|guideline|page|article|chapter|section|trial"
    r"|study) (?:covers|asked|asks|tested|"
    r"deals|is about|looked at|examined)\b|\b(?:is|are) the (?:harms?|subject|topic)s? (?:of|that)\b"
    r"|\bthat this (?:review|study|paper) deals with\b|^for more information|^we (?:conducted|performed"
    r"|undertook|carried out|report)\b"
    r"|\bto (?:determine|assess|evaluate|examine|investigate|test|find out|see|establish) (?:whether|if"
    r"|the (?:effect|efficacy|safety|role|impact))\b"
    r"|^(?:visit|refer to|see) "
)
"""A sentence about the text that it stands in, and not about patients."""
ADVISES = linear(
    r"(?i)\b(?:should|must|recommend\w*|advis\w+|advocat\w+|need(?:s|ed)?|requir\w+|essential|necessary|important"
    r"|mandatory|regular\w*|routine\w*|periodic\w*|careful\w*|close(?:ly)?)\b"
)
"""A sentence that advises."""
TARGET = linear(r"(?i)\b(?:trough|target(?:s|ed|ing)?|goal|aim(?:ed|ing)?|maintain\w*|titrat\w+|adjust\w+)\b")
"""Words that make a level in blood one that is aimed at, and no finding."""
NO_HARM_OF_IT = linear(
    r"(?i)\bif (?:these|the|first|standard|other|initial|\w+ child|patients?)\b[^.;]{0,90}(?:side effects?"
    r"|adverse|intoleran\w+)|\b(?:because of|due to|owing to|limited by|avoid(?:s|ing)?|without|reduc\w+|less"
    r"|fewer) (?:the |their |its )?(?:\w+ ){0,3}(?:side effects?|toxicit\w+|adverse \w+) of (?:other|standard"
    r"|conventional|steroids?|corticosteroids?|calcineurin|cyclo\w+)"
)
"""Words about harms of something else."""
FIGURES = linear(r"(?i)[0-9] ?%|\b(?:CI|HR|OR|RR|ratio|median|mean|months?|p ?[<=])\b|\b[0-9]+ of [0-9]+\b")
"""A sentence that gives figures."""
STANDS = linear(r"(?i)\b(?:approved|licen[sc]ed|recommend\w*|indicated|first-line|second-line|standard|of choice)\b")
"""A sentence that says how a treatment is held by those who decide."""
RESULT = linear(
    r"(?i)\b(?:respon(?:d|ds|ded|se|ses|ders)|remission|surviv\w+|improv\w+|reduc\w+|decreas\w+|increas\w+"
    r"|effective\w*|efficac\w+|resol(?:ved|ution)|regress\w+|progress\w+|recur\w+|relaps\w+|significant\w*"
    r"|slopes?|declin\w+|fell|rose|control(?:led)?|cure[ds]?|clear(?:ed|ance)|shr[aiu]nk\w*|stabili[sz]\w+"
    r"|benefi\w+|superior|no difference)\b"
)
"""A sentence that tells what came of a treatment."""
BOOKKEEPING = linear(
    r"(?i)\bend ?points? (?:of the study |of the trial )?(?:was|were|included)\b"
    r"|\bcompleted (?:the )?(?:testing|study|trial)\b"
    r"|\b(?:were|was) (?:recorded|screened|enrolled at|excluded|unable to|registered|collected|obtained|reported"
    r" previously)\b|\b(?:have|has) been reported (?:previously|elsewhere)|\bnot repeated here"
    r"|\b(?:inclusion|exclusion) criteria|\b(?:block|central\w*|balanced|computer\w*) (?:\w+ )?randomi[sz]ation"
    r"|\brandomi[sz]ed at \b"
    r"|\bend ?points? of (?:the|this) (?:study|trial)|\bparameters used|\bparticipants did not meet|\bsample size"
    r"|\bdrop(?:ped)?[- ]?outs?\b|\blost to follow"
)
"""A sentence on how a study was run, which says nothing of what it found."""
AIM_ALONE = linear(
    r"(?i)^to (?:identify|evaluate|assess|investigate|determine|compare|examine|describe|study|report|explore|test"
    r"|analy[sz]e|characteri[sz]e|establish|find out)\b[^,;]*$"
)
"""A sentence that is nothing but the aim of a study."""
LABORATORY = linear(
    r"(?i)\b(?:in[- ]vitro|ex[- ]vivo|cultured|cell lines?|xenografts?|mice|mouse|rats?|endothelial cells"
    r"|keratinocytes)\b"
)
"""A sentence on cells or animals."""
BEFALLEN = linear(
    r"(?i)\b(?:developed|occurred|arose|experienced|suffered|fatal\w*|died|deaths?|life-threatening"
    r"|terminated (?:early|prematurely))\b"
)
"""What befell somebody."""
RELATED = linear(r"\b([A-Za-z]+)-(?:induced|associated|related)\b")
"""What something is said to come of."""
NO_CAUSES = frozenset(
    (
        *(
            "transplant",
            "transplantation",
            "age",
            "disease",
            "tumor",
            "tumour",
            "cancer",
            "health",
            "quality",
            "hospital",
        ),
        *("virus", "hiv", "aids", "immune", "work", "sex", "complex", "tsc", "condition", "pregnancy"),
    )
)
"""What is no treatment before "-related"."""
COMMONEST = linear(
    r"(?i)\b(?:commonest|most (?:common(?:ly)?|frequent(?:ly)?|often|prevalent)|main(?:ly)?|chief(?:ly)?)\b"
)
"""A question after, or a sentence on, what occurs most."""
TREATED = linear(r"(?i)\b(?:treat(?:s|ed|ing|ment|ments)?|manag(?:e|ed|ement|ing)|therap(?:y|ies)|options?)\b")
"""A question after what is done about a condition."""
RISK_LESS = linear(
    r"(?i)\b(?:reduc\w+|lower\w*|decreas\w+|less|fewer|prevent\w*|without|no) (?:\w+ ){0,3}?risks?\b"
    r"|\brisks? (?:\w+ ){0,4}(?:was|were|is) (?:reduced|lower\w*|decreased)\b"
)
"""A risk that the treatment lowers is no harm of it."""
BORNE = linear(r"(?i)\b(?:(?:well|generally|good)[ -]tolera\w+|tolerability|safety profile)\b")
"""A sentence that says only how a treatment was borne."""
