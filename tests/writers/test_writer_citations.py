"""Citations in every form: golden strings for works of all kinds, keys, HTML that lets nothing through."""

from __future__ import annotations

import html
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from writer_samples import RETRACTION, document

from curbside.readers import read
from curbside.records import (
    Author,
    Dated,
    Document,
    DocumentKind,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    Raw,
    sealed,
)
from curbside.writers import CITATIONS, citation, citation_html, copyable
from curbside.writers.bibtex import bibtex, entries, key_of, tex, title
from curbside.writers.fields import doi_address, percent
from curbside.writers.periodical import short_pages, split_supplement

GOLDEN = Path(__file__).parents[1] / "cases/citations/golden.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def made(record: dict[str, Any]) -> Document:
    """The document of a row: authors as "family|given|suffix", groups as "=name"."""
    people = [each.split("|") for each in record["authors"]]
    authors = [Author(collective=names[0][1:]) if names[0].startswith("=") else Author(*names) for names in people]
    keys = ("journal", "abbr", "", "", "vol", "issue", "pages")
    dates = [Dated(event, record[key]) for event, key in (("published", "date"), ("online", "online")) if key in record]
    return Document(
        "",
        record["title"],
        DocumentKind(record.get("kind", "article")),
        record["title"],
        record.get("lang", "en"),
        ids=Identifiers(
            *(record.get(key) for key in ("pmid", "pmcid", "doi", "nct")),
            (("url", record["url"]),) if "url" in record else (),
        ),
        authors=tuple(authors),
        journal=Journal(*(record.get(key, "") for key in keys)),
        dates=tuple(dates),
        notices=(Notice(NoticeKind.RETRACTION, False),) if record.get("retracted") else (),
        source=record.get("source", ""),
        other_titles=tuple((tag, words) for tag, words in record.get("other", ())),
    )


@pytest.mark.parametrize("style", ["nlm", "ama", "plain"])
@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_golden_strings(row: dict[str, Any], style: str) -> None:
    """What NLM's Citing Medicine, the AMA Manual of Style and our plain line ask for, written down by hand."""
    if style in row:
        assert citation(made(row["record"]), style) == row[style]


def test_there_are_thirty_kinds_of_work() -> None:
    """And no two rows have one name."""
    assert len({row["name"] for row in ROWS}) == len(ROWS) >= 30


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
@pytest.mark.parametrize("form", ["bibtex", "ris", "nbib", "csl"])
def test_each_of_them_is_read_back(row: dict[str, Any], form: str) -> None:
    """By our own readers, without a word of complaint, with its title, its first author and its DOI."""
    before = made(row["record"])
    (reading,) = read(Raw(f"x.{form}", CITATIONS[form].write([before]).encode(), form))
    after = reading.record
    assert isinstance(after, Document) and reading.problems == ()
    assert (after.title, after.ids.doi, after.retracted) == (before.title, before.ids.doi, before.retracted)
    assert [(a.family, a.given, a.collective) for a in after.authors[:1]] == [
        (a.family, a.given, a.collective) for a in before.authors[:1]
    ]
    assert (after.journal.volume, after.journal.issue) == (before.journal.volume, before.journal.issue)


@pytest.mark.parametrize("style", CITATIONS)
def test_a_retracted_work_says_so_in_every_form(style: str) -> None:
    """Whoever takes the citation away takes the word with it."""
    assert "retracted publication" in citation(document(notices=(RETRACTION,)), style).lower()
    assert "retracted" not in citation(document(), style).lower()


