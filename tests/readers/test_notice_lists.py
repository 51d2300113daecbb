"""Lists of notices: three forms, and whatever may be wrong with a row costs that row alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from curbside.readers.notice_lists import FORMS, ReadList, read_list
from curbside.records import Listed, NoticeKind
from growth import assert_linear

R, E, C, B = NoticeKind.RETRACTION, NoticeKind.CONCERN, NoticeKind.CORRECTION, NoticeKind.REINSTATEMENT
HEAD = (
    "Record ID,Title,Reason,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature"
)


def read(text: str | bytes) -> ReadList:
    """What a list says, under the name L."""
    found = read_list(text.encode() if isinstance(text, str) else text, "L", "/in/l")
    assert found is not None
    return found


def rw(*rows: str) -> ReadList:
    """What rows of Retraction Watch's table say."""
    return read("\n".join([HEAD, *rows, ""]))


class TestRetractionWatch:
    """One row for one notice on one paper."""

    def test_a_row_names_paper_notice_date_and_reason(self) -> None:
        """Under each identifier of the paper; the notice by its own."""
        found = rw(
            '7,"A title, with a comma",+Fraud;+Error in Data;,8/17/2021 0:00,10.1000/N,0,10.1000/A,123,Retraction'
        )
        reason = "Fraud; Error in Data"
        assert found.words == (
            Listed(R, "doi:10.1000/a", "2021-08-17", "L", "doi:10.1000/n", reason, 2),
            Listed(R, "pmid:123", "2021-08-17", "L", "doi:10.1000/n", reason, 2),
        )
        assert (found.format, found.rows, found.problems) == ("retraction-watch", 1, ())

    @pytest.mark.parametrize(
        ("nature", "kind"),
        [("Retraction", R), ("Expression of concern", E), ("Correction", C), ("Reinstatement", B), ("RETRACTION ", R)],
    )
    def test_each_nature_is_kept(self, nature: str, kind: NoticeKind) -> None:
        """A concern is no retraction."""
        assert [word.kind for word in rw(f"1,T,,,,,10.1000/a,0,{nature}").words] == [kind]

    @pytest.mark.parametrize("nothing", ["", "0", "Unavailable", "unavailable"])
    def test_no_identifier_is_a_problem_with_its_line(self, nothing: str) -> None:
        """The row is left out and told of; the next one is read."""
        found = rw(f"1,T,,,,,{nothing},{nothing},Retraction", "2,T,,,,,10.1000/b,,Retraction")
        assert [word.key for word in found.words] == ["doi:10.1000/b"]
        assert [(p.where, p.line, p.lost) for p in found.problems] == [("/in/l", 2, True)]

    @pytest.mark.parametrize(
        ("printed", "iso"),
        [
            ("1/2/2020 0:00", "2020-01-02"),
            ("2020-01-02", "2020-01-02"),
            ("2020-01", "2020-01"),
            ("2020", "2020"),
            ("", ""),
        ],
    )
    def test_dates(self, printed: str, iso: str) -> None:
        """Months first, or ISO as far as it is given."""
        found = rw(f"1,T,,{printed},,,10.1000/a,,Retraction")
        assert ([word.date for word in found.words], found.problems) == ([iso], ())

    @pytest.mark.parametrize("printed", ["31/12/2020", "yesterday", "99/99/9999", "13/1/2020"])
    def test_a_date_that_cannot_be_read_costs_only_itself(self, printed: str) -> None:
        """The work is marked, without a date; the problem says that nothing else was lost."""
        found = rw(f"1,T,,{printed},,,10.1000/a,,Retraction")
        assert [(word.kind, word.date) for word in found.words] == [(R, "")]
        assert [problem.lost for problem in found.problems] == [False]

    def test_an_unknown_nature_is_a_problem(self) -> None:
        """It is not taken for anything."""
        found = rw("1,T,,,,,10.1000/a,,Hearsay")
        assert found.words == ()
        assert "Hearsay" in found.problems[0].what

    def test_columns_may_stand_in_any_order(self) -> None:
        """They are known by their names."""
        found = read("RetractionNature,x,OriginalPaperDOI\nCorrection,,10.1000/a\n")
        assert [(word.kind, word.key) for word in found.words] == [(C, "doi:10.1000/a")]


