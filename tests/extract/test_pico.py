"""Spans of trial abstracts: tokens, names of arms, which number belongs to which arm."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from curbside.extract.pico import PicoSpan, chosen, tag, unit_end, worded
from curbside.extract.pico_arms import arm_names, key_of, mentions
from curbside.extract.pico_beside import alike, names_in, same_as
from curbside.extract.pico_models import LINES, MODELS, NUMERIC, TEXTUAL, TREES, shipped
from curbside.extract.pico_naming import cast_rows, casts, name_chances
from curbside.extract.pico_nearest import BEST, SUM, near_names, near_rows, told_by_names
from curbside.extract.pico_numbers import number_features, numbered
from curbside.extract.pico_owners import REACH, Scene, logit, settled
from curbside.extract.pico_second import LABELS, guessed, second_rows, shares
from curbside.extract.pico_sides_second import side_rows
from curbside.extract.pico_tokens import tokens
from curbside.extract.pico_trees import Table, Trees, opened, packed
from curbside.language.scoring import Weights as Line
from curbside.records import Block, BlockKind, Document, DocumentKind, Part, PartRole, Span
from growth import assert_linear

TITLE = "A randomized controlled trial of zelvonib versus placebo for nausea in women with breast cancer."
BODY = (
    "Two hundred women with early breast cancer were randomly assigned to zelvonib (n = 101) or placebo (n = 99). "
    "The primary end point was complete response. Complete response was achieved in 60.4% of patients in the zelvonib "
    "group and 40.4% of patients in the placebo group (P < .001). Median progression-free survival was 8.3 months with "
    "zelvonib and 5.1 months with placebo."
)
TEXT = f"{TITLE} {BODY}"


def found(text: str, kind: str) -> list[str]:
    """Return the words tagged with a class."""
    return [each.span.of(text) for each in tag(text) if each.kind == kind]


def document(title: str = TITLE, body: str = BODY) -> Document:
    """Return a record with a title and an abstract."""
    text = f"{title}\n{body}"
    whole = Span(len(title) + 1, len(text))
    return Document(
        id="d" + "0" * 20,
        kind=DocumentKind.ARTICLE,
        text=text,
        parts=(Part(Span(0, len(title)), PartRole.BODY), Part(whole, PartRole.ABSTRACT)),
        blocks=(
            Block(Span(0, len(title)), BlockKind.TITLE, 0),
            Block(whole, BlockKind.PARAGRAPH, 1),
        ),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("in 45.5% of 1,234 women", ["in", "45.5%", "of", "1,234", "women"]),
        ("27 347 women aged 50-79", ["27 347", "women", "aged", "50", "-", "79"]),
        ("One hundred and two patients", ["One hundred and two", "patients"]),
        ("HER2 fell by -3.2 (p53)", ["HER2", "fell", "by", "-3.2", "(", "p53", ")"]),
        ("41 percent; 0·96", ["41 percent", ";", "0·96"]),
        ("", []),
    ],
)
def test_a_number_with_its_percent_sign_is_one_token(text: str, shown: list[str]) -> None:
    """Thousands, raised points, minus signs and numbers in words stay whole; names with digits are words."""
    assert [token.text for token in tokens(text)] == shown


def test_numbers_are_worth_what_they_print() -> None:
    """Values are there for numbers alone."""
    values = [token.value for token in tokens("Twenty-eight of 1,002 (−2·5%) mice")]
    assert values == [28.0, None, 1002.0, None, -2.5, None, None]


def test_a_short_form_and_what_it_stands_for_are_one_word() -> None:
    """Wherever they are; the longer form first, so that no part of it is taken for another."""
    text = "Neoadjuvant chemotherapy (NCT) or chemotherapy (CT); NCT won."
    stands = [token.stands for token in tokens(text) if token.stands]
    assert stands == ["nct", "nct", "nct", "ct", "ct", "nct"]


def test_names_of_arms_pass_to_their_short_forms_and_letters() -> None:
    """A name and its short form are one; what else stands in brackets leans as the name before; "group B" is a name."""
    text = "Zelvonib (ZEL) was compared with usual care (XQ). ZEL did better than group B."
    told = tokens(text)
    chances = [(0.9, 0.0) if t.text == "Zelvonib" else (0.0, 0.8) if t.text == "usual" else (0.0, 0.0) for t in told]
    names = arm_names(told, chances)
    assert "zelvonib" not in names and names["zel"] > 0.5 and names["usual"] < -0.5 and names["xq"] < -0.5
    sides = [(told[each.place].text, each.side) for each in mentions(told, names)]
    assert sides == [("Zelvonib", "I"), ("ZEL", "I"), ("usual", "C"), ("XQ", "C"), ("ZEL", "I"), ("B", "2")]
    assert key_of(told, len(told) - 2) == "group b"


def scene(
    text: str,
    leaning: dict[str, float],
    kind: str = "bin-percent",
    likely: dict[frozenset[str], float] | None = None,
) -> Scene:
    """Return the numbers of a text among names that lean as said."""
    told = tokens(text)
    return Scene(told, [(place, kind) for place in numbered(told)], leaning, mentions(told, leaning), likely or {})


LEANING = {"zelvonib": 0.9, "sham": -0.9, "zel": 0.9}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It was 40% in the zelvonib group and 20% in the sham group.", ["zelvonib", "sham"]),
        ("In the sham group it was 20%, in the zelvonib group 40%.", ["sham", "zelvonib"]),
        ("For sham vs zelvonib it was 20% vs 40%, respectively.", ["sham", "zelvonib"]),
        ("It was 20%, 21% and 3%, 4% for sham and zelvonib.", ["sham", "zelvonib", "sham", "zelvonib"]),
        ("Of group A (sham) 20%, of group B (zelvonib) 40% did.", ["sham", "zelvonib"]),
        ("There was no difference in local control: 20% versus 40%.", ["", ""]),
    ],
)
def test_a_number_stands_beside_a_name(text: str, names: list[str]) -> None:
    """Before it, behind it, or in the same place of a list; "no difference" and "local control" name no arm."""
    told = [each.nearest for each in scene(text, LEANING).numbers]
    assert [" ".join(sorted(name.words)) if name else "" for name in told] == names


def test_words_that_tie_make_one_name() -> None:
    """ "Plus" and "combined with" join, "and" and "with" alone do not; brackets say the same arm."""
    leaning = {"sham": -0.9, "zelvonib": 0.9, "arbacin": 0.8}
    told = scene("Zelvonib plus arbacin (group 1) or sham and zelvonib combined with arbacin", leaning, "size")
    assert [sorted(name.words) for name in told.names] == [
        ["arbacin", "zelvonib"],
        ["group 1"],
        ["sham"],
        ["arbacin", "zelvonib"],
    ]
    first, group, sham, again = told.names
    assert alike(first, again, told.others) == "=" and alike(first, group, told.others) == "a"
    assert alike(sham, group, told.others) == "!" and alike(None, sham, told.others) == ""


def nothing(count: int) -> Table:
    """Return rows of figures for numbers of which no name tells anything."""
    return told_by_names([], scene("It was 4%. " * count, {}).numbers, [], grove())


def test_numbers_are_settled_together() -> None:
    """A number without a lean of its own follows its partner: away from it when set against it, with it when bound."""
    told = scene("It was 40% versus 20%.", {})
    alone = Line(("yes",), (0.0,), {"tagger": (1.0,)})
    scores = [alone.scores(row)[0] for row in told.alone([0.9, 0.5], nothing(2))]
    against = Line(("yes",), (0.0,), {"relsk": (-9.0,)})
    bound = Line(("yes",), (0.0,), {"relsk": (9.0,)})
    assert [chance > 0.5 for chance in settled(told, scores, against)] == [True, False]
    assert [chance > 0.5 for chance in settled(told, scores, bound)] == [True, True]
    assert settled(scene("None of it", {}), [], bound) == []
    assert logit(1.0) == logit(0.98) < 4 and logit(0.0) < -3


def test_the_cost_of_settling_stays_linear() -> None:
    """Numbers far apart are not weighed against each other."""
    many = scene("It was 40% versus 20%. " * 100, {})
    assert len(many.pairs()) < REACH * len(many.numbers)


def test_sums_and_shares_are_seen() -> None:
    """A whole of two parts, and a percentage with the k and n that make it, are marked."""
    text = "Of 100 women, 40 had surgery and 60 had none; 10 of 40 (25%) relapsed."
    told = tokens(text)
    rows = dict(zip([told[place].text for place in numbered(told)], number_features(text, told, [], {})))
    assert ("whole!" in rows["100"] and "part1" in rows["60"]) or "part2" in rows["60"]
    assert "share" in rows["25%"] and "k<" in rows["10"]


def test_a_share_is_found_with_its_count_and_its_size() -> None:
    """Rounding as printed decides; a count is near its percentage, a size may stand anywhere."""
    told = tokens("Of 40 women and 50 men, 10 (25%) and 13 (26.0%) relapsed, and 30.1% of others.")
    places = numbered(told)
    able = [not told[place].percent for place in places]
    words = [told[place].text for place in places]
    found = {tuple(words[at] for at in three) for three in shares(told, places, able)}
    assert found == {("25%", "10", "40"), ("26.0%", "13", "50")}


def test_the_second_look_lays_first_guesses_beside_each_other() -> None:
    """A part of a likely total knows it; rows are as wide wherever a number stands; no number, no row."""
    told = tokens("100 women: 40 had zelvonib and 60 had sham; 10 (25%) and 21 (35%) relapsed. It was 7.")
    places = numbered(told)
    kinds = ("total", "size", "size", "bin-abs", "bin-percent", "bin-abs", "bin-percent", "O")
    chances = [{kind: 0.8, "cont-mean+": 0.2} for kind in kinds]
    guess = guessed(chances)
    assert guess.shape == (8, len(LABELS)) and guess[1, LABELS.index("size")] == 0.8
    assert guess[7, LABELS.index("cont-mean")] == 0.2
    likely, unlikely = second_rows(told, places, chances, []), second_rows(told, places, [{"O": 1.0}] * 8, [])
    assert likely.shape == unlikely.shape and len(likely) == 8
    part = np.isclose(likely[1], 0.64)
    assert part.sum() > np.isclose(unlikely[1], 0.64).sum() == 0
    assert second_rows(told, [], [], []).shape == (0, 0)


def test_the_second_look_at_sides_sees_partners_and_names() -> None:
    """What the settling said of a number's partner stands in its row; a name that holds another says more."""
    told = scene(
        "It was 40% with zelvonib alone and 20% with zelvonib plus arbacin.", {"zelvonib": 0.9, "arbacin": 0.8}
    )
    rows = side_rows(told, [0.9, 0.1], [1.5, -2.5], [0.8, 0.3], nothing(2))
    assert len(rows) == 2 and rows.shape == side_rows(told, [0.5, 0.5], [0, 0], [0.5, 0.5], nothing(2)).shape
    assert -2.5 in rows[0] and 1.5 in rows[1]
    assert side_rows(scene("None of it", {}), [], [], [], nothing(0)).shape == (0, 0)


