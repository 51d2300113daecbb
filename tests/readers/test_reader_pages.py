"""The five kinds of web page: every specimen is read as its golden says; `CURBSIDE_ACCEPT=1` rewrites the goldens."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from curbside.readers import capture, html
from curbside.records import EVIDENCE_ROLES, Document, DocumentKind, PartRole, Raw, Reading, misplaced

CASES = Path(__file__).resolve().parents[1] / "cases" / "pages"
SPECIMENS = sorted(path for path in CASES.iterdir() if path.suffix in (".txt", ".html"))
KINDS = {
    "answer": DocumentKind.ANSWER_PAGE,
    "article": DocumentKind.ARTICLE,
    "question": DocumentKind.QUESTION_PAGE,
    "study": DocumentKind.STUDY_PAGE,
    "author": DocumentKind.AUTHOR_PAGE,
    "plain": DocumentKind.PAGE,
    "guideline": DocumentKind.GUIDELINE,
}


def reading(path: Path) -> Reading:
    """Read one specimen."""
    read = html.read if path.suffix == ".html" else capture.read
    (found,) = read(Raw(path.name, path.read_bytes()))
    return found


def page(path: Path) -> Document:
    """Read one specimen and expect a document."""
    record = reading(path).record
    assert isinstance(record, Document)
    return record


def said(document: Document, *roles: PartRole) -> str:
    """Return all words of the parts with these roles."""
    return "\n".join(part.span.of(document.text) for part in document.parts if part.role in roles)


def golden(document: Document) -> dict[str, object]:
    """Return what a golden keeps of a document: kind, parts by role with first and last words, and metadata."""
    text = document.text
    parts = [
        {
            "role": part.role.value,
            "group": part.group,
            "by": part.by,
            "date": part.date,
            "title": part.title.of(text) if part.title else "",
            "first": " ".join(part.span.of(text).split()[:6]),
            "last": " ".join(part.span.of(text).split()[-3:]),
            "sections": [
                f"{section.level} {section.category.value or '-'}: {section.heading.of(text) if section.heading else ''}"
                for section in document.sections
                if document.parts[section.part] == part
            ],
        }
        for part in document.parts
        if part.role is not PartRole.CHROME
    ]
    return {
        "kind": document.kind.value,
        "title": document.title,
        "parts": parts,
        "details": [[d.field, d.value[:80], " ".join(d.span.of(text).split()[:5])] for d in document.details],
        "authors": [[a.given, a.family, list(a.affiliations)] for a in document.authors],
        "affiliations": list(document.affiliations),
        "journal": [
            *(document.journal.title, document.journal.abbreviation, document.journal.issn, document.journal.eissn),
            *(document.journal.volume, document.journal.issue, document.journal.pages),
        ],
        "dates": [[d.event, d.iso] for d in document.dates],
        "types": list(document.types),
        "keywords": list(document.keywords),
        "ids": [document.ids.pmid, document.ids.doi],
        "references": len(document.references),
        "markers": [[m.span.of(text), list(m.references), m.superscript] for m in document.markers],
        "tables": [[c.span.of(text) for c in table.cells][:6] for table in document.tables],
        "source": document.source,
        "language": document.language,
    }


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_is_read_as_its_golden_says(path: Path) -> None:
    """Kind, parts by role, details and metadata stay as they were accepted."""
    found = golden(page(path))
    kept = path.with_suffix(path.suffix + ".json")
    if os.environ.get("CURBSIDE_ACCEPT") == "1":
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(kept.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_is_recognised_for_what_its_name_says(path: Path) -> None:
    """The file name's first word is the kind."""
    assert page(path).kind is KINDS[path.name.split("_")[0]]


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.name)
def test_every_span_and_index_of_a_specimen_is_sound(path: Path) -> None:
    """No span lies outside the text, no parts or blocks overlap, no index points nowhere."""
    assert list(misplaced(page(path))) == []


@pytest.mark.parametrize("path", [p for p in SPECIMENS if p.suffix == ".txt"], ids=lambda path: path.name)
def test_the_text_of_a_capture_is_the_file(path: Path) -> None:
    """Offsets into the document are offsets into the decoded file."""
    assert page(path).text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.name)
