"""How English states what was done in a study: its design, phase, blinding, setting, dates and registration.

Designs follow the names that readers of evidence use (OCEBM 2011; the study designs of the Cochrane Handbook 6.4,
chapter 24); registers are the primary registers of the WHO's platform, with PROSPERO.
"""

from __future__ import annotations

from curbside.language.linear import Patterns, linear

_SMALL = (
    r"(?:[2-9]|1[0-9]|2[0-9]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty)"
)
_SICK = r"(?:patients?|cases|children|infants|neonates|newborns|siblings|brothers|sisters|women|men|boys|girls|adults|adolescents)"
_RANDOM = r"randomi[sz]ed"

DESIGNS: tuple[tuple[str, str], ...] = (
    (
        "guideline",
        r"(?i)\b(?:clinical |practice |evidence-based |consensus |management |treatment |international |national )+guidelines?\b"
        r"|\b(?:consensus|position) (?:statement|paper|recommendations?|document)\b|\bguidelines? (?:for|on) the (?:management|treatment|diagnosis|use|prevention)\b",
    ),
    (
        "meta-analysis",
        r"(?i)\bmeta-?\s?analy(?:s[ei]s|tic(?:ally)?|[sz]ed)\b|\bpooled analys[ie]s of\b",
    ),
    (
        "systematic review",
        r"(?i)\bsystematic (?:literature )?(?:review|search)\b|\bsystematically (?:searched|reviewed)\b|\bscoping review\b",
    ),
    ("cluster-randomised", rf"(?i)\bcluster[- ]{_RANDOM}\b|\bcluster[- ]randomi[sz]ation\b|\bgroup-{_RANDOM}\b"),
    (
        "randomised",
        rf"(?i)\b{_RANDOM}\b|\brandomly (?:assign|allocat|divid|select|receiv|given|split|distribut|group|treat|put)\w*"
        r"|\b(?:assigned|allocated|divided|distributed) (?:\w+ )?(?:randomly|at random)\b|\brandom (?:allocation|assignment)\b|\bRCT\b",
    ),
    (
        "non-randomised",
        r"(?i)\bnon-?\s?randomi[sz]ed\b|\bnot randomi[sz]ed\b|\bquasi-?(?:experimental|randomi[sz]ed)\b",
    ),
    ("crossover", r"(?i)\bcross-?over\b"),
    ("factorial", r"(?i)\bfactorial (?:design|trial|study|randomi[sz]ed)\b|\b2 ?[x×] ?2 factorial\b"),
    ("parallel-group", r"(?i)\bparallel[- ](?:group|arm|design)s?\b"),
    ("placebo-controlled", r"(?i)\bplacebo[- ]controlled\b|\bsham[- ]controlled\b"),
    (
        "single-arm trial",
        r"(?i)\b(?:single|one)-?\s?arm(?:ed)?\b|\buncontrolled (?:\w+ )?(?:trial|study)\b|\bphase (?:2|II)[ab]? (?:\w+ )?(?:trial|study) of a single\b",
    ),
    ("pilot", r"(?i)\bpilot (?:\w+ )?(?:study|trial|randomi[sz]ed)\b"),
    (
        "case-control",
        r"(?i)\bcase[- ]control(?:led)?\b",
    ),
    ("cross-sectional", r"(?i)\bcross-?\s?sectional\b"),
    (
        "cohort",
        r"(?i)\bcohort (?:study|analysis|design)\b|\b(?:retrospective|prospective|historical|observational|birth|population-based|inception) (?:\w+ )?cohort\b",
    ),
    ("observational", r"(?i)\bobservational (?:\w+ )?(?:study|analysis|data)\b|\bregistry (?:study|analysis|data)\b"),
    (
        "case series",
        rf"(?i)\b(?:case|patient) series\b|\bseries of {_SMALL} (?:[\w-]+ ){{0,3}}{_SICK}\b"
        rf"|\b(?:report|present|describe)s?(?: on)? (?:here )?(?:the )?(?:cases? of )?{_SMALL} (?:[\w-]+ ){{0,5}}?{_SICK}\b",
    ),
    (
        "case report",
        r"(?i)\bcase reports?\b|\b(?:report|present|describe)s?(?: on)? (?:here )?(?:the|a|an|one|our|this) (?:[\w-]+ ){0,2}case\b"
        r"|\b(?:report|present|describe)s?(?: on)? (?:the case of )?an? \d{1,3}[- ](?:year|month|week|day)s?[- ]old\b"
        r"|\b(?:report|present|describe)s?(?: on)? (?:here )?(?:a|an|one) (?:[\w-]+ ){0,4}(?:patient|child|boy|girl|infant|neonate|newborn|man|woman)\b",
    ),
    (
        "narrative review",
        r"(?i)\b(?:narrative|literature|comprehensive|critical|mini|brief|this|our|the present) ?-?review\b"
        r"|\b(?:article|paper|document|chapter)(?: from \d{4})? (?:\w+ )?(?:reviews|summari[sz]es|discusses)\b|\bwe (?:here )?(?:review|summari[sz]e) (?:the|current|recent|what)\b"
        r"|\breview of the literature\b|\bcompil(?:es|ing) data from\b|\bis reviewed\b|\breviews the\b",
    ),
    ("in vitro", r"(?i)\bin[- ]vitro\b|\bcell lines?\b|\bcultured (?:human |primary )?(?:\w+ )?cells\b"),
    (
        "animal",
        r"(?i)\b(?:mice|rats|rabbits|piglets|pigs|sheep|lambs|dogs|beagles|zebrafish|macaques|guinea pigs|hamsters)\b"
        r"|\b(?:mouse|murine|rat|rabbit|porcine|ovine|canine|animal) (?:models?|study|experiment)\b",
    ),
    ("prospective", r"(?i)\bprospective(?:ly)?\b"),
    (
        "retrospective",
        r"(?i)\bretrospective(?:ly)?\b|\b(?:medical |patient |hospital )?(?:chart|records?) (?:were |was )?review(?:ed)?\b",
    ),
    ("multicentre", r"(?i)\bmulti-?\s?(?:cent(?:er|re)|institution(?:al)?|cent(?:er|re)ed|site)\b"),
    ("single-centre", r"(?i)\bsingle-?\s?(?:cent(?:er|re)|institution(?:al)?)\b"),
)
"""(design, how it is written), in the order in which a card names them."""

