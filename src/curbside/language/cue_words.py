"""The tables behind `cues`: which words negate, hedge and point a direction, by kind.

Negation triggers follow NegEx (Chapman et al., J Biomed Inform 2001;34:301-310); hedges follow the types described
for biomedical text by Light et al. (BioLINK 2004) and Hyland (1998). All are written as `words.flat` writes them.
"""

from __future__ import annotations


def _rows(table: dict[str, str]) -> dict[str, str]:
    """Turn {kind: "phrase | phrase"} into {phrase: kind}; white space inside a phrase is one space."""
    return {" ".join(phrase.split()): kind for kind, phrases in table.items() for phrase in phrases.split("|")}


NEGATIONS = _rows(
    {
        "not": """
            not | cannot | can not | isn't | aren't | wasn't | weren't | don't | doesn't | didn't | hasn't |
            haven't | hadn't | won't | wouldn't | couldn't | shouldn't | can't | no longer | not to be
        """,
        "no": """
            no | none | no one | nobody | nothing | nil | neither of | in no
        """,
        "without": """
            without | free of | devoid of | in the absence of | absence of | other than | rather than | instead
            of
        """,
        "never": """
            never | at no time | hardly ever
        """,
        "fail": """
            fail | fails | failed | failing | failure to
        """,
        "lack": """
            lack | lacks | lacked | lacking | lack of | loss of efficacy
        """,
        "neither": """
            neither | nor
        """,
        "absent": """
            absent | ruled out | rule out | rules out | excluded | negative for | denied | denies | deny
        """,
        "unable": """
            unable | unable to | inability | impossible | ineffective | inactive | unresponsive | unaffected |
            unaltered | unchanged | insufficient
        """,
        "contra": """
            contraindicated | not recommended | should be avoided | must be avoided | avoid | discouraged |
            advised against | recommend against | recommends against | recommended against | recommendation
            against
        """,
    }
)
"""Phrase -> kind of negation."""

PSEUDO = (
    "not only", "no fewer than", "no less than", "no more than", "not less than", "not more than", "not necessarily",
    "no doubt", "without doubt", "no wonder", "not uncommon", "not infrequently", "not infrequent", "not unlikely",
    "no increase in dose", "fail-safe", "excluded from", "exclusion", "treatment failure", "no.", "not until",
    "whether or not", "if not", "not just", "not merely", "not to mention", "no matter",
)  # fmt: skip
"""Phrases that hold a negating word and negate nothing (NegEx's pseudo-negations)."""

BACKWARD = frozenset({"absent", "ruled out", "excluded", "contraindicated", "not recommended", "should be avoided",
                      "must be avoided", "discouraged", "lacking", "unaffected", "unaltered", "unchanged", "denied",
                      "ineffective", "inactive"})  # fmt: skip
"""Triggers that negate what stands before them."""

TERMINATORS = (
    "but", "however", "although", "though", "whereas", "except", "except for", "apart from", "aside from", "yet",
    "nevertheless", "nonetheless", "despite", "while", "which", "that", "because", "since", "still", "besides",
    "other than", "as well as", "and then", "secondary to", "due to", "leading to", "resulting in",
)  # fmt: skip
"""Words at which the reach of a negation ends."""

