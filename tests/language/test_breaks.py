"""Single judgements of the sentence cutter: what a stop ends and what a line break parts."""

from __future__ import annotations

import pytest

from curbside.language.breaks import (
    BEFORE_LOWER,
    BEFORE_NUMBERS,
    CONTINUES,
    LABELS,
    NEVER,
    STARTERS,
    abbreviated,
    opens,
)
from curbside.language.lines import LIST_MARK, line_breaks
from curbside.language.sentences import sentences


def judged(text: str) -> tuple[bool, bool]:
    """Return, for the stop marked ¶ (standing after it), whether a sentence can open and whether it abbreviates."""
    after = text.index("¶")
    piece = text.replace("¶", "")
    return opens(piece, after - 1, after), abbreviated(piece, after - 1, after)


class TestTables:
    """The word tables do not contradict one another."""

    def test_abbreviations_are_lower_case(self) -> None:
        """They are looked up in lower case."""
        for table in (NEVER, BEFORE_NUMBERS, BEFORE_LOWER, LABELS):
            assert all(word == word.lower() for word in table)

    def test_starters_and_continuations_are_apart(self) -> None:
        """A word cannot both open a sentence and go on a name."""
        assert not STARTERS & CONTINUES

    @pytest.mark.parametrize("word", sorted(NEVER))
    def test_what_never_ends_a_sentence_never_does(self, word: str) -> None:
        """Whatever follows, the stop is the abbreviation's."""
        for following in ("Smith", "the", "5", "(a)"):
            assert judged(f"as in {word}.¶ {following} said")[1] or judged(f"as in {word}.¶ {following} said") == (
                False,
                False,
            )

    @pytest.mark.parametrize("word", sorted(BEFORE_NUMBERS - NEVER))
    def test_some_end_none_before_a_number(self, word: str) -> None:
        """Before a number the stop is the abbreviation's."""
        assert judged(f"as in {word}.¶ 5 and so on")[1]

    @pytest.mark.parametrize("word", sorted(BEFORE_LOWER))
    def test_some_end_one_before_a_capital(self, word: str) -> None:
        """Before a capital the sentence ends, before a bracket or number it goes on."""
        assert not judged(f"of kin {word}.¶ Patients came")[1]
        assert judged(f"of kin {word}.¶ (2010) came")[1]
        assert judged(f"of kin {word}.¶ 2010 came")[1]


class TestOpening:
    """What can open a sentence."""

    @pytest.mark.parametrize(
        "following",
        [
            "Patients", "12 of them", "mTOR was", "p53 was", "siRNA was", "eGFR fell", "miR-21 rose", "c.76A>T was",
            "α-Tocopherol", "“Patients", "(Patients", "≥ 5 mg", "§ 3", "Éva came", "漢字", "iPS cells",
        ],
    )  # fmt: skip
    def test_can(self, following: str) -> None:
        """Capitals, numbers, terms that are always written small, Greek letters, signs."""
        assert judged(f"It worked.¶ {following}")[0]

    @pytest.mark.parametrize("following", ["patients", "and then", "(see there)", "“so", "of 12", "– and so"])
    def test_cannot(self, following: str) -> None:
        """A plain lower-case word goes on the sentence, in brackets and quotes too."""
        assert not judged(f"It worked.¶ {following}")[0]

    @pytest.mark.parametrize("text", ["6 months.¶Importantly, no", "in (12%).¶None left", "was seen.¶We then"])
    def test_a_lost_space_is_made_good(self, text: str) -> None:
        """A word, number or bracket before, a capitalised word after."""
        assert judged(text)[0]

    @pytest.mark.parametrize(
        "text", ["www.¶Example is", "j.doe@site.¶Com is", "e.g.¶Smith said", "a/b.¶Txt is", "U.¶Sand is", "p.¶Arg5 is"]
    )
    def test_but_not_in_addresses_and_names(self, text: str) -> None:
        """Addresses, files and dotted names are one word."""
        assert not judged(text)[0]