PATTERNS = {name: linear(pattern) for name, pattern in DESIGNS}
ALL_DESIGNS = Patterns([pattern for _, pattern in DESIGNS])
NAMES = tuple(name for name, _ in DESIGNS)

OF_PEOPLE = linear(r"(?i)\b(?:patients?|participants?|volunteers|children|women|men|adults|infants|students|people)\b")
"""Who a study is of when it is not of animals."""

ELSEWHERE = linear(
    r"(?i)\b(?:needed|required|warranted|lacking|necessary|are awaited|et al|should be (?:conducted|performed|done|carried|confirmed|tested|evaluated|investigated)"
    r"|(?:future|further|larger|previous(?:ly)?|prior|earlier|existing|several|many|most|few|other|recent|published|those|well-designed|no|ongoing|subsequent)"
    r" (?:[\w-]+,? ){0,5}(?:studies|trials?|study|reports?|reviews?|series|RCTs?|meta-analys[ei]s|data|evidence|publications|guidelines))\b"
)
"""That a sentence speaks of studies other than its own."""

OWN = linear(r"(?i)\b(?:this|these|our|present|current|we|was|were|design|methods?|participants?|patients|authors)\b")
"""That a sentence of running text may speak of its own study."""

PHASE = linear(
    r"(?i)\bphase[- ](?P<one>[1-4]|I{1,3}|IV)(?P<part>[abc])?(?:\s?(?:[/-]|and)\s?(?:phase )?(?P<two>[1-4]|I{1,3}|IV)(?P<other>[abc])?)?[ ,]+"
    r"(?:[\w-]+,? ){0,6}?(?:trials?|study|studies|clinical|design|randomi[sz]ed|dose|open|double|multicent\w+|placebo)",
    "phase",
)
"""A trial's phase in words that are about a trial; a phase of a cycle or a disease is none."""

