"""How one report speaks of another: words of agreement, of contrast, of its own findings and of theirs.

Kinds follow what annotators of citation function look at (Teufel, Siddharthan and Tidhar 2006; Kilicoglu et al. 2019):
whose finding it is, what it is held against, and whether the two go together. The phrases are our own.
"""

from __future__ import annotations

from curbside.language.linear import Pattern, linear

_FINDING = (
    r"(?:results?|findings?|data|observations?|outcomes?|conclusions?|rates?|values?|effects?|evidence|estimates?"
    r"|experiences?|responses?|trends?|patterns?|levels?|incidences?|figures?|ones?)"
)
_OTHERS = (
    r"(?:previous\w*|prior|earlier|past|other\w*|older|recent\w*|published|existing|several|many|most|some|few|two|three|both"
    r"|reported|literature|et al|stud(?:y|ies)|reports?|trials?|researchers|authors|investigators|reviews?|meta-analys[ei]s)"
)
_SLOT = r"(?:[\w'’%-]+[ ,]{1,2}){0,4}"

KINDS: dict[str, Pattern] = {
    "agree": linear(
        r"(?i)\b(?:(?:consistent|consonant|compatible|concordant|congruent|coherent|agree[sd]?|agreeing|accord(?:s|ed)?|tally|tallies"
        r"|coincid(?:e[sd]?|ing)|concurs?|concurred|comply|complies) (?:well )?with"
        r"|in (?:\w+ )?(?:agreement|line|lines|accord|accordance|keeping|concordance|conformity|consonance|harmony|parallel|congruence"
        r"|consistency|consistence|compliance|concert|tune|similar line) (?:with|to)"
        r"|in (?:good |close |full |broad |general )?agreement\b|according with|along the (?:same )?lines? (?:of|with)|consistently with"
        r"|corroborat\w+|substantiat\w+|confirm(?:s|ed|ing|ation)?|reinforc(?:e[sd]?|ing)|buttress\w*|replicat(?:e[sd]?|ing|ion)"
        r"|supports?|supported by|supporting|supportive of|in support of|lends? support|bolsters?|validat(?:es|ed|ing)"
        r"|extends?|echo(?:es|ed)?|mirror(?:s|ed)?|parallels?|parallel(?:ed|ing) (?:with|by)|reflects?)\b"
    ),
    "alike": linear(
        r"(?i)\b(?:similar(?:ly)?(?: to| with| as)?|comparabl[ey](?: to| with)?|equivalent to|identical(?: to)?|analogous\w*|likewise|alike"
        r"|the same(?: as)?|same (?:results?|findings?|conclusions?)|close to|not (?:significantly )?different from|as well as in|in common with"
        r"|within the (?:expected )?range|as (?:in|with) (?:other|previous|earlier|our previous))\b"
    ),
    "as_reported": linear(
        r"(?i)\b(?:as|was|were|is|are|has|have|had) (?:was |were |is |are |has |have |been |also |already |well |previously |earlier |recently"
        r" |widely |frequently |often |commonly |consistently |repeatedly ){0,4}(?:reported|shown|described|observed|demonstrated|documented"
        r"|seen|noted|found|established|suggested|proposed|proven|proved|indicated|confirmed|published|mentioned|stated|recommended|expected)\b"
    ),
    "also_found": linear(
        r"(?i)\b(?:also|likewise|similarly|too)\b[\w ,]{0,20}\b(?:reported?|show(?:ed|n|s)?|found|observed?|demonstrat\w+|noted|described|seen"
        r"|concluded|suggest(?:ed|s)?|reach\w*|fail\w*|prov\w+|reveal\w*|indicat\w+|had|verif\w+|obtain\w*)\b"
    ),
    "contrast": linear(
        r"(?i)\b(?:in (?:\w+ )?contrast|in contradiction|in opposition|in disagreement|in conflict|contrary|contrast(?:s|ing|ed)? (?:with|to)?|contrasting"
        r"|contradict\w*|conflict(?:s|ing|ed)?|inconsisten\w+|unlike|dissimilar\w*|disagree\w*|at odds|at variance|opposite|opposed to|opposing"
        r"|discrepan\w+|divergen\w+|disput\w+|refut\w+|challeng(?:e[sd]?|ing)|discord\w+|controvers\w+|conversely|on the other hand|unexpected\w*"
        r"|surprising\w*|incompatible|var(?:y|ies|ied) from|deviat\w+|argues? against|question(?:s|ed) (?:the|this|whether))\b"
    ),
    "differ": linear(
        r"(?i)\b(?:differ(?:s|ed|ing)?(?: \w+){0,2} (?:from|to|with)|different(?:ly)? (?:from|to|than|with|results?|findings?)|differences? (?:from|with)"
        r"|differ(?:s|ed)?)\b"
    ),
    "more_than": linear(
        r"(?i)\b(?:higher|lower|greater|larger|smaller|less|more|fewer|longer|shorter|better|worse|slower|faster|earlier|later|poorer|stronger|weaker"
        r"|superior|inferior|milder|rarer|younger|older|steeper|broader|wider|narrower)\b[\w ,%()/±.-]{0,60}?\b(?:than|to|compared (?:to|with)|as compared)\b"
    ),
    "compared": linear(
        r"(?i)\b(?:compar(?:ed|ing|ison|isons) (?:to|with|of)|in comparison (?:to|with)|as compared|relative to|whereas|than)\b"
    ),
    "however": linear(
        r"(?i)\b(?:however|although|though|even though|despite|in spite of|whereas|while|whilst|but|yet|nevertheless|nonetheless|instead|rather"
        r"|alternatively|by contrast|notwithstanding|albeit|except|on the contrary)\b"
    ),
    "denied": linear(
        r"(?i)\b(?:no|not|nor|neither|none|never|without|cannot|n't|didn't|failed? to|failure to|fails to|lack(?:s|ed|ing)?(?: of)?|unable|absence of"
        r"|non-?significant\w*|hardly|scarcely|little|negative|unaffected|unchanged|insignificant\w*)\b"
    ),
    "own": linear(
        r"(?i)\b(?:our|ours|we|us|(?:the |this |these |in )?(?:present|current) (?:\w+ ){0,2}(?:stud(?:y|ies)|trial|work|investigation|research|data|results?"
        r"|findings?|report|analysis|experiment|series|sample|population|patients|cohort|rct|paper|article|evaluation|survey)"
        r"|this (?:stud(?:y|ies)|trial|work|investigation|research|report|experiment|rct|paper|article|analysis|cohort|survey|population)"
        r"|th(?:is|ese|ose) (?:\w+ ){0,2}(?:results?|findings?|observations?|data|outcomes?|effects?|improvements?|reductions?|increases?|differences?"
        r"|rates?|values?|figures?|conclusions?|discrepanc\w+|trends?|associations?)|herein|here|the authors)\b"
    ),
    "this_is": linear(
        r"(?i)^\W*(?:(?:similarly|thus|therefore|also|moreover|furthermore|indeed|overall|so|hence|however|in addition|again|importantly),? )?"
        r"(?:this|these|which|it|that|those|the) (?:\w+ ){0,3}(?:is|are|was|were|agrees?|confirms?|supports?|corroborates?|contrasts?|differs?|may|might|could)\b"
    ),
    "earlier": linear(
        r"(?i)\b(?:previous(?:ly)?|prior|earlier|past|preceding|formerly|before|other (?:\w+ ){0,3}(?:stud(?:y|ies)|trials?|reports?|authors|researchers"
        r"|investigators|series|groups?|works?|investigations?)|others|another (?:\w+ ){0,2}(?:study|trial|report)|the literature|(?:several|many|some|most|few"
        r"|two|three|recent|numerous|various|different|similar|larger|smaller|older|published|reported|existing) (?:\w+ ){0,3}(?:stud(?:y|ies)|trials?"
        r"|reports?|authors|reviews?|investigat\w+|series|data|results|findings|meta-analys[ei]s|publications?|rcts?)|meta-?analys[ei]s|systematic reviews?)\b"
    ),
    "named": linear(
        r"\b(?i:et\.? ?al\b|and (?:colleagues|co-?workers|associates|collaborators)|group of|study by|study of|trial by)"
    ),
    "finding_verb": linear(
        r"(?i)\b(?:found|show(?:s|ed|n|ing)?|report(?:s|ed|ing)?|demonstrat(?:e[sd]?|ing)|observ(?:e[sd]?|ing)|reveal(?:s|ed|ing)?|conclud(?:e[sd]?|ing)"
        r"|indicat(?:e[sd]?|ing)|suggest(?:s|ed|ing)?|noted|describ(?:e[sd]?|ing)|document(?:s|ed)?|detect(?:s|ed)?|obtain(?:s|ed)?|establish(?:es|ed)"
        r"|prov(?:e[sd]?|en)|achiev(?:e[sd]?|ing)|identif(?:y|ies|ied)|stat(?:e[sd])|claim(?:s|ed)?|hypothesi[sz]ed?|proposed?|recommend(?:s|ed)?|verif(?:y|ied)|yield(?:s|ed)?)\b"
    ),
    "hedge": linear(
        r"(?i)\b(?:may|might|could|can|possibl[ey]|probabl[ey]|likely|perhaps|seem(?:s|ed)?|appear(?:s|ed)?|potential(?:ly)?|would|should|suggest\w*"
        r"|hypothes\w+|speculat\w+|presum\w+|unclear|unknown|uncertain|plausibl[ey])\b"
    ),
    "explain": linear(
        r"(?i)\b(?:due to|because|explain(?:s|ed)?|explanations?|attribut\w+|owing to|reasons?|account(?:s|ed)? for|possibly|caused by|result(?:s|ed|ing)? (?:of|from)"
        r"|mechanisms?|mediated|pathways?|since|therefore|thus|hence)\b"
    ),
    "method": linear(
        r"(?i)\b(?:we (?:used|chose|selected|measured|assessed|calculated|applied|adapted|defined|performed|followed|employed|recruited|included)|using|used"
        r"|measured|assessed|assessment|questionnaires?|scales?|scores?|instruments?|methods?|protocols?|guidelines?|criteria|defined|definition|according to"
        r"|calculated|validated|developed|designed?|sample size|power|technique|index|inventory|recommended|recommendations?)\b"
    ),
    "significant": linear(r"(?i)\bsignifican\w*"),
    "own_past": linear(
        r"(?i)\b(?:(?:our|we) (?:\w+ ){0,2}(?:previous(?:ly)?|earlier|prior|past|former|own)|previously (?:\w+ ){0,2}(?:by us|by our))\b"
    ),
    "numbers": linear(
        r"\d[\d.,·]*(?: ?%|/\d)|\b\d+(?:\.\d+)? ?(?:mg|kg|ml|weeks?|months?|years?|days?|hours?|min|patients|subjects)\b"
    ),
    "only": linear(
        r"(?i)\b(?:only|first|few|limited|scarce|little|rare(?:ly)?|sparse|to (?:our|the best of our) knowledge)\b"
    ),
}
"""Kind of cue -> what it looks like."""