class TestByNature:
    """DOIs with the nature of the notice; several natures in one cell are several words."""

    def test_each_nature_of_a_cell_is_a_word(self) -> None:
        """In their order, without dates."""
        found = read("doi,retractionwatch\n10.1000/A,Retraction;Expression of concern\n")
        assert [(word.kind, word.key, word.line) for word in found.words] == [
            (R, "doi:10.1000/a", 2),
            (E, "doi:10.1000/a", 2),
        ]
        assert (found.format, found.rows) == ("doi-nature", 1)

    def test_what_is_understood_of_a_cell_counts(self) -> None:
        """An unknown nature beside a known one is told of and loses nothing else."""
        found = read("doi,nature\n10.1000/a,Retraction;Hearsay\n,Retraction\n10.1000/b,\n")
        assert [word.key for word in found.words] == ["doi:10.1000/a"]
        assert [(problem.line, problem.lost) for problem in found.problems] == [(2, False), (3, True), (4, True)]

    def test_with_pmids_and_dates(self) -> None:
        """Both are columns that may be there."""
        found = read("pmid,kind,date\n00123,Reinstatement,2021-05\n")
        assert [(word.kind, word.key, word.date) for word in found.words] == [(B, "pmid:123", "2021-05")]


class TestCrossref:
    """`update-to` stands on the notice, `updated-by` on the paper; either way the paper is what is marked."""

    def updates(self, field: str, kind: str = "retraction", **more: object) -> dict[str, object]:
        """A record with one update."""
        return {"DOI": "10.1000/OWN", field: [{"DOI": "10.1000/other", "type": kind, **more}]}

    def test_both_sides(self) -> None:
        """The other DOI is the notice's or the paper's, by the field."""
        date = {"updated": {"date-parts": [[2020, 5, 1]], "timestamp": 1}}
        (notice,) = read(json.dumps({"status": "ok", "message": self.updates("update-to", **date)})).words
        (paper,) = read(json.dumps(self.updates("updated-by", **date))).words
        assert (notice.key, notice.notice, notice.date) == ("doi:10.1000/other", "doi:10.1000/own", "2020-05-01")
        assert (paper.key, paper.notice) == ("doi:10.1000/own", "doi:10.1000/other")

    @pytest.mark.parametrize(
        ("type_", "kind"),
        [
            ("retraction", R),
            ("withdrawal", R),
            ("partial_retraction", C),
            ("expression-of-concern", E),
            ("expression_of_concern", E),
            ("corrigendum", C),
            ("Erratum", C),
            ("reinstatement", B),
            ("new_version", NoticeKind.UPDATE),
        ],
    )
    def test_types(self, type_: str, kind: NoticeKind) -> None:
        """As Crossref spells them; a partial retraction leaves the rest standing."""
        assert [word.kind for word in read(json.dumps(self.updates("update-to", type_))).words] == [kind]

    def test_lists_answers_and_lines(self) -> None:
        """An answer of the API, a list, or a record on each line; works without updates say nothing."""
        works = [self.updates("update-to"), {"DOI": "10.1000/plain"}]
        for text in (
            json.dumps({"message": {"items": works, "total-results": 2}}),
            json.dumps(works),
            "\n".join(map(json.dumps, works)),
        ):
            found = read(text)
            assert (found.format, len(found.words), found.rows, found.problems) == ("crossref", 1, 1, ())

    @pytest.mark.parametrize(
        "entry",
        [
            {"DOI": "10.1000/a", "type": "hearsay"},
            {"DOI": "none", "type": "retraction"},
            {"type": "retraction"},
            7,
            None,
        ],
    )
    def test_an_entry_that_says_nothing_is_a_problem(self, entry: object) -> None:
        """Whatever stands there; the others are read."""
        found = read(json.dumps({"DOI": "10.1000/n", "update-to": [entry, {"DOI": "10.1000/a", "type": "retraction"}]}))
        assert (len(found.words), len(found.problems)) == (1, 1)

    @pytest.mark.parametrize("updated", [None, 7, {}, {"date-parts": []}, {"date-parts": [[None]]}, {"date-parts": 3}])
    def test_dates_that_are_none(self, updated: object) -> None:
        """The word has no date then."""
        (word,) = read(json.dumps(self.updates("update-to", updated=updated))).words
        assert word.date == ""

    def test_a_broken_line_costs_itself(self) -> None:
        """Of records on lines."""
        found = read(
            "\n".join([json.dumps(self.updates("update-to")), "{broken", json.dumps(self.updates("update-to"))])
        )
        assert (len(found.words), [problem.line for problem in found.problems]) == (2, [2])

    @pytest.mark.parametrize("bomb", ["[" * 200_000, '{"a":' * 100_000, "[" + "9" * 100_000 + "]"])
    def test_bombs_are_no_list(self, bomb: str) -> None:
        """Depth and length raise nothing."""
        assert read_list(bomb.encode(), "L", "x") is None