BLINDING = (
    ("double-blind", linear(r"(?i)\bdouble[- ]?(?:blind(?:ed)?|mask(?:ed)?)\b|\bdoubly blind(?:ed)?\b", "doubl")),
    ("triple-blind", linear(r"(?i)\btriple[- ]?(?:blind(?:ed)?|mask(?:ed)?)\b", "triple")),
    ("single-blind", linear(r"(?i)\bsingle[- ]?(?:blind(?:ed)?|mask(?:ed)?)\b", "single")),
    (
        "assessor-blinded",
        linear(
            r"(?i)\b(?:assessors?|investigators?|observers?|evaluators?|raters?|examiners?|readers?|outcome)"
            r"[- ](?:was |were )?(?:blind(?:ed)?|mask(?:ed)?)\b",
            "blind",
            "mask",
        ),
    ),
    (
        "open-label",
        linear(
            r"(?i)\bopen[- ]?label(?:led|ed)?\b|\bnon-?blind(?:ed)?\b|\bunblinded\b|\bunmasked\b",
            "label",
            "blind",
            "mask",
        ),
    ),
)

SETTING = linear(
    r"(?i)\b(?:at|in|from) (?:the )?(?:[0-9]{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a single|one|multiple)"
    r" (?:[\w-]+ ){0,4}?(?:cent(?:er|re)s?|hospitals?|clinics?|sites|practices|schools|villages|communities|departments|institutions?|countries)\b(?: in (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?"
    r"|\b(?:tertiary|secondary|primary|university|academic|teaching|community|district|referral|general)[- ](?:[\w-]+ ){0,2}?(?:hospitals?|cent(?:er|re)s?|clinics?|practices?|care)\b"
    r"|\bintensive care units?\b|\bemergency departments?\b|\bnursing homes?\b|\boutpatient (?:clinics?|department|setting)\b"
    r"|\b(?:general|family) practi(?:ces?|tioners)\b",
    "center",
    "centre",
    "hospital",
    "clinic",
    "sites",
    "practi",
    "schools",
    "villages",
    "communities",
    "department",
    "institution",
    "countries",
    "care",
    "nursing home",
    "outpatient",
)

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"(?:[0-3]?[0-9](?:st|nd|rd|th)?)"


ENROLMENT = linear(
    rf"(?i)\b(?:(?:from|between|during)\s)?(?:the )?(?P<a>(?:{_DAY} (?:of )?)?{_MONTH}(?: {_DAY}\b)?(?:,? (?:of )?{_YEAR})?|{_YEAR})"
    rf"\s?(?:to|and|through|until|till|[-–—])\s?(?:the end of )?(?P<b>(?:{_DAY} (?:of )?)?{_MONTH}(?: {_DAY}\b)?,? (?:of )?{_YEAR}|{_YEAR})\b"
)
"""Two dates with what joins them; the second has a year, the first a month or a year."""

MONTH = linear(rf"(?i)\b{_MONTH}")
YEAR = linear(rf"\b{_YEAR}\b")
DAY = linear(r"(?i)\b([0-3]?[0-9])(?:st|nd|rd|th)?\b")

ENROLLED = linear(
    r"(?i)\b(?:enrol\w*|recruit\w*|randomi[sz]\w*|conduct\w*|carried out|perform\w*|includ\w*|admitted|admissions?|treated|underwent|undergo\w*"
    r"|patients|participants|children|women|infants|study|trial|diagnosed|seen|presenting|presented|hospitali[sz]ed|collected|cases|subjects|attend\w*)\b"
)
SEARCHED = linear(
    r"(?i)\b(?:search(?:ed|es)?|databases?|MEDLINE|PubMed|EMBASE|published|literature|follow(?:ed)?[- ]up (?:until|through|to))\b",
    "search",
    "database",
    "medline",
    "pubmed",
    "embase",
    "published",
    "literature",
    "follow",
)