class TestInitials:
    """Single letters before a stop."""

    @pytest.mark.parametrize("text", ["J.¶ Smith", "by J. A.¶ Smith came", "(R.¶ Novak)", "and P.¶ Okoro read"])
    def test_initials_go_on(self, text: str) -> None:
        """A name follows."""
        assert judged(text)[1]

    @pytest.mark.parametrize(
        "text",
        ["vitamin D.¶ Patients", "hepatitis B.¶ Infants", "group A.¶ Doses", "see Fig 1A.¶ Doses", "metaphase I.¶ Partial",
         "with Maria K.¶ The", "type V.¶ Others"],
    )  # fmt: skip
    def test_labels_end(self, text: str) -> None:
        """A label, a Roman number or a word that opens sentences tells otherwise."""
        assert not judged(text)[1]


class TestEnumerators:
    """Numbers of items, headings and captions."""

    @pytest.mark.parametrize(
        "text",
        ["1.¶ Introduction", "Done\n2.¶ Methods", "2.1.¶ Patients", "IV.¶ Results", "a.¶ First", "Stop. 2.¶ Restart",
         "Steps: 1.¶ Stop", "Table 1.¶ Baseline", "Figure S2.¶ Flow", "Supplementary Table 3.¶ Harms"],
    )  # fmt: skip
    def test_they_belong_to_what_they_number(self, text: str) -> None:
        """The number is no sentence of its own."""
        assert judged(text)[1]

    @pytest.mark.parametrize(
        "text", ["as in ref. 9.¶ Relapse", "on Feb. 11.¶ The", "in 2010.¶ The", "see Table 1.¶ The"]
    )
    def test_numbers_at_the_end_of_a_sentence_end_it(self, text: str) -> None:
        """A number that goes on a sentence is no enumerator."""
        assert not judged(text)[1]


class TestLineBreaks:
    """Which lines begin a sentence."""

    @staticmethod
    def starts(text: str) -> list[str]:
        """Return the first word of each line that begins a sentence."""
        return [text[at:].split(maxsplit=1)[0] for at in line_breaks(text)]

    @pytest.mark.parametrize(
        "mark", ["• ", "- ", "* ", "– ", "1. ", "12) ", "(a) ", "b) ", "(iv) ", "# ", "### ", "| ", ">", "  • "]
    )
    def test_marks(self, mark: str) -> None:
        """Bullets, numbers, letters, headings, rows and quotations open a line of their own."""
        assert LIST_MARK.match(f"{mark}word")
        assert len(list(line_breaks(f"Steps of the\n{mark}word"))) == 2

    @pytest.mark.parametrize("text", ["Al-Amin", "a patient", "12 patients", "(see below)", "-5 mg", "i.v. drug"])
    def test_no_marks(self, text: str) -> None:
        """Words and numbers that only begin alike are no marks."""
        assert LIST_MARK.match(text) is None

    def test_blank_lines_of_any_kind(self) -> None:
        """Blank lines part, with white space in them and whatever ends the lines."""
        for blank in ("\n\n", "\n \t\n", "\r\n\r\n", "\u2029\u2029", "\n\x0c\n"):
            assert self.starts(f"One of the{blank}Two") == ["One", "Two"]

    def test_a_line_that_goes_on(self) -> None:
        """After a comma, a function word or before a small letter, a line goes on."""
        assert self.starts("rash, itch,\nFever") == ["rash,"]
        assert self.starts("given to the\nChildren") == ["given"]
        assert self.starts("it was\nseen") == ["it"]
        assert self.starts("seen (Table\n1) there") == ["seen"]
        assert self.starts("as reported\n[12], and") == ["as"]

    def test_a_short_line_before_a_capital_is_a_heading(self) -> None:
        """Headings and bylines stand alone."""
        assert self.starts("Key points\nIt works\nReviewed by Dr. A") == ["Key", "It", "Reviewed"]


class TestBesideAnOracle:
    """Against another cutter on plain prose."""

    def test_plain_sentences_are_cut_alike(self) -> None:
        """Where nothing is tricky, sentencesplit and Curbside agree."""
        splitter = pytest.importorskip("sentencesplit").Segmenter(language="en", clean=False)
        subjects = ("The drug", "Each infant", "Our cohort", "One rash")
        verbs = ("improved", "was seen", "did not change", "took 5 mg")
        ends = (".", "?", "!", " in 2019.", " (n = 13).", " by 61.5%.", " at week 4.")
        for shift in range(7):
            text = " ".join(f"{subjects[i % 4]} {verbs[(i + shift) % 4]}{ends[(i * 3 + shift) % 7]}" for i in range(12))
            mine = [span.of(text) for span in sentences(text)]
            assert mine == [sentence.strip() for sentence in splitter.segment(text)]
