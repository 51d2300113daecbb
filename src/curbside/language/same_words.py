"""Words that may stand for each other in a clinical sentence without changing what it says.

A reworded sentence is read word by word; what is in one class here counts as one word. The classes are narrow on
purpose: what differs in strength (serious, severe; suggests, shows), in certainty (may, is), in population (child,
infant) or in amount (most, all) is never in one class.
"""

from __future__ import annotations

from curbside.language.words import flat, fold, stem

_SAME = """
people: patients | people | persons | individuals | participants | subjects
person: patient | person | individual | participant | subject
children: children | pediatric patients | paediatric patients
adults: adults | adult patients
older adults: older adults | elderly | elderly people | elderly patients | older people | older patients
women: women | female patients
men: men | male patients
newborn: newborn | neonate | newborn baby
newborns: newborns | neonates | newborn babies
adolescents: adolescents | teenagers
physicians: physicians | doctors | clinicians
authors: authors | researchers | investigators
randomized: randomized | randomly assigned | randomly allocated | assigned at random | allocated at random
randomized controlled trial: randomized controlled trial | randomised controlled trial | rct
randomized controlled trials: randomized controlled trials | randomised controlled trials | rcts
therapy: treatment | therapy
treat: treat | treats
medicine: drug | medicine | medication
reach: reach | achieve | attain
range: range | ran | runs
come: come | came | comes | appear
when: when | where
surgery: surgery | operation | surgical treatment
give: given | give | gave | gives | giving | administered | administer | administering | taken | take | took | takes
  | taking | received | receive | receives | receiving
use: use | used | uses | using | utilized | employed
apply: apply | applied
assess: examine | investigate | look at | looked at | looks at | looking at | assess | evaluate | explored | explore
show: show | shown | demonstrate | reveal
find: find | found | finds | discover
say: say | says | said | state | states | stated | report | reports | reported | mention
describe: describe | portray
recommend: recommend | advise
recommendation: recommendation | advice
discuss: discuss | talk about
emphasize: stress | emphasize | underline | underscore
effective: effective | efficacious | works | worked
efficacy: efficacy | effectiveness
ineffective: ineffective | did not work | does not work
reduce: reduce | decrease | lower | lessen | diminish | fall | fell | falls | fallen | drop | dropped | decline
  | reduction | reductions | went down | goes down | go down | come down | came down
increase: increase | raise | rise | rose | rises | risen | elevate | went up | goes up | go up
shrink: shrink | shrank | shrunk | shrinks | regress | got smaller | became smaller | get smaller | become smaller
grow: grow | grew | grown | got bigger | became bigger | get bigger | got larger | became larger
improve: improve | improvement | improvements | get better | got better | gets better | became better | ameliorate
worsen: worsen | get worse | got worse | gets worse | became worse | become worse | deteriorate
higher: higher | greater
better: better | superior
worse: worse | inferior
adverse event: adverse event | adverse events | side effect | side effects | adverse effect | adverse effects
  | side-effect | side-effects | adverse reaction | adverse reactions | unwanted effect | unwanted effects | harm
  | harms
toxic: toxic | poisonous
common: common | frequent | often | commonly | frequently
more common: more common | more frequent | commoner | more often
most common: most common | most frequent | commonest | most often
rare: rare | uncommon | infrequent | seldom | rarely
less common: less common | less frequent | rarer | less often
usual: usual | usually | generally | as a rule
stop: stop | discontinue | halt | cease | terminate | end | quit
start: start | begin | began | begun | begins | initiate | commence
switch: switch | change | convert | conversion
continue: continue | carry on | go on | went on
remain: remain | stay
persist: persist | last
resolve: resolve | clear | go away | went away | goes away | gone away | disappear | vanish
recur: recur | recurrence | recurrences | come back | came back | comes back
relapse: relapse
respond: respond | response | responses
survive: survive | live | alive
die: die | died | dies
death: death
durable: durable | lasting | long-lasting | long lasting | sustained
rapid: rapid | quick | fast | swift
gradual: gradual | step by step | little by little
early: early
later: later | subsequent | subsequently
afterward: afterwards | afterward | thereafter
previous: previous | preceding | prior
before: before | prior to | ahead of
after: after | following | once
during: during | throughout | in the course of | over the course of
until: until | till | up to the time
versus: versus | vs | vs. | compared with | compared to | in comparison with | in comparison to | relative to
  | as compared with | when compared with
although: although | though | even though | despite the fact that
whereas: whereas | while
but: but | yet
because: because
due to: due to | because of | owing to | on account of | by reason of
thus: thus | therefore | hence | consequently | accordingly | so that
except: except | except for | except in | apart from | other than | aside from | save for
plus: plus | in combination with | combined with | together with | along with | added to | in addition to
alone: alone | on its own | by itself | as a single agent | as monotherapy
without: without | in the absence of | with no
whether: whether
especially: especially | particularly | in particular | above all
about: approximately | roughly | circa
more than: more than | greater than | higher than | above | in excess of | > | exceeding
less than: less than | fewer than | lower than | below | <
at least: at least | no fewer than | no less than | a minimum of | ≥
at most: at most | no more than | a maximum of | ≤
most: most | the majority of | most of | a majority of
many: many | numerous | a large number of
several: several
every: every | each
half: half | one half
mean: mean | average | on average | averaged | averaging
once daily: once daily | once a day | one time a day | once per day
twice daily: twice daily | twice a day | two times a day | two times daily | twice per day
thrice daily: three times daily | three times a day | thrice daily | thrice a day
daily: daily | a day | per day | each day | every day | /day
weekly: weekly | a week | per week | each week | every week | /week
monthly: monthly | a month | per month | each month | every month
per: per
nightly: nightly | every night | each night
orally: orally | by mouth | per os
intravenous: intravenous | into a vein | iv
topical: topical | applied to the skin
cutaneous: cutaneous | skin | dermal
kidney: renal | kidney
liver: hepatic | liver
lung: pulmonary | lung
heart: cardiac | heart
eye: ocular | eye
bowel: intestinal | bowel | gut
transplantation: transplantation | transplant
serum: serum
quality of life: quality of life
hypertension: hypertension | high blood pressure | raised blood pressure
hypotension: hypotension | low blood pressure
hyperlipidemia: hyperlipidemia | hyperlipidaemia | high blood lipids | raised blood lipids | high blood fats
hypercholesterolemia: hypercholesterolemia | hypercholesterolaemia | high cholesterol | raised cholesterol
hyperglycemia: hyperglycemia | hyperglycaemia | high blood sugar
hypoglycemia: hypoglycemia | hypoglycaemia | low blood sugar
pruritus: pruritus | itching | itch
alopecia: alopecia | hair loss
dyspnea: dyspnea | dyspnoea | shortness of breath | breathlessness
edema: edema | oedema | swelling
erythema: erythema | redness
fever: pyrexia | fever
vomiting: emesis | vomiting
fatigue: fatigue | tiredness
myalgia: myalgia | muscle pain | muscle pains
arthralgia: arthralgia | joint pain | joint pains
thrombocytopenia: thrombocytopenia | low platelet count | low platelet counts | low platelets
neutropenia: neutropenia | low neutrophil count | low neutrophil counts
proteinuria: proteinuria | protein in the urine
hematuria: hematuria | haematuria | blood in the urine
lymphadenopathy: lymphadenopathy | enlarged lymph nodes | swollen lymph nodes
splenomegaly: splenomegaly | enlarged spleen | an enlarged spleen | enlargement of the spleen
hepatomegaly: hepatomegaly | enlarged liver | enlargement of the liver
epistaxis: epistaxis | nosebleed | nosebleeds
hemorrhage: hemorrhage | haemorrhage | bleeding
stomatitis: stomatitis | inflammation of the mouth | mouth inflammation
mouth ulcers: mouth ulcers | oral ulcers | mouth sores
tumor: tumor | tumour | neoplasm
xerosis: xerosis | dry skin
hyponatremia: hyponatremia | low sodium
immunosuppression: immunosuppression | immune suppression
dose: dose | dosage
regimen: regimen | schedule
level: level | concentration
blood level: blood level | blood concentration
endpoint: endpoint | end point | outcome
primary endpoint: primary endpoint | main endpoint | primary outcome | main outcome | primary end point
result: result | finding
risk: risk | likelihood
differ: differ | vary | varied | varies
various: various | different
similar: similar | comparable | alike
associated: associated with | linked to | linked with
cause: cause | lead to | led to | leads to | leading to | result in | resulted in | results in | resulting in
prevent: prevent | avert
need: need | require
help: help | aid | assist
helpful: useful | helpful
permit: allow | permit
main: main | chief | principal
important: important | key
complete: complete | full
completely: completely | fully | entirely
partly: partly | partially | in part
nearly: nearly | almost
additional: further | additional
only: only
both: both
large: large | big
small: small
twofold: twice as many | twice as frequent | twice as common | twice as often
control: control
concern: concern | deal with | cover
belong: is part of | belongs to | belong to | are part of
may: may | might
likely: likely | probably
appear: appears to | seems to | appear to | seem to
possible: possible | possibly | perhaps
not: not | no
tolerate: tolerate
well: well
enough: enough | sufficient
old: old | aged
"""