HELD_AGAINST = linear(
    r"(?i)\b(?:higher|lower|greater|larger|smaller|less|more|fewer|longer|shorter|better|worse|slower|faster|poorer|stronger|weaker|superior|inferior)\b"
    rf"[\w ,%()/±.-]{{0,60}}?\b(?:than|compared (?:to|with)) {_SLOT}{_OTHERS}\b"
)
"""A figure of one report held against another's: "lower than in previous trials"."""

MEASURED_AGAINST = linear(
    r"(?i)\b(?:as did|not as \w+ as|inferior to|superior to|exceed\w*|compares? (?:\w+ )?(?:with|to)|compared (?:with|to) (?:\w+ ){0,4}(?:reported|found|observed|seen|\d)"
    r"|(?:less|more|lower|higher|longer|shorter|better|worse|greater|smaller|larger) (?:than|in) (?:\w+ ){0,3}(?:ours?|our|this|the present|the current))\b"
)
"""A comparison of one report's figures with another's in other words than "higher than in other trials"."""

NOT_AGREEING = linear(
    r"(?i)\b(?:not|no|never|n't|neither|nor|fail(?:s|ed)? to|unable to|without|un)\b[ -](?:\w+ ){0,4}?(?:consistent|agree\w*|support\w*|confirm\w*|corroborat\w*|replicat\w*"
    r"|in (?:agreement|line|accord\w*|keeping)|compatible|substantiat\w*|similar|comparable|reproduc\w*|concordant)"
    r"|\b(?:did|could|does|do|was|were|is|are|has|have) not (?:\w+ ){0,3}(?:support|confirm|corroborate|replicate|reproduce|find|observe|show|demonstrate|detect|see)\b"
    r"|\b(?:similar|same|comparable) (?:\w+ ){1,3}(?:was|were|is|are|has been|have been|could) not\b"
)
"""An agreement, or a finding, that is denied."""

