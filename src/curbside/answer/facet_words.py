"""How sentences word the facets of a treatment that nobody need ask for: forms, monitoring, whom it does not suit."""

from __future__ import annotations

from curbside.language.linear import linear

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
UNSUITED = linear(
    r"(?i)\b(?:contra-?indicat\w*|should (?:not be|be avoided|never be)|must not|avoid(?:ed|ing|ance)?|caution\w*"
    r"|not (?:recommended"
    r"|suitable|advised|indicated|be (?:used|given|offered))|ineligible|not eligible|unsuitable|precautions?"
    r"|hypersensitiv\w*"
    r"|boxed warning|black box|warnings?|not (?:a )?candidates?)\b"
)
"""A sentence that says whom a treatment may not suit."""
INTERACTS = linear(
    r"(?i)\b(?:interact(?:s|ed|ions?|ing)?|CYP ?[1-9]\w*|P-glycoprotein|grapefruit|co-?administ\w+"
    r"|concomitant(?:ly)? (?:use|with|given|admin\w+))\b"
)
"""A sentence that says what a treatment does not go with."""
STOPPED = linear(
    r"(?i)\b(?:after (?:(?:the |its )?(?:stopp\w+|discontinu\w+|withdraw\w*|cessation|completion)|(?:treatment"
    r"|therapy|the drug) (?:was|is|had been) (?:stopped|"
    r"discontinued|withdrawn))|off (?:treatment|therapy|drug)|rebound\w*|regrow\w*|regrew|recur(?:red|s|rence"
    r"|rences|rent)?|relaps\w+|restart\w*"
    r"|(?:was|is|were|are) (?:stopped|discontinued|withdrawn)\b|discontinuation (?:of|led|resulted)"
    r"|upon (?:discontinuation|withdrawal)"
    r"|stopping (?:treatment|therapy|it|the))\b"
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
    r"|\bthat this (?:review|study|paper) deals with\b"
)
"""A sentence about the text that it stands in, and not about patients."""
RESULT = linear(
    r"(?i)\b(?:respon(?:d|ds|ded|se|ses|ders)|remission|surviv\w+|improv\w+|reduc\w+|decreas\w+|increas\w+"
    r"|effective\w*|efficac\w+"
    r"|resol(?:ved|ution)|regress\w+|progress\w+|recurren\w+|relaps\w+|significant\w*|median|rates?|ratio|CI"
    r"|control(?:led)?|cure[ds]?"
    r"|clear(?:ed|ance)|shr[aiu]nk\w*|stabili[sz]\w+|benefi\w+|fewer|higher|lower|better|worse|superior"
    r"|no difference)\b"
)
"""A sentence that tells what came of a treatment."""