def test_names_of_one_arm_are_one_cast() -> None:
    """Brackets join a letter to its name; each row stands beside the best of the others; no name, no row."""
    text = "Zelvonib versus sham. Group A (zelvonib) or sham. Zelvonib reduced it more than sham."
    told = tokens(text)
    names = names_in(told, LEANING, mentions(told, LEANING))
    groups = casts(names, same_as(told, names))
    assert [(sorted(cast.words), len(cast.names)) for cast in groups] == [(["group a", "zelvonib"], 4), (["sham"], 3)]
    chances = [(0.9, 0.0) if token.low == "zelvonib" else (0.0, 0.8 * (token.low == "sham")) for token in told]
    rows = cast_rows(told, chances, groups, {"sham": -1.5})
    assert rows.shape == (2, rows.shape[1]) and np.isclose(rows[0], 0.9).any() and np.isclose(rows[1], -1.5).any()
    assert cast_rows(told, chances, [], {}).shape == (0, 0)
    likely = name_chances(told, chances, LEANING, mentions(told, LEANING), grove(), {})
    assert set(likely) == {frozenset({"zelvonib"}), frozenset({"sham"}), frozenset({"group a"})}
    assert likely[frozenset({"zelvonib"})] == likely[frozenset({"group a"})]


def test_a_name_leans_as_it_is_likely_to() -> None:
    """What is known of a name counts before its words; a letter of a group stays one."""
    likely = {frozenset({"sham"}): 0.9, frozenset({"group a"}): 0.1}
    sham, letter = scene("It was 20% with sham (group A).", LEANING, likely=likely).names
    assert (sham.side, letter.side) == ("I", "1") and sham.lean > 1 and letter.lean < -1


