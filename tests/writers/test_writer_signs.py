"""Signs that nobody sees are shown as labelled boxes; what is copied from the page stays what the source says."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.writers.signs import FLOOD, marked, signs, spelled

UNSEEN = {
    "\u202e": ("U+202E", "right-to-left override"),
    "\u2066": ("U+2066", "left-to-right isolate"),
    "\u2069": ("U+2069", "pop directional isolate"),
    "\u200f": ("U+200F", "right-to-left mark"),
    "\u061c": ("U+061C", "arabic letter mark"),
    "\u200b": ("U+200B", "zero width space"),
    "\u2060": ("U+2060", "word joiner"),
    "\ufeff": ("U+FEFF", "zero width no-break space"),
    "\u3164": ("U+3164", "hangul filler"),
    "\U000e0041": ("U+E0041", "tag latin capital letter a"),
    "\x07": ("U+0007", "control character"),
    "\x9b": ("U+009B", "control character"),
    "\udcff": ("U+DCFF", "part of a name that is no text"),
}

PLAIN = (
    "Sirolimus 2 mg; HR 0.73 (95% CI 0.60–0.88)",
    "naïve Größe, 薬, тромбоцитопения",
    "שלום עולם",
    "می‌خواهم",  # Persian needs its zero-width non-joiner
    "क्‍ष",  # Devanagari its joiner
    "👩‍⚕️ 👨🏽‍🔬 1️⃣ ❤️",
    "Việt Nam, e\u0301, שָׁלוֹם",
    "line\nbreak\tand tab",
    "soft\u00adhyphen",
)


def _copied(html: str) -> str:
    """What a browser copies of a piece of HTML: its text."""
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("sign", UNSEEN)
def test_an_unseen_sign_is_shown_with_its_number_and_name(sign: str) -> None:
    """The box carries the label to draw and, for who points at it, the name."""
    label, name = UNSEEN[sign]
    html = marked(f"Siro{sign}limus")
    assert f'<bdi class="sign" data-sign="{label}" title="{name}">' in html
    assert html.startswith("Siro<bdi") and html.endswith("</bdi>limus")
    assert spelled(f"Siro{sign}limus") == f"Siro[{label}]limus"


@pytest.mark.parametrize("text", PLAIN)
def test_what_a_script_or_an_emoji_needs_is_left_alone(text: str) -> None:
    """Accents, joiners between letters that join, and emoji sequences are no tricks."""
    assert list(signs(text)) == []
    assert _copied(marked(text)) == spelled(text) == text


@pytest.mark.parametrize("text", ["siro\u200dlimus", "\u200cdose", "a\ufe0fb", "1\u200d0 mg", "x \u200d y"])
def test_a_joiner_that_joins_nothing_is_shown(text: str) -> None:
    """Between Latin letters, digits or blanks a joiner only hides."""
    assert len(list(signs(text))) == 1


def test_a_flood_of_combining_marks_is_counted() -> None:
    """The first few stand; the rest is one box that says how many."""
    flood = "e" + "\u0301" * 500 + "nd"
    (sign,) = signs(flood)
    assert (sign.start, sign.end, sign.label) == (1 + FLOOD, 501, f"+{500 - FLOOD} marks")
    assert _copied(marked(flood)) == flood


def test_markup_stays_text() -> None:
    """What is around a box, and what is in it, is escaped."""
    html = marked("<script>\u202e\"'&</script>")
    assert html == (
        '&lt;script&gt;<bdi class="sign" data-sign="U+202E" title="right-to-left override">\u202e</bdi>'
        "&quot;&#x27;&amp;&lt;/script&gt;"
    )


def test_what_html_cannot_hold_is_left_out_of_the_box() -> None:
    """A control character or half a surrogate pair is shown by its box alone, so that the page can be encoded."""
    assert marked("\x00\x1b\udc80").encode()
    assert _copied(marked("a\x00b\x1bc\udc80")) == "abc"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\u202e\u200d\u200b\u0301\ufe0f\x00<&\"'"))))
def test_nothing_unseen_is_outside_a_box_and_nothing_is_lost(text: str) -> None:
    """Whatever the text: it can be encoded, copies as it was (controls apart), and holds no bare unseen sign."""
    html = marked(text)
    assert _copied(html.encode().decode()) == re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]", "", text)
    bare = re.sub(r"<bdi[^>]*>[^<]*</bdi>", "", html)
    assert not re.search(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08]", bare)
    assert "<" not in re.sub(r"</?bdi[^>]*>", "", html)
