"""Citations of a work: who cites it in which words, what it cites, stubs of what is not held."""

from __future__ import annotations

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.errors import NotHeld, UsageError
from curbside.records import CitingSection, Raw, Resolution, Stance
from curbside.records.cited import CitationsShown
from curbside.wiring import Library
from curbside.writers.cited import citations_json, citations_terminal

CITED = """PMID- 41000001
OWN - NLM
TI  - Sirolimus for vascular anomalies of the invented kind in children.
AB  - Nine of twelve children improved.
FAU - Marsh, Ada
DP  - 2012
PT  - Journal Article

PMID- 41000002
OWN - NLM
TI  - Everolimus for vascular anomalies of the invented kind in adults.
FAU - Okafor, Ben
DP  - 2014
PT  - Journal Article
"""
LIST = """<back><ref-list>
<ref id="B1"><label>1</label><mixed-citation><string-name><surname>Marsh</surname> <given-names>A</given-names></string-name>,
 <string-name><surname>Kim</surname> <given-names>J</given-names></string-name>. <article-title>Sirolimus for vascular
 anomalies of the invented kind in children</article-title>. <year>2012</year>. <pub-id pub-id-type="pmid">41000001</pub-id>
 </mixed-citation></ref>
<ref id="B2"><label>2</label><mixed-citation><string-name><surname>Okafor</surname> <given-names>B</given-names></string-name>.
 <article-title>Everolimus for vascular anomalies of the invented kind in adults.</article-title> <year>2015</year>
 </mixed-citation></ref>
<ref id="B3"><label>3</label><mixed-citation><string-name><surname>Lee</surname> <given-names>S</given-names></string-name>.
 <article-title>Nobody holds this</article-title>. <year>2010</year>. <pub-id pub-id-type="doi">10.1000/none</pub-id>
 </mixed-citation></ref></ref-list></back>"""


def citing(pmid: int, year: int, family: str, body: str) -> Raw:
    """Return an article that cites the three works of `LIST`."""
    text = f"""<article><front><article-meta><article-id pub-id-type="pmid">{pmid}</article-id>
<title-group><article-title>Citing {pmid}</article-title></title-group><contrib-group><contrib contrib-type="author">
<name><surname>{family}</surname><given-names>Ada</given-names></name></contrib></contrib-group>
<pub-date pub-type="ppub"><year>{year}</year></pub-date></article-meta></front><body><sec><title>Discussion</title>
<p>{body}</p></sec></body>{LIST}</article>"""
    return Raw(f"{pmid}.nxml", text.encode())


def ref(number: int) -> str:
    """Return an in-text reference."""
    return f'<xref ref-type="bibr" rid="B{number}">[{number}]</xref>'


FIRST = f"""It was known. Our results are consistent with those of Marsh and Kim {ref(1)}. More is needed. Everolimus was
given too {ref(2)}, and others {ref(3)}."""
SECOND = f"In contrast to previous work {ref(1)}, nobody improved. Others agree {ref(3)}."


@pytest.fixture
def held(library: Library) -> Library:
    """A library with two works, two articles that cite them, and a post."""
    post = Raw("post.md", b"# A question\n\nI read https://doi.org/10.1000/none and PMID: 41000001 on this.\n")
    articles = [citing(41000010, 2016, "Cho", FIRST), citing(41000011, 2020, "Marsh", SECOND)]
    library.add([Raw("cited.nbib", CITED.encode()), *articles, post], processes=0)
    return library


def shown(library: Library, name: str, limit: int = 50, offset: int = 0) -> CitationsShown:
    """Return the citations of a name."""
    return library.citations(name, limit, offset)


def test_statements_about_a_work_come_by_stance(held: Library) -> None:
    """Contrasting first, then supporting, then mentioning; each with its words and its place."""
    found = shown(held, "41000001")
    assert found.title.startswith("Sirolimus for vascular anomalies")
    stances = [each.citation.judgement.stance for each in found.citing]
    assert stances == [Stance.CONTRASTING, Stance.SUPPORTING, Stance.MENTIONING]
    second, first, _ = found.citing
    assert first.sentence.words == "Our results are consistent with those of Marsh and Kim [1]."
    assert (first.marker, first.year, first.citation.statement.section) == ("[1]", 2016, CitingSection.DISCUSSION)
    assert first.before is not None and first.before.words == "It was known."
    assert first.after is not None and first.after.words == "More is needed."
    assert first.link.resolution is Resolution.IDENTIFIER and not first.link.flagged
    for each in found.citing:
        assert each.sentence.holds_in(held.store.holding(each.citation.statement.document).document)
    assert (second.citation.self_citation, first.citation.self_citation) == (True, False)


def test_the_tally_is_of_all_statements_and_the_page_of_some(held: Library) -> None:
    """What is not shown is counted too."""
    found = shown(held, "41000001", limit=1, offset=1)
    assert len(found.citing) == 1 and found.citing[0].citation.judgement.stance is Stance.SUPPORTING
    assert (found.total, found.offset, found.tally.total) == (3, 1, 3)
    assert (found.tally.supporting, found.tally.contrasting, found.tally.own, found.tally.works) == (1, 1, 1, 3)