REGISTERED = linear(
    r"\bNCT ?[0-9]{8}\b|\bISRCTN ?[0-9]{8}\b|\b(?:EUDRA-?CT|EudraCT)(?: [Nn]umber| [Nn]o\.?)?:? ?[0-9]{4}-[0-9]{6}-[0-9]{2}\b|\b[0-9]{4}-[0-9]{6}-[0-9]{2}(?:-[0-9]{2})?\b"
    r"|\bChiCTR(?:-[A-Z]{2,6})?-?[0-9]{8,10}\b|\bUMIN(?:-CTR)? ?-?[0-9]{9}\b|\bACTRN ?[0-9]{14}\b|\bNTR ?-?[0-9]{2,5}\b"
    r"|\bDRKS ?-?[0-9]{8}\b|\bIRCT ?[0-9]{8,16}N?[0-9]{0,3}\b|\bCTRI/?[0-9]{4}/[0-9]{2,3}/[0-9]{4,6}\b|\bPACTR ?[0-9]{12,16}\b"
    r"|\bKCT ?[0-9]{7}\b|\bJapicCTI-?[0-9]{6}\b|\bjRCT[s]?[0-9]{9,10}\b|\bRBR-?[0-9a-z]{5,7}\b|\bTCTR ?[0-9]{11}\b|\bSLCTR/[0-9]{4}/[0-9]{3}\b"
    r"|\bCRD ?[0-9]{11}\b|\bRPCEC[0-9]{8}\b|\bLBCTR[0-9]{10}\b"
)

FUNDED = linear(
    r"(?i)\b(?:was|were|is|are|been)?\s?(?:financially |partially |partly |in part |fully |also |kindly |generously )*(?:supported|funded|sponsored|financed)\s(?:in part |partly |partially |financially )?(?:by|through|from)\s(?P<by>[^.;\n][^;\n]{1,240})"
    r"|\b(?:funding|sponsor(?:ship)?|source of (?:support|funding)|financial support|grant support)(?: sources?)?\s?(?::|was provided by|came from|by|were provided by|from)\s?(?P<of>[^.;\n][^;\n]{1,240})",
    "fund",
    "financ",
    "grant",
    "sponsor",
    "support",
)
NO_FUNDING = linear(
    r"(?i)\b(?:no (?:specific |external |financial |outside )?(?:funding|financial support|grants?|sponsor(?:ship)?)|(?:did not|not) receive(?:d)? (?:any )?(?:specific |external |financial )?(?:funding|grant|support)"
    r"|received no (?:specific |external |financial )?(?:grant|funding|support|financial))\b[^.\n]{0,120}",
    "fund",
    "financ",
    "grant",
    "sponsor",
    "support",
)
CONFLICTED = linear(
    r"(?i)\b(?:no|any|nothing|none|not|without)\b[^.\n]{0,60}\b(?:conflicts?(?: of interests?)?|(?:competing|financial|commercial|conflicting)(?: \w+){0,3} interests?|disclosures?|to disclose|to declare|interests to)\b[^.\n]{0,80}",
    "conflict",
    "interest",
    "disclos",
    "declare",
)
PERSONAL = linear(
    r"(?i)\b(?:honorari\w+|consult\w+|fees|speaker\w*|advisory|shareholder|stock|employees?|patent|royalt\w+)\b"
)
"""That money went to an author rather than to the study."""
BESIDE = linear(
    r"(?i)\bcorrespond\w+|\bhad no (?:role|influence|involvement)|\bhad full access|\bauthor\(?s?\)? contributions?|^\W*(?:competing|conflict)[\w ]{0,20}$",
    "correspond",
    "had no",
    "had full",
    "contribution",
    "competing",
    "conflict",
)
"""What stands under the same heading and declares nothing of money or interests."""
GUIDED = linear(
    r"(?i)\b(?:this|these|the present|our|updated) (?:[\w-]+ ){0,3}(?:guidelines?|consensus|recommendations|statement)\b|\bguidelines? (?:was|were) developed\b",
    "guideline",
    "consensus",
    "recommendation",
    "statement",
)
"""That a document is itself the guideline that it names."""
CONFLICT_HEAD = linear(
    r"(?i)^\W{0,2}(?:declarations? of |statement of |potential )?(?:conflicts?(?: of interests?)?|competing (?:financial )?interests?|disclosures?|financial disclosures?|duality of interests?|interests?)(?: statement)?\b",
    "conflict",
    "interest",
    "disclosure",
)
FUNDING_HEAD = linear(
    r"(?i)^\W{0,2}(?:(?:source|role)s? of (?:the )?(?:funding|support)|funding|financial support|grant support|financial disclosure|sponsors?)\b",
    "fund",
    "support",
    "financial",
    "sponsor",
    "source",
    "role",
)
