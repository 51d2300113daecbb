"""Words by which a question follows another, takes something of it back, or leaves it; one table of patterns."""

from __future__ import annotations

from curbside.language.linear import linear

NEW_SUBJECT = linear(
    r"(?i)\b(?:new|another|different|other|separate|unrelated) (?:question|topic|subject|matter|case|patient)\b|\bby the way\b|\bunrelated(?:ly)?\b|\b(?:start|begin) (?:over|again|afresh|anew)\b|\bchang(?:e|ing) (?:of |the )?(?:subject|topic)\b|\bforget (?:that|all that|the rest|what i (?:said|asked))\b|\bnow for something (?:else|different)\b|\bmoving on\b"
)
"""Words that say that what follows is about something else."""

FOLLOWS = linear(
    r"(?i)^(?:(?:ok(?:ay)?|yes|no|thanks|thank you|right|well|sorry|hm+),?\s+)*(?:and|but|also|or|plus|then|so|what about|how about|what if|what else|anything|only|just|not|without|instead|in|for|with|as|by|at|on|if|when|versus|vs\.?|compared (?:with|to)|the same|same|same for|likewise|i meant?|rather|actually)\b"
)
"""Beginnings of a question that is not whole without the one before."""

REFERS = linear(
    r"(?i)\b(?:it|its|itself|they|them|their|theirs|this|these|those|(?:about|is|was|does|do|can|of|in|with|for) that|that (?:drug|medicine|medication|treatment|therapy|disease|condition|dose|group|trial|study|case)|the (?:same |above )?(?:drug|medicine|medication|treatment|therapy|cream|ointment|gel|tablets?|pills?|former|latter|disease|condition|patients|lesions)|she|he|him|her|his|such (?:patients|children|cases|people))\b"
)
"""Words that stand for something said before."""

PLURAL = linear(r"(?i)\b(?:they|them|their|both|either|these|those|which (?:one|of))\b")
ONE_THING = linear(
    r"(?i)\b(?:it|its|(?:this|that|the|the same) (?:drug|medicine|medication|treatment|therapy|cream|ointment|gel))\b"
)
FORMER = linear(
    r"(?i)\bthe (?:former|first(?: one| drug| of (?:them|these|the two))?)\b(?:[?.!,]|$|\s+(?:one|drug|is|was|has|does|be)\b)"
)
LATTER = linear(
    r"(?i)\bthe (?:latter|second(?: one| drug)?|last one)\b(?:[?.!,]|$|\s+(?:one|drug|is|was|has|does|be)\b)"
)

ADDS = linear(
    r"(?i)\b(?:versus|vs\.?|compared? (?:with|to|against)|comparison (?:with|to)|than|combined? with|in combination with|combination (?:of|with)|together with|along(?:side)?(?: with)?|on top of|in addition to|added? to|adding|plus|interacts? with|interactions? with|co-?administered with|at the same time as|taken with|given with|used with|differ\w* from|similar to|as (?:good|safe|effective|well) as|switch\w* (?:to|from)|after failure of)\s+(?:(?:the|a|an|any|oral|topical|taking|using) )*$"
)
"""Words before a treatment that set it beside the one asked about and do not replace it."""

STARTS_WITH = linear(
    r"(?i)^(?:(?:and|but|also|or|so) )?(?:what about (?:it )?)?(?:with|plus|together with|alongside)\s"
)
"""A follow-up that begins so sets a treatment beside the one before: "with prednisolone?"."""

ADDS_AFTER = linear(
    r"(?i)^\s*(?:as well|too|together|at the same time|as an add-?on|be (?:added|combined))\b|^\s+compare\b"
)
"""Words after a treatment that do the same."""

STARTS_WITH_OR = linear(r"(?i)^(?:(?:and|but|so) )?(?:or|versus|vs\.?|than|better than|compared (?:with|to))\b")

SETTING = linear(
    r"(?i)\b(?:after|before|following|during|in|undergoing|awaiting|having|had|with|post|pre|around|at)\s+(?:(?:an?|the|their|having|recent|previous|solid|allogeneic|autologous) )*$"
)
"""Words before a procedure that make it what has happened to people, not what is asked about."""

LEFT_OUT = linear(
    r"(?i)\b(?:not|no longer|instead of|rather than|other than|besides|apart from|aside from|except(?: for)?|excluding|leave out|forget(?: about)?|drop|never mind)\s+(?:(?:the|in|for|about|with|just|only) )*$"
)
"""Words before something that take it back."""

OTHER_TREATMENTS = linear(
    r"(?i)\b(?:other|another|different|alternative|further|more|which|what|any)(?: \w+)? (?:drugs?|treatments?|medicines?|medications?|therap(?:y|ies)|options|agents|choices)\b|\balternatives?\b|\bwhat else (?:is|can|could|might|may|works?|helps?|has)\b(?: be| been)?(?: (?:used|tried|given|done|there|effective))?(?: (?:for|in|to treat)\b|\s*[?.!]*$)|\banything else\b"
)
"""Words that ask for other treatments of the same condition."""

OTHER_USES = linear(
    r"(?i)\b(?:other|another|different|further|more|any|which|what) (?:\w+ )?(?:conditions|diseases|disorders|indications|uses|illnesses)\b|\bwhat else (?:is|can|could|might|may) (?:it|this|that|they|\w+) (?:be )?(?:used|good|given|tried|treat|licensed|approved|help)\b|\b(?:in|for) (?:anything|something) else\b|\b(?:whatever|regardless of|irrespective of) (?:the |what )?(?:condition|disease|indication)\b|\bin general\b|\boverall\b|\bgenerally\b"
)
"""Words that ask of the same treatment in other conditions, or in any."""