SAME_RESULT = linear(
    rf"(?i)\b(?:similar|same|comparable|identical|equivalent) {_SLOT}{_FINDING}\b"
    rf"|\b(?:similar|comparable|identical|equivalent|equal|close) (?:to|with) {_SLOT}{_OTHERS}\b"
    rf"|\b(?:similar|comparable) (?:to|with) (?:those|that|the|our)\b"
)
"""Findings said to be alike."""

DIFFERENT_RESULT = linear(
    rf"(?i)\b(?:differ(?:s|ed|ent)?|contrast(?:s|ing)?|opposite|discrepan\w+|unlike|contrary|inconsistent) {_SLOT}(?:{_OTHERS}|{_FINDING})\b"
)
"""Findings said not to be alike."""

MARKER = linear(
    r"\[ ?\d[\d ,;–—-]{0,120}\](?: {0,3}[–,-]? {0,3}\[ ?\d[\d ,;–—-]{0,60}\]){0,12}|\(\d{1,3}(?: ?[,–-] ?\d{1,3}){0,12}\)"
    r"|\([^()]{0,80}\b(?:19|20)\d\d[a-z]?(?:;[^()]{0,200})?\)"
)
"""What looks like an in-text citation: numbers in brackets, a year in brackets behind a name."""

CLAUSE_END = linear(
    r"(?i)[;:]|\. |, (?:but|while|whilst|whereas|although|though|and|which|however|yet|with|so|or)\b| (?:but|whereas|while|whilst|although|though|however)\b|\)|\("
)
"""Where one clause ends and another begins."""