class TestHostile:
    """Whatever stands in a table, the rows around it are read."""

    GOOD = "10.1000/good,Retraction"

    def around(self, row: str | bytes) -> ReadList:
        """A list with one row between two good ones."""
        bad = row.encode() if isinstance(row, str) else row
        return read(b"doi,nature\n" + self.GOOD.encode() + b"\n" + bad + b"\n" + self.GOOD.encode() + b"\n")

    @pytest.mark.parametrize(
        "row",
        [
            pytest.param("x" * 10_000_000, id="a line of ten megabytes"),
            pytest.param('"' + "x" * 10_000_000 + '",Retraction', id="a cell of ten megabytes"),
            pytest.param('"10.1000/a,Retraction', id="a quote that never closes"),
            pytest.param('10.1000/a,"Retr', id="a quote that opens late"),
            pytest.param("a,b,c,d", id="too many columns"),
            pytest.param("10.1000/a", id="too few columns"),
            pytest.param(b"\xff\xfe\x00\xd8,Retraction", id="no text"),
            pytest.param(b"\0\0\0\0,Retraction", id="NULs"),
            pytest.param('""""""""",Retraction', id="nothing but quotes"),
            pytest.param("=cmd|' /C calc'!A0,Retraction", id="a formula"),
        ],
    )
    def test_one_bad_row(self, row: str | bytes) -> None:
        """It is one problem, on its line, and both neighbours count."""
        found = self.around(row)
        assert [word.line for word in found.words] in ([2, 4], [2, 3, 4])
        assert [problem.line for problem in found.problems] == [3]

    def test_nuls_inside_a_row_are_passed_over(self) -> None:
        """As if they were not there."""
        assert [word.key for word in self.around(b"10.10\x0000/a,Retr\0action").words][1] == "doi:10.1000/a"

    def test_a_quote_opened_and_closed_far_below(self) -> None:
        """What lies between is read as rows of its own, not swallowed."""
        rows = ['"10.1000/open,Retraction', *[self.GOOD] * 20, '10.1000/"close,Retraction', self.GOOD]
        found = read("\n".join(["doi,nature", *rows]))
        assert len(found.words) == 21
        assert [problem.line for problem in found.problems] == [2, 23]

    def test_line_breaks_inside_a_cell(self) -> None:
        """A quoted cell may hold them; the next row keeps its line."""
        found = read('doi,nature,title\r\n10.1000/a,Retraction,"One\r\ntwo"\r\n10.1000/b,Retraction,"T ""q"", t"\r\n')
        assert [(word.key, word.line) for word in found.words] == [("doi:10.1000/a", 2), ("doi:10.1000/b", 4)]

    def test_a_mark_of_byte_order(self) -> None:
        """It is no part of the first column's name."""
        assert len(read(b"\xef\xbb\xbfdoi,nature\n10.1000/a,Retraction\n").words) == 1

    @pytest.mark.parametrize(
        "data", [b"", b"\n", b"a,b\n1,2\n", b"doi\n10.1000/a\n", b"{}", b"[]", b"\0", b"x" * 2_000_000]
    )
    def test_what_is_no_list(self, data: bytes) -> None:
        """None, so that whoever asked says which forms there are."""
        assert read_list(data, "L", "x") is None
        assert "retraction-watch" in FORMS

    def test_time_is_linear_in_quotes(self) -> None:
        """Quotes that never close look at a bounded number of lines each."""

        def prepare(rows: int) -> Callable[[], object]:
            text = "doi,nature\n" + '"a,b\n' * 1 + "\n".join(['x"y,b'] * rows)
            return lambda: read(text)

        assert_linear(prepare, 500)


SHARED = Path(os.environ.get("CURBSIDE_SHARED", Path(__file__).parents[2].parent / "shared"))
REAL = SHARED / "data" / "notices" / "retraction_doi_nature.csv"


@pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL} is not there: real lists are not part of the project")
def test_the_real_list_is_understood() -> None:
    """All but the two rows that name no work."""
    found = read(REAL.read_bytes())
    assert (found.rows, len(found.words)) == (57_551, 59_698)
    assert [problem.line for problem in found.problems] == [19_973, 44_538]