_FREE = """
a | an | the | of | in | on | at | to | for | with | among | amongst | within | as | and | is | are | was | were | be
| been | being | has | have | had | having | do | does | did | it | its | they | them | their | who | whom | whose |
which | that | there | there is | there are | there was | there were | we | our | also | additionally | in addition |
moreover | furthermore | then | such | some form of | we found that | it was found that | results showed that | the
results showed that | the results show that | results show that | occurred | occur | occurs | happened | happens |
developed | develops | arose | was seen | were seen | was observed | were observed | is seen | are seen | seen |
observed | included | includes | including | include | had included | came on | treated with | while on | while taking
| who took | who received | who were given | who were treated with | that is | toward | towards | upon | into | those
who | as did | as was | as were | what
"""

BEFORE_NUMBERS = {
    "about": "about",
    "around": "about",
    "over": "more than",
    "under": "less than",
    "up to": "up to",
}
"""Words that belong to a number where one follows, and mean little elsewhere."""

TAKING = frozenset({"give", "treat"})
"""Classes that tie people to a drug ("on", "taking", "given") where its name follows."""

SAME: dict[str, str] = {}
"""Phrase in flat writing, or a single word's stem -> name of its class."""

_EXACT: dict[str, str] = {}

PHRASES: list[str] = []
"""Phrases of several words (and irregular signs), in flat writing."""

FREE: frozenset[str] = frozenset(" ".join(each.split()) for each in _FREE.split("|"))
"""Words and phrases that may come and go: they tie words together and say nothing alone."""


def _load() -> None:
    rows = _SAME.strip().replace("\n  ", " ").splitlines()
    for row in rows:
        name, _, listed = row.partition(":")
        for each in listed.split("|"):
            phrase = " ".join(flat(each).split())
            if " " in phrase or not phrase.isalpha():
                PHRASES.append(phrase)
                SAME[phrase] = name
            else:
                _EXACT.setdefault(fold(phrase), name)
                # "weekly" is no week: what ends in -ly is looked up as it is printed
                SAME.setdefault(phrase if phrase.endswith("ly") else stem(fold(phrase)), name)
    PHRASES.extend(phrase for phrase in FREE if " " in phrase)


def same(word: str) -> str:
    """Return the class of a single word in flat writing, else its stem."""
    folded = fold(word)
    if folded in _EXACT:
        return _EXACT[folded]
    root = stem(folded)
    return SAME.get(root, root)


_load()