def test_names_tell_of_the_numbers_around_them() -> None:
    """Left, right, in the same place of a list and next but one; an unlikely name tells of the other arm."""
    told = scene("It was 40% and 20% for zelvonib and sham.", LEANING)
    near = near_names(told.found, told.numbers, told.names)
    assert [(each.number, each.which, sorted(each.name.words)[0]) for each in near] == [
        (0, "R", "zelvonib"), (0, "RR", "sham"), (0, "A", "zelvonib"),
        (1, "R", "zelvonib"), (1, "RR", "sham"), (1, "A", "sham"),
    ]  # fmt: skip
    rows = near_rows(told.found, told.numbers, near, told.names)
    assert len(rows) == 6 and near_rows(told.found, told.numbers, [], told.names).shape == (0, 0)
    figures = told_by_names(told.found, told.numbers, told.names, grove())
    assert figures.shape == nothing(2).shape and np.isnan(figures[0, 0]) and not np.isnan(figures[0, 1])
    assert figures[0, BEST] == max(figures[0, 5:10][~np.isnan(figures[0, 5:10])], key=abs)
    assert np.isclose(figures[0, SUM], np.nansum(figures[0, 5:10]))
    assert nothing(1)[0, SUM] == 0


def grove() -> Trees:
    """Return one tree of two leaves: 2 where the first figure is at most 1 or not there, else -2."""
    return Trees(
        feature=np.array([0, -1, -1], dtype=np.int16),
        bound=np.array([1, 0, 0], dtype=np.float32),
        left=np.array([1, 0, 0], dtype=np.int32),
        right=np.array([2, 0, 0], dtype=np.int32),
        blank_left=np.array([True, False, False]),
        value=np.array([0, 2, -2], dtype=np.float32),
        roots=np.array([[0]], dtype=np.int32),
        base=np.array([0.5], dtype=np.float32),
        depth=1,
    )