def test_boilerplate_is_no_evidence(path: Path) -> None:
    """Copyright lines, disclaimers, cookie notices and menus are in no part that may be quoted."""
    quotable = said(page(path), *EVIDENCE_ROLES).lower()
    for phrase in (
        *("all rights reserved", "©", "cookie", "privacy policy", "no liability", "rechte vorbehalten", "newsletter"),
        *("todos los derechos", "sign up", "terms of", "impressum", "medical advice", "follow-up question", "track("),
    ):
        assert phrase not in quotable


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.name)
def test_an_asker_has_no_name_in_the_details(path: Path) -> None:
    """Who asks is an age band and a sex, nothing more."""
    askers = [detail.value for detail in page(path).details if detail.field == "asker"]
    for value in askers:
        assert set(value.replace(",", " ").split()) <= {"years", "male", "female", "not", "stated"} | {
            f"{n}-{n + 9}" for n in range(0, 90, 10)
        } | {"90+"}


class TestAnswerPages:
    """Clinical answer pages: guidelines and research reported by somebody else."""

    def test_guidelines_and_research_are_told_apart_in_either_order(self) -> None:
        """The part's own heading decides, wherever it stands."""
        document = page(CASES / "answer_bullous.txt")
        assert "Northern Blistering Society advises" in said(document, PartRole.GUIDELINES)
        assert "47 kept remission" in said(document, PartRole.RESEARCH)
        assert "47 kept remission" not in said(document, PartRole.GUIDELINES)

    def test_bare_citation_numbers_point_at_the_list(self) -> None:
        """`2, 3` at the end of a clause names two entries; `12.5 mg` and `61 adults` name none."""
        document = page(CASES / "answer_bullous.txt")
        tied = {(m.span.of(document.text), m.references) for m in document.markers}
        assert ("2, 3", (1, 2)) in tied
        assert not any(words in ("61", "5", "12", "47") for words, _ in tied)

    def test_a_marked_step_is_the_status(self) -> None:
        """A stepper's marked or current step is the state of review, in English."""
        expected = {
            "answer_leitlinie.html": "under review",
            "answer_guia.txt": "approved",
            "answer_timolol.html": "approved",
        }
        for name, status in expected.items():
            assert [d.value for d in page(CASES / name).details if d.field == "status"] == [status]

    def test_table_cells_carry_their_headers(self) -> None:
        """A dose in a table knows its column."""
        document = page(CASES / "answer_leitlinie.html")
        cell = next(c for c in document.tables[0].cells if c.span.of(document.text).startswith("300 mg"))
        assert [span.of(document.text) for span in cell.path] == ["Dose"]


class TestQuestionPages:
    """Question pages: who asked, who replied, what nobody signs."""

    @pytest.mark.parametrize("path", sorted(CASES.glob("question_*[tl]")), ids=lambda path: path.name)
    def test_a_question_is_never_quotable(self, path: Path) -> None:
        """No sentence of a question is in a part that may be quoted."""
        document = page(path)
        quotable = said(document, *EVIDENCE_ROLES)
        for part in document.parts:
            if part.role is PartRole.QUESTION:
                for line in part.span.of(document.text).splitlines():
                    assert not line.strip() or line.strip() not in quotable

    @pytest.mark.parametrize("path", sorted(CASES.glob("question_*[tl]")), ids=lambda path: path.name)
    def test_every_reply_is_signed(self, path: Path) -> None:
        """A reply has a name; text without one is called generated."""
        assert all(part.by for part in page(path).parts if part.role is PartRole.REPLY)

    def test_a_signature_under_a_reply_counts_as_one_over_it(self) -> None:
        """The doctor may sign before or after."""
        document = page(CASES / "question_haut.html")
        (reply,) = [part for part in document.parts if part.role is PartRole.REPLY and part.group == 0]
        assert reply.by == "Dr. med. Ruth Albers (Dermatologie)"
        assert reply.date == "2023-02-06"

    def test_similar_questions_are_groups_of_their_own(self) -> None:
        """Each similar question keeps its own reply, and that it is cut off is noted."""
        document = page(CASES / "question_pregunta.txt")
        pairs = [(part.group, part.by) for part in document.parts if part.role is PartRole.REPLY and part.group]
        assert pairs == [(1, "Dr. Pedro Lara (Reumatología)"), (2, "Dra. Inés Mora (Reumatología)")]
        assert sum(detail.field == "excerpt" for detail in document.details) == 2