ANYONE = linear(
    r"(?i)\b(?:any|all|every|whatever|regardless of|irrespective of)(?: the)? ages?(?: groups?)?\b|\b(?:in|for|of) (?:anyone|everyone|everybody|anybody|all patients|any patients?|all people|people of any age|people in general|the general population|all comers)\b"
)
ANY_ROUTE = linear(
    r"(?i)\b(?:any|all|every|whatever|whichever|regardless of|irrespective of|either|both)(?: the)? (?:routes?|forms?|formulations?|ways? of giving)\b|\bhowever (?:it is )?given\b"
)

BESIDE = linear(
    r"(?i)\b(?:also (?:have|has|having|had|with)|as well as|together with|and also|plus|in addition to|co-?existing|concomitant|comorbid|alongside|who have both|complicated by|because of|due to|secondary to|with)\s+(?:(?:an?|the|severe|mild|known|active|chronic|underlying|pre-?existing) )*$"
)
"""Words before a condition that set it beside the one asked about."""

AS_OUTCOME = linear(
    r"(?i)\b(?:reduc\w+|lower\w*|decreas\w+|improv\w+|control\w*|affect\w*|stop\w*|shrink\w*|slow\w*|caus\w+|worsen\w*|increas\w+|rais\w+|lead(?:s|ing)? to|trigger\w*|induc\w+|effects? on|impact on|influence on|change in|fewer|less|frequency of|number of|rates? of|risks? of|chance of|signs? of|(?:does|do|did|can|will|may|might|could|would) (?:it|they|this|that)|develop\w*|get|gets|any|how (?:often|common|frequent|frequently)(?: (?:is|are|was|were|does|do))?)\s+(?:(?:the|a|an|any|more|new|severe|their|frequency of|number of|rate of|size of|risk of) )*$"
)
"""Words before a condition that make it an effect of the treatment, wanted or not."""

IN_PLACE = linear(
    r"(?i)\b(?:in|for|of|against|with|having|treats?|treating|helps?|cures?)\s+(?:(?:the|a|an|any|refractory|severe|mild|chronic|acute|patients with|people with|children with|adults with|someone with|those with) )*$"
)
"""Words before a condition that make it what is treated."""

IMPAIRED = linear(
    r"(?i)\b(?:renal|kidney|liver|hepatic|cardiac|heart)\b.{0,20}\b(?:impairment|failure|insufficiency|dysfunction|disease)\b|\bdialysis\b"
)
"""Conditions that people have beside the one that is treated, as who asks for a dose says."""

WHOLE_OF_ITS_OWN = linear(
    r"(?i)\b(?:how (?:is|are|do you|should|would you|to)\b.{0,60}\b(?:treat\w*|manag\w+|diagnos\w+|handle\w*)|(?:treatments?|therap(?:y|ies)|management|drugs?|medicines?|options|guidelines?|causes?|symptoms?|diagnosis|prognosis|prevalence|incidence|definition) (?:of|for|on|in)\b|what (?:causes|is|are) (?:the )?(?:cause|symptom|treatment|best treatment|first-line|standard)|what causes|what (?:helps?|works?|can be done|is good|to do) (?:against|for|with|in|about)|(?:which|what) (?:drugs?|treatments?|medicines?|therap(?:y|ies)|agents?|options?)|is used (?:for|to treat|in)|are used (?:for|to treat|in)|to treat)\b"
)
"""A question on a condition that names no treatment because it asks for one, or for none."""

REFERENCE = linear(
    r"(?i)\[\s*(?P<bracket>\d{1,3})\s*\]|\b(?:references?|ref\.?|sources?|citations?|number|no\.|study|paper|trial) (?:number |no\.? |#|nr\.? )?(?P<plain>\d{1,2})\b"
)
ABOUT_REFERENCE = linear(
    r"(?i)\b(?:why|how|what|disagree\w*|differ\w*|contradict\w*|conflict\w*|contrast\w*|unlike|say|says|said|other than|at odds|odd one|compare\w*|tell|explain\w*|show|outlier|against)\b"
)

SAID_PEOPLE = {
    "infant": "infants",
    "child": "children",
    "adolescent": "adolescents",
    "adult": "adults",
    "older adult": "older adults",
    "pregnant": "pregnancy",
    "transplant recipient": "transplant recipients",
}
"""Group of people -> how a question names it."""

SUBJECT_ALONE = linear(
    r"(?i)^(?:(?:and|but|also|or|so|then|ok(?:ay)?),? )*(?:what about|how about|what of)?\s*(?:(?:in|for|with|against|of) )?(?:(?:the|a|an|people with|patients with|children with|adults with) )?[\w-]+(?: [\w-]+){0,2}\s*[?.!]*$"
)
"""A follow-up that is a subject and nothing else."""

EVERYDAY = (
    *("children", "child", "infants", "babies", "toddlers", "newborns", "adolescents", "teenagers", "adults"),
    *("elderly", "pregnancy", "pregnant", "breastfeeding", "transplant", "topical", "topically", "ointment", "cream"),
    *("oral", "orally", "tablets", "intravenous", "trials", "guidelines", "reviews", "dose", "dosage", "schedule"),
    *("effects", "interactions", "monitoring", "evidence"),
)
"""Words of follow-ups that are met with a slip of the pen in them."""

WITHOUT = linear(r"(?i)\bwithout\s+(?:(?:the|any|other|further|concomitant|using|taking) )*$")
"""Words before a treatment that people do not have."""