def test_a_link_by_description_is_scored_and_flagged(held: Library) -> None:
    """The list says 2015 where the record says 2014: linked by title and author, and somebody should look."""
    found = shown(held, "41000002")
    assert [each.sentence.words for each in found.citing] == ["Everolimus was given too [2], and others [3]."]
    link = found.citing[0].link
    assert (link.resolution, link.flagged) == (Resolution.DESCRIPTION, True) and 0.9 < link.score < 1
    assert found.unstated  # the second article lists it and says nothing


def test_what_a_work_cites_held_or_not(held: Library) -> None:
    """Entry by entry: the work held, or a stub that says how many works here cite it."""
    first, second, third = shown(held, "41000010").cited
    assert first.title.startswith("Sirolimus") and first.stub is None
    assert second.link.flagged and second.link.work == shown(held, "41000002").name
    assert third.link.work == "" and third.stub is not None
    stub = third.stub
    assert (stub.key, stub.title, stub.year, stub.authors) == (
        "doi:10.1000/none",
        "Nobody holds this",
        "2010",
        ("Lee",),
    )
    assert stub.works == 3  # two articles and the post
    assert [each.citation.judgement.stance for each in first.citations] == [Stance.SUPPORTING]


def test_a_post_cites_by_identifier(held: Library) -> None:
    """It has no list; what it names stands behind one, and the work knows of it."""
    post = next(each.document.id for each in held.store.live_holdings() if not each.document.ids.keys())
    named = [each.stub.key if each.stub else each.title[:9] for each in shown(held, post).cited]
    assert named == ["doi:10.1000/none", "Sirolimus"]


def test_an_author_is_asked_for_by_the_key_of_the_shelf(held: Library) -> None:
    """All statements about their works; nothing is listed as cited."""
    found = shown(held, "author:marsh,a")
    assert found.total == 3 and found.cited == () and found.title == "author:marsh,a"
    with pytest.raises(NotHeld, match="author:kim,j"):
        shown(held, "author:nobody,x")


def test_what_cannot_be_asked(held: Library) -> None:
    """An unknown id, a page before the first."""
    with pytest.raises(NotHeld):
        shown(held, "49999999")
    with pytest.raises(UsageError, match="0 or later"):
        shown(held, "41000001", offset=-1)


def test_a_work_that_nobody_cites(held: Library) -> None:
    """It is said, and not left to be guessed from an empty page."""
    assert "Nothing in the library says anything about it" in citations_terminal(shown(held, "41000011"))


def test_terminal_and_json_say_the_same(held: Library, capsys: pytest.CaptureFixture[str]) -> None:
    """Stance with probability and cue, self-citation, the flag of a link, stubs; through the command line too."""
    made = citations_json(shown(held, "41000001"))
    assert [each["stance"] for each in made["citing"]] == ["contrasting", "supporting", "mentioning"]
    for each in made["citing"]:
        assert all(words["words"] in each["sentence"]["words"] for words in each["deciding"])
    text = citations_terminal(shown(held, "41000001"))
    assert "Cited by 3 works: 1 supporting, 1 contrasting, 1 mentioning (1 of them by its own authors)" in text
    assert "self-citation" in text and "supporting 0." in text
    assert main(["--library", str(held.folder), "citations", "41000010"], Console.of_process()) == 0
    out = capsys.readouterr().out
    assert "not in this library; 3 works here cite it" in out and "look before you rely on it" in out


def test_figures_of_both_works_stand_beside_a_stance(library: Library) -> None:
    """Each has a count of the same outcome of the same drug: held against each other, and the stance stays as it was."""
    record = """PMID- 41000001
OWN - NLM
TI  - Sirolimus for immune thrombocytopenia in children.
AB  - Twelve children with immune thrombocytopenia took sirolimus. Complete response was seen in 9 of 12 children.
DP  - 2012
PT  - Journal Article
"""
    found = """In thirteen children with immune thrombocytopenia sirolimus was given. Complete response was seen in 10 of 13
children. This is consistent with earlier work """
    article = citing(41000010, 2016, "Cho", f"{found}{ref(1)}.")
    article = Raw(article.origin, article.data.replace(b"Discussion", b"Results").replace(b"Citing", b"Sirolimus"))
    library.add([Raw("cited.nbib", record.encode()), article], processes=0)
    bare = library.citations("41000001").citing[0]
    beside = library.citations("41000001", figures=True).citing[0]
    assert bare.figures is None and beside.figures is not None
    assert beside.citation == bare.citation
    assert beside.figures.compared.overlap is True
    assert "10 of 13" in beside.figures.compared.words and "9 of 12" in beside.figures.compared.words
    assert "figures of both: 10 of 13" in citations_terminal(library.citations("41000001", figures=True))
