"""Where sentences begin and end."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.sentences import sentences
from curbside.records import Span

CASES = Path(__file__).resolve().parents[1] / "cases" / "sentences"
FLOOR = 0.97


def cut(text: str, **options: object) -> list[str]:
    """Return the sentences of a text as strings."""
    return [span.of(text) for span in sentences(text, **options)]  # type: ignore[arg-type]


def rows(name: str) -> list[dict]:
    """Return the passages of one file of cases."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


ALL_ROWS = [row for name in ("development", "check", "held_out") for row in rows(name)]


def gold_spans(row: dict) -> set[Span]:
    """Return a passage's sentences as spans."""
    spans, at = set(), 0
    for sentence in row["sentences"]:
        start = row["text"].index(sentence, at)
        at = start + len(sentence)
        spans.add(Span(start, at))
    return spans


class TestTheSet:
    """The tricky passages, half of them for development, the rest kept apart."""

    def test_it_is_large_enough(self) -> None:
        """At least 80 passages, a quarter of them held out."""
        assert len(ALL_ROWS) >= 140
        assert len(rows("held_out")) >= len(ALL_ROWS) // 4

    @pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row["text"][:40])
    def test_every_passage_is_rebuilt_by_its_sentences(self, row: dict) -> None:
        """The gold sentences hold every printed character of their passage, in order."""
        assert "".join("".join(row["sentences"]).split()) == "".join(row["text"].split())

    def test_f1_over_exact_spans(self) -> None:
        """F1 over the whole set is at least 0.97."""
        right = found = gold = 0
        for row in ALL_ROWS:
            mine = set(sentences(row["text"], glued=row.get("glued", ())))
            right, found, gold = right + len(mine & gold_spans(row)), found + len(mine), gold + len(gold_spans(row))
        assert 2 * right / (found + gold) >= FLOOR


class TestStops:
    """A full stop ends a sentence, or an abbreviation, or neither."""

    @pytest.mark.parametrize(
        "text",
        [
            "Berg et al. gave 2 mg to four infants.",
            "See Fig. 3 and Dr. Amsel's note.",
            "The rate was 61.5% vs. 23.1% (P<0.001).",
            "S. aureus and the U.S. Food and Drug Administration, e.g. in 2019.",
            "The girl (aged 4 y. 2 mo. at entry) was photographed by J. A. Smith.",
            "We waited ... and nothing came.",
        ],
    )
    def test_one_sentence(self, text: str) -> None:
        """Abbreviations, decimals, initials and names do not end sentences."""
        assert cut(text) == [text]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("It was given i.v.", "The second dose was oral."),
            ("He lacked vitamin D.", "Patients like him are many."),
            ("It is not licensed in the U.S.", "Patients there import it."),
            ("Growth was slow.", "mTOR was blocked."),
            ("All had a mutation.", "p53 was intact."),
            ("The bleeding stopped. [12]", "No transfusion was needed."),
            ("Half responded.[12][Level of evidence: C3]", "None died."),
            ("Half responded.[12]; [13,14][Level of evidence B1]", "None died."),
            ("Was it the drug?", "Nobody knows."),
            ("It ended in 2010.", "15 patients remained."),
            ("This was division I.", "Partial loss followed."),
            ("The change was found in one family.", "c.2714G>A was the cause."),
        ],
    )
    def test_two_sentences(self, first: str, second: str) -> None:
        """What follows tells an abbreviation at the end of a sentence from one inside it."""
        assert cut(f"{first} {second}") == [first, second]

    def test_a_lost_space(self) -> None:
        """Two sentences run together are two."""
        assert cut("It took 6 months.Importantly, none died.") == ["It took 6 months.", "Importantly, none died."]

    def test_a_parenthesis_inside_a_sentence_is_not_cut(self) -> None:
        """What stands in brackets inside a sentence belongs to it; a bracket that opens a sentence may hold several."""
        assert len(cut("It helped (we saw it twice. See the table) in all.")) == 1
        assert cut("It helped. (We saw it. So did they.) None died.")[1:3] == ["(We saw it.", "So did they.)"]

    def test_an_unclosed_bracket_does_not_swallow_the_text(self) -> None:
        """A bracket that never closes is ignored."""
        assert len(cut("It helped (as said. Nobody died. All went home.")) == 3