ATTACKS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</p><i>", "&lt;b&gt;", "<i>x</i>\u202eevil")


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("style", ["nlm", "ama", "plain"])
def test_html_lets_nothing_through(attack: str, style: str) -> None:
    """Titles, names, journals and numbers are words; the only markup is ours."""
    hostile = document(
        title=attack,
        authors=(Author(attack, attack, attack), Author(collective=attack)),
        journal=Journal(attack, attack, "", "", attack, attack, attack),
        ids=Identifiers(doi=f"10.1/{attack}"),
        source=attack,
    )
    markup = re.sub(r'<bdi class="sign" data-sign="U\+202E" title="right-to-left override">|</bdi>', "", "".join(
        re.findall(r"<[^>]*>", citation_html(hostile, style))
    ))  # fmt: skip
    assert markup == "<i></i>"
    assert html.unescape(re.sub(r"<[^>]*>", "", citation_html(hostile, style))).count(attack) >= 2


def test_html_is_the_line_with_the_journal_in_italics() -> None:
    """Word for word the same."""
    shown = citation_html(document())
    assert "<i>J Made Up Med</i>. 2025;42(5):494-501." in shown
    assert html.unescape(re.sub(r"</?i>", "", shown)) == citation(document(), "nlm")
    assert citation(document(), "html") == f"<p>{shown}</p>"


def test_lines_for_copying_come_from_the_same_table() -> None:
    """Name, label and one line each."""
    assert [(name, label) for name, label, _ in copyable(document())] == [
        ("nlm", "NLM (Vancouver)"),
        ("ama", "AMA"),
        ("plain", "Plain"),
    ]
    assert all("\n" not in words and words for _, _, words in copyable(document(title="A\nB")))


@pytest.mark.parametrize(
    ("pages", "short"),
    [
        ("284-287", "284-7"),
        ("494-501", "494-501"),
        ("1865-1876", "1865-76"),
        ("S93-S99", "S93-9"),
        ("e12-e15", "e12-5"),
        ("99-101", "99-101"),
        ("124A-126A", "124A-126A"),
        ("501-494", "501-494"),
        ("5", "5"),
        ("e12", "e12"),
        ("", ""),
        ("S6-S12", "S6-12"),
        ("S5-12", "S5-12"),
    ],
)
def test_page_ranges_are_shortened(pages: str, short: str) -> None:
    """The digits that the last page repeats go; anything unusual stays."""
    assert short_pages(pages) == short


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("33 Suppl 2", ("33", "Suppl 2")),
        ("33(Suppl. 2)", ("33", "Suppl 2")),
        ("Suppl", ("", "Suppl")),
        ("Supplement 1", ("", "Suppl 1")),
        ("12 Suppl 7", ("12", "Suppl 7")),
        ("S12", ("S12", "")),
        ("5", ("5", "")),
        ("Supplies", ("Supplies", "")),
    ],
)
def test_supplements(printed: str, parts: tuple[str, str]) -> None:
    """However volume or issue name them."""
    assert split_supplement(printed) == parts


# BibTeX


def test_an_entry_of_bibtex() -> None:
    """Fields in braces, months as macros, page ranges with two hyphens, groups in braces of their own."""
    text = bibtex(document())
    for line in (
        "@article{armel2025zedocream-bcda,",
        "  title = {Zedocream for spots},",
        "  author = {Ärmel, Jr, Anna B and van der Rot, Jean-Pierre and {Red Spot Study Group}},",
        "  month = oct,",
        "  pages = {494--501},",
        "  doi = {10.9999/mum.1},",
    ):
        assert line in text.split("\n")
    assert text.endswith("}\n}\n\n") and " = {}" not in text


def test_keys_are_stable_and_unique() -> None:
    """The same work has the same key in every export, whatever stands beside it; two works have two."""
    one, other = document(), document(ids=Identifiers("99000002"))
    assert key_of(one) == key_of(sealed(replace(one, affiliations=()))) == "armel2025zedocream-bcda"
    keys = re.findall(r"@article\{([^,]+),", "".join(entries([one, other, one])))
    assert keys == ["armel2025zedocream-bcda", key_of(other), "armel2025zedocream-bcda-2"]
    assert len(set(keys)) == 3 and all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