HEDGES = _rows(
    {
        "modal": """
            may | might | could | may be | might be | could be | can be | would | should be considered
        """,
        "probability": """
            likely | unlikely | possible | possibly | probable | probably | perhaps | presumably | potential |
            potentially | conceivable | conceivably | plausible | plausibly | chance | apparent | apparently |
            presumed | putative | putatively | tentative | tentatively
        """,
        "evidence": """
            suggest | suggests | suggested | suggesting | suggestive | appear | appears | appeared | appearing |
            seem | seems | seemed | seemingly | seeming | indicate | indicates | indicated that | indicating |
            imply | implies | implied | hypothesize | hypothesized | hypothesise | hypothesised | hypothesis |
            hypotheses | speculate | speculated | postulate | postulated | propose | proposed | thought to |
            believed | believe | assumed | assume | hint | hints | points to | trend toward | trend towards |
            trended | promising | encouraging | preliminary | tends to | tend to | tended to | purported |
            purportedly | expected to
        """,
        "mixed": """
            inconsistent | inconsistently | conflicting | unclear | limited evidence | controversial |
            controversy | contradictory | inconclusive | equivocal | heterogeneous results | ambiguous | varying
            results | uncertain | uncertainty | uncertainties | debated | disputed | insufficient evidence |
            insufficient data | limited data | sparse | scarce | scant | weak evidence | evidence is limited |
            evidence was limited | data are limited | data is limited | poorly understood | not well understood
            | little evidence | few data | disagreement | discordant | mixed evidence | mixed results | mixed
            findings | mixed data | mixed reports | mixed conclusions | mixed outcomes | mixed picture | mixed
            opinions | mixed success | is mixed | was mixed | are mixed | were mixed | been mixed | remains
            mixed | remain mixed | variable results | variable response | variable responses | variable efficacy
            | variable success | variable outcomes | is variable | was variable | are variable | were variable |
            highly variable | is limited | was limited | are limited | were limited | remains limited | remain
            limited | very limited | limited experience | limited information | limited evidence-based | limited
            literature | limited studies | limited support
        """,
        "level": """
            low-quality | low quality | very low-quality | very low quality | moderate-quality | moderate
            quality | high-quality evidence | high quality evidence | low-certainty | low certainty |
            moderate-certainty | moderate certainty | high-certainty | high certainty | very low certainty |
            very low-certainty | good practice | conditional recommendation | weak recommendation | strong
            recommendation | expert opinion | consensus
        """,
        "need": """
            further research is needed | further research | further study | further studies | further trials |
            more research | more studies | larger studies | larger trials | future studies | future research |
            future trials | remains to be determined | remain to be determined | remains to be established |
            remains to be seen | remains to be elucidated | remains unknown | remain unknown | remains unclear |
            unknown | under investigation | under study | under evaluation | investigational | not established |
            not been established | not yet established | not yet been established | yet to be determined | yet
            to be established | not known | not yet known | not been studied | not been evaluated | not been
            determined | needs to be confirmed | need to be confirmed | should be confirmed | is needed to
            confirm | are needed to confirm | warrant further | warrants further | warranted | needed to confirm
            | randomized trials are needed | randomised trials are needed | trials are needed | studies are
            needed | research is needed | evidence is needed | data are needed | work is needed | investigation
            is needed | evaluation is needed | confirmation is needed | study is needed
        """,
        "approximator": """
            approximately | about | up to | at least | nearly | almost | around | roughly | circa | ca. | more
            than | less than | fewer than | over | under | as many as | as few as | as much as | as little as |
            an estimated | estimated | median | mean | average | on average | close to | or more | or less | at
            most | no more than | no fewer than | no less than | < | > | ≤ | ≥ | ~
        """,
        "quantifier": """
            some | most | many | few | several | all | majority | the majority of | a minority | minority | a
            number of | a few | a proportion of | subset | a subset of | mostly | mainly | largely | partly |
            partially | in part | often | sometimes | rarely | occasionally | frequently | commonly |
            infrequently | seldom | certain | in most cases | in some cases | in selected cases | at times
        """,
        "opinion": """
            considered | is considered | generally | typically | usually | in our experience | in our opinion |
            we believe | in our view | experts | is regarded as | regarded as | are regarded as | recommended |
            is recommended | is recommended by | advocated | arguably | traditionally | conventionally | widely
            accepted | anecdotal | anecdotally | clinical experience
        """,
        "case": """
            case report | case reports | case series | a few case studies | case studies | case study | small
            studies | small study | small trials | small series | small case series | single case | isolated
            cases | isolated reports | small number of patients | small sample | small cohort | single patient |
            pilot study | pilot trial | retrospective case series | individual cases | sporadic cases |
            case-based
        """,
    }
)
"""Phrase -> kind of hedge."""

DIRECTIONS = _rows(
    {
        "no difference": """
            no difference | no differences | no significant difference | no significant differences | no
            statistically significant difference | no statistically significant differences | not significantly
            different | did not differ | did not differ significantly | not differ | not differ significantly |
            not different | no effect | no significant effect | no change | no significant change | unchanged |
            similar | comparable | equivalent | equal | unaffected | no association | not associated | no
            significant association | not significantly associated | not statistically significant | not
            significant | nonsignificant | non-significant | no benefit | no improvement | no increase | no
            significant increase | no decrease | no reduction | no significant reduction | no significant
            improvement | noninferior | non-inferior | no evidence of | did not improve | did not reduce | did
            not increase | did not decrease | not superior | no better than | remained stable | stable | not
            significantly | did not significantly | were similar | was similar
        """,
        "increased": """
            increase | increases | increased | increasing | increment | higher | greater | elevated | elevation
            | elevates | raised | raise | raises | rise | rises | rose | risen | more frequent | more frequently
            | more likely | larger | longer | prolonged | doubled | doubling | tripled | enhanced | enhance |
            enhances | enhancement | augmented | upregulated | up-regulated | upregulation | gained | gain |
            grew | exceeded | elevating | raising | enhancing | potentiated | accelerated | superior
        """,
        "decreased": """
            decrease | decreases | decreased | decreasing | decrement | lower | lowered | lowers | lowering |
            reduced | reduce | reduces | reducing | reduction | reductions | less frequent | less frequently |
            less likely | smaller | shorter | shortened | fell | fallen | fall | falls | decline | declined |
            declines | declining | diminished | diminish | diminishes | suppressed | suppress | suppresses |
            suppression | inhibited | inhibits | inhibit | attenuated | attenuate | attenuates | attenuation |
            downregulated | down-regulated | dropped | drop | halved | shrank | shrunk | shrinkage | shrinking |
            fewer | prevented | prevents | delayed | minimized | minimised | lessened | depleted | regressed |
            regression of
        """,
        "improved": """
            improve | improves | improved | improving | improvement | improvements | better | ameliorated |
            ameliorate | ameliorates | amelioration | alleviated | alleviates | alleviate | relieved | relieves
            | relief | resolved | resolution | resolves | cleared | clearance | clearing | benefit | benefits |
            benefited | benefitted | beneficial | effective | efficacious | favorable | favourable | remission |
            recovered | recovery | responded | responders | response | responses | cured | healed | healing |
            normalized | normalised | normalization
        """,
        "worsened": """
            worsen | worsens | worsened | worsening | worse | deteriorated | deterioration | deteriorating |
            deteriorate | exacerbated | exacerbate | exacerbation | aggravated | aggravation | aggravate |
            impaired | impairment | harmful | detrimental | progressed | progression | relapsed | relapse |
            relapses | recurred | recurrence | inferior | poorer | unfavorable | unfavourable | adverse | flared
            | rebound
        """,
    }
)
"""Phrase -> direction of a result."""