class TestStudyPages:
    """A community's page about one study."""

    @pytest.mark.parametrize("path", sorted(CASES.glob("study_*[tl]")), ids=lambda path: path.name)
    def test_posts_are_no_research(self, path: Path) -> None:
        """Posts keep their own role and groups; the summary is the page's."""
        document = page(path)
        posts = [part for part in document.parts if part.role is PartRole.POST]
        assert len({part.group for part in posts}) == len(posts) >= 2
        assert all(part.title is not None for part in posts)
        assert PartRole.SUMMARY in {part.role for part in document.parts}

    def test_votes_are_plain_figures(self) -> None:
        """`▲ 112`, `+46`, `24 votos` and `12 votes` are counts."""
        votes = {
            path.stem: [d.value for d in page(path).details if d.field == "votes"] for path in CASES.glob("study_*[tl]")
        }
        assert votes["study_hairline"] == ["112", "9", "0"]
        assert votes["study_forum"] == ["46", "7"]
        assert votes["study_comunidad"] == ["24", "3"]
        assert votes["study_cards"] == ["12", "5"]
        assert votes["study_nutshell"] == ["15", "1200"]


class TestAuthorPages:
    """One person's works."""

    @pytest.mark.parametrize("path", sorted(CASES.glob("author_*[tl]")), ids=lambda path: path.name)
    def test_each_abstract_is_a_part_and_a_group(self, path: Path) -> None:
        """Two abstracts never share a part."""
        abstracts = [part for part in page(path).parts if part.role is PartRole.ABSTRACT]
        assert len({part.group for part in abstracts}) == len(abstracts) >= 2

    def test_words_about_the_site_are_no_abstract(self) -> None:
        """The blurb under the abstracts is chrome."""
        assert "founded" not in said(page(CASES / "author_run.txt"), *EVIDENCE_ROLES)


SEEDS = {
    "000": (DocumentKind.ANSWER_PAGE, {36: "metadata", 177: "chrome", 563: "guidelines", 1897: "guidelines", 2607: "research"}),
    "001": (DocumentKind.ARTICLE, {40: "metadata", 486: "metadata", 839: "metadata", 926: "metadata", 1523: "abstract", 2376: "abstract", 2684: "metadata"}),
    "002": (DocumentKind.QUESTION_PAGE, {383: "metadata", 432: "metadata", 542: "reply", 645: "reply", 800: "generated", 2792: "generated", 3697: "question", 4436: "question", 5468: "reply"}),
    "003": (DocumentKind.STUDY_PAGE, {0: "metadata", 90: "metadata", 233: "summary", 442: "summary", 1437: "summary"}),
    "004": (DocumentKind.AUTHOR_PAGE, {410: "abstract", 1140: "abstract", 1700: "abstract", 2160: "abstract", 2882: "abstract"}),
}  # fmt: skip


@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_page_is_recognised_and_its_voices_told_apart(shared: Path, number: str) -> None:
    """The kind is right and known places stand in parts of the right role."""
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    document = page(path)
    kind, places = SEEDS[number]
    assert document.kind is kind
    assert list(misplaced(document)) == []
    assert document.text == path.read_bytes().decode("utf-8")
    for place, role in places.items():
        (part,) = [part for part in document.parts if part.span.start <= place < part.span.end]
        assert part.role.value == role


def test_the_facts_wanted_of_the_seed_pages_stand_in_parts(shared: Path) -> None:
    """Every quoted fact of the gold lies inside one part, and facts of evidence never in chrome."""
    documents = {path.name[:3]: page(path) for path in (shared / "seeds").glob("*_*.txt")}
    stated_of_the_page = {
        "date_updated",
        "review_banner",
        "date_asked",
        "asker",
        "responder",
        "date_replied",
        "keywords",
    }
    for line in (shared / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        document = documents[fact["page"]]
        parts = [part for part in document.parts if part.span.start <= fact["start"] and fact["end"] <= part.span.end]
        assert len(parts) == 1, fact["id"]
        if fact["field"] not in stated_of_the_page:
            assert parts[0].role is not PartRole.CHROME, fact["id"]