@pytest.mark.parametrize(
    ("family", "words", "key"),
    [
        ("Ørsted", "The ßeta trial", "orsted2025sseta"),
        ("O'Brien", "“Quoted” words", "obrien2025quoted"),
        ("van der Rot", "A of the", "vanderrot2025"),
        ("Иванова", "Кремы", "anonymous2025"),
        ("", "2-year follow-up", "anonymous20252"),
    ],
)
def test_keys_are_plain_ascii(family: str, words: str, key: str) -> None:
    """Whatever script the names are in."""
    assert key_of(document(title=words, authors=(Author(family),) if family else ())).rpartition("-")[0] == key


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("50% of A & B_1 #2 $3", r"50\% of A \& B\_1 \#2 \$3"),
        ("{x} \\ ~ ^", r"\textbraceleft{}x\textbraceright{} \textbackslash{} \textasciitilde{} \textasciicircum{}"),
        ("P<0.001 -- ``a''", r"P\textless{}0.001 -{}- `{}`a'{}'"),
        ("---", "-{}-{}-"),
        ("é – κ", "é – κ"),
        ("a\nb\x1b", "a b"),
    ],
)
def test_what_tex_would_obey_is_escaped(words: str, written: str) -> None:
    """Braces stay balanced, so that BibTeX counts them rightly."""
    assert tex(words) == written
    assert written.count("{") == written.count("}")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Sirolimus for COVID-19 in Crohn disease", "Sirolimus for {COVID-19} in {Crohn} disease"),
        ("mTOR inhibitors and IgG", "{mTOR} inhibitors and {IgG}"),
        ("The Use of Creams in Every Hospital", "The Use of Creams in Every Hospital"),
        ("CREAMS FOR ALL", "CREAMS FOR ALL"),
    ],
)
def test_capitals_that_count_are_guarded(words: str, written: str) -> None:
    """A style that lowers titles leaves names and abbreviations as they are."""
    assert title(words) == written


_WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=20
)
_TITLES = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)


@given(words=_TITLES, names=st.lists(_WORDS, min_size=3, max_size=3))
@settings(max_examples=80, deadline=None)
def test_any_words_come_back_from_bibtex(words: str, names: list[str]) -> None:
    """Whatever signs titles, names and groups are made of: braces, backslashes, "and", commas, quotes, dollars."""
    people = (Author(f"A{names[0]}", f"B{names[1]}"), Author(collective=f"C {names[2]} and, D"))
    made = document(title=f"T {words}", authors=people, affiliations=(words, f"{words}; X"), notices=())
    (reading,) = read(Raw("x.bib", bibtex(made).encode(), "bibtex"))
    after = reading.record
    assert isinstance(after, Document) and reading.problems == ()
    assert after.title.split() == made.title.split()
    assert [(a.family, a.given, a.collective) for a in after.authors] == [
        (a.family, a.given, a.collective) for a in people
    ]
    assert after.affiliations == tuple(dict.fromkeys(" ".join(each.split()) for each in made.affiliations))


@pytest.mark.parametrize(
    "attack", ["A}\n}\n@article{fake, title={Fake}", 'A"}\n@string{x="y"}', "A\\", "A % B", "{" * 9, "}" * 9]
)
@pytest.mark.parametrize("form", ["bibtex", "csl"])
def test_no_title_can_start_an_entry(form: str, attack: str) -> None:
    """One work goes out, one comes in, with its own identifiers."""
    made = document(title=attack)
    (reading,) = read(Raw("x", CITATIONS[form].write([made]).encode(), form))
    assert isinstance(reading.record, Document) and reading.problems == ()
    assert reading.record.title.split() == attack.split() and reading.record.ids.pmid == "99000001"


# Addresses


def test_addresses_of_odd_dois_are_encoded() -> None:
    """`<`, `>`, `#`, `%` and blanks would end or change an address."""
    address = doi_address('10.1002/(sici)1<1::aid>3.0.co;2-#%"')
    assert address == "https://doi.org/10.1002/(sici)1%3C1::aid%3E3.0.co;2-%23%25%22"
    assert percent("é/ü?", "/") == "%C3%A9/%C3%BC%3F"