def test_trees_send_each_row_to_its_leaf() -> None:
    """A figure at the bound goes left, one that is not there as in training; the archive gives the same trees."""
    rows = np.array([[1.0, 9.0], [1.1, 0.0], [np.nan, 0.0]], dtype=np.float32)
    likely = 1 / (1 + np.exp(-np.array([2.5, -1.5, 2.5])))
    assert np.allclose(grove().chances(rows).ravel(), likely)
    assert packed(grove()) == packed(opened(packed(grove())))
    assert grove().chances(rows[:0]).shape == (0, 1)
    with pytest.raises(ValueError, match="pickled"):
        opened(b"no archive")


def test_one_total_is_taken_where_it_is_likeliest() -> None:
    """The likeliest total needs little; a second one beside a sure one needs much; other kinds their bound."""
    likely = np.zeros((4, len(LABELS)))
    total, size = LABELS.index("total"), LABELS.index("size")
    likely[0, total], likely[1, total], likely[2, size], likely[3, size] = 0.9, 0.55, 0.4, 0.2
    likely[:, -1] = 1 - likely.sum(axis=1)
    told = chosen([3, 5, 7, 9], [{"size+": 0.4}] * 4, likely, {"total": 0.5, "size": 0.3})
    assert [(each.place, each.kind, each.unit) for each in told] == [(3, "total", False), (7, "size", True)]


def test_a_unit_ends_before_closing_marks() -> None:
    """The unit behind a number is one run of signs."""
    for text, end in (("8.3 months)", "8.3 months"), ("12 mg/dL.", "12 mg/dL"), ("7", "7")):
        assert text[: unit_end(tokens(text), 0)] == end


def test_a_doubtful_word_does_not_part_a_phrase() -> None:
    """A span goes on over words a little under the bound and ends without joining words."""
    told = tokens("severe oral mucositis and")
    chances = [{"I-outcome": p} for p in (0.9, 0.25, 0.8, 0.3)]
    assert worded(told, ("outcome",), chances, {"outcome": 0.35}) == [PicoSpan("outcome", Span(0, 21), 0.25)]
    assert worded(told, ("outcome",), [{}] * 4, {}) == []


def test_a_trial_is_tagged() -> None:
    """People, arms, total, sizes, percentages and medians of a plain abstract."""
    assert found(TEXT, "total-participants") == ["Two hundred"]
    assert found(TEXT, "intervention-participants") == ["101"]
    assert found(TEXT, "control-participants") == ["99"]
    assert found(TEXT, "iv-bin-percent") == ["60.4%"]
    assert found(TEXT, "cv-bin-percent") == ["40.4%"]
    assert any("placebo" in words for words in found(TEXT, "control"))
    assert [words[:3] for words in found(TEXT, "iv-cont-median") + found(TEXT, "cv-cont-median")] == ["8.3", "5.1"]


def test_offsets_are_those_of_the_document() -> None:
    """A document's title and abstract are read; every span's words stand at its place."""
    paper = document()
    spans = tag(paper)
    assert {each.kind for each in spans} <= {*TEXTUAL, *NUMERIC}
    assert [each.span.of(paper.text) for each in spans if each.kind == "intervention-participants"] == ["101"]
    assert spans == sorted(spans, key=lambda each: each.span) and all(0 <= each.probability <= 1 for each in spans)


@pytest.mark.parametrize("text", ["", " ", "No trial is told of here.", "12", "%%% ((((", "n = " * 50])
def test_texts_without_a_trial_break_nothing(text: str) -> None:
    """An empty or odd text gives spans inside it, or none."""
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in tag(text))


def test_weights_are_small_and_loaded_when_needed() -> None:
    """The shipped parts are all there; importing the tagger loads neither the library nor the weights."""
    assert set(shipped().models) == set(MODELS)
    assert set(shipped().lines) == set(LINES)
    assert set(shipped().trees) == set(TREES)
    code = "import sys, curbside.extract.pico; print('pycrfsuite' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_time_grows_with_the_length_alone() -> None:
    """A text four times as long takes no more than about four times as long."""
    hostile = "n = 12 (3%) vs 4 of 9 and "
    assert_linear(lambda times: lambda: tag(hostile * times), 20)