class TestReferences:
    """Superscript references glued to a stop."""

    def test_markers_tell(self) -> None:
        """With the marker's offsets the break comes after the reference, whatever follows."""
        text = "The dose fell to 3 mg.2 mTOR was blocked."
        at = text.index("2 mTOR")
        assert cut(text, glued=[at, at + 1]) == ["The dose fell to 3 mg.2", "mTOR was blocked."]

    def test_several_markers(self) -> None:
        """Of several references in a row the last one ends the sentence."""
        text = "This was seen before.1,2 We confirm it."
        at = text.index("1,2")
        assert cut(text, glued=[at, at + 1, at + 2, at + 3]) == ["This was seen before.1,2", "We confirm it."]

    def test_markers_are_offsets_into_the_whole_text(self) -> None:
        """Offsets count from the start of the text, also when only a part of it is cut."""
        text = "Skip this. It fell to 3 mg.2 mTOR was blocked."
        at = text.index("2 mTOR")
        assert [span.of(text) for span in sentences(text, 11, glued=[at, at + 1])] == [
            "It fell to 3 mg.2",
            "mTOR was blocked.",
        ]

    def test_after_an_abbreviation_they_end_nothing(self) -> None:
        """ "et al.12" goes on."""
        text = "Okafor et al.12 treated infants."
        assert cut(text, glued=[text.index("12") + 2]) == [text]


class TestLines:
    """Line breaks, lists and headings."""

    def test_blank_lines_part(self) -> None:
        """A blank line ends a sentence even without a stop."""
        assert cut("Background\n\nSirolimus works") == ["Background", "Sirolimus works"]

    def test_wrapped_lines_do_not(self) -> None:
        """A paragraph wrapped at one width is read as one, whatever its lines start with."""
        text = (
            "The trial ran at nine centres in Japan and enrolled all the\nAsian children and the adults who had red and raised\n"
            "Koenen tumours or papules on the face, and it lasted for 12\nweeks in all."
        )
        assert len(cut(text)) == 1

    def test_list_items_part(self) -> None:
        """Bullets and numbers open items; the number belongs to its item."""
        assert cut("Steps:\n1. Stop the drug.\n2. Wait\n• Restart") == [
            "Steps:",
            "1. Stop the drug.",
            "2. Wait",
            "• Restart",
        ]

    def test_short_lines_part(self) -> None:
        """Headings and captured page lines stand alone; a line that ends on a function word does not."""
        assert cut("Key points\nSirolimus helps") == ["Key points", "Sirolimus helps"]
        assert len(cut("It was given to\nTen infants")) == 1


NOISE = st.lists(
    st.sampled_from([*"ab A.B?!…()[]\n\r \t12,;:•-–“”’\u00a0\u2028éİß漢😀", "al", "Fig", "U.S", ". ", "Then"]),
    max_size=80,
).map("".join)


class TestProperties:
    """What holds for any text."""

    @given(st.one_of(st.text(max_size=120), NOISE))
    def test_spans_cover_every_printed_character_once_and_in_order(self, text: str) -> None:
        """Trimmed, ordered, not overlapping, and nothing but white space between them."""
        spans = sentences(text)
        covered = "".join(span.of(text) for span in spans)
        assert [letter for letter in covered if not letter.isspace()] == [c for c in text if not c.isspace()]
        assert all(left.end <= right.start for left, right in pairwise(spans))
        assert all(span.of(text) == span.of(text).strip() != "" for span in spans)

    @given(NOISE, st.integers(0, 90), st.integers(0, 90))
    def test_a_part_is_cut_as_if_it_stood_alone(self, text: str, start: int, end: int) -> None:
        """Offsets are into the whole text; what stands outside has no influence."""
        alone = sentences(text[start:end])
        assert sentences(text, start, end) == [span.moved(start) for span in alone]

    @pytest.mark.parametrize("row", ALL_ROWS[::3], ids=lambda row: row["text"][:30])
    def test_a_sentence_cut_again_stays_whole(self, row: dict) -> None:
        """Cutting is idempotent on the set's own sentences."""
        for span in sentences(row["text"], glued=row.get("glued", ())):
            words = span.of(row["text"])
            marks = [at - span.start for at in row.get("glued", ()) if span.start <= at <= span.end]
            assert cut(words, glued=marks) == [words]

    @given(st.text(max_size=60), st.lists(st.integers(-5, 70), max_size=5))
    def test_any_markers_are_harmless(self, text: str, glued: list[int]) -> None:
        """Markers that point nowhere break nothing."""
        covered = "".join(span.of(text) for span in sentences(text, glued=glued))
        assert len("".join(covered.split())) == len("".join(text.split()))

    def test_real_text_is_covered(self, shared: Path) -> None:
        """Every abstract of the shared set is covered character by character."""
        for line in (shared / "data/sirolimus/abstracts.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["abstract"] or ""
            kept = "".join(span.of(text) for span in sentences(text))
            assert "".join(kept.split()) == "".join(text.split())
