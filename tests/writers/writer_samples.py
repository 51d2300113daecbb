"""Records made up for the writers' tests."""

from __future__ import annotations

from dataclasses import replace

from curbside.records import (
    Absence,
    Answer,
    AnswerSection,
    AnswerSentence,
    Author,
    Block,
    BlockKind,
    Category,
    Dated,
    Derivation,
    Document,
    DocumentKind,
    EvidenceKind,
    Expansion,
    Filters,
    Heading,
    Holding,
    Identifiers,
    Intent,
    Journal,
    Notice,
    NoticeKind,
    Part,
    PartRole,
    Problem,
    Profile,
    Question,
    Quote,
    ReferenceEntry,
    Section,
    Span,
    sealed,
)


def document(**changes: object) -> Document:
    """A journal article with every field, or with the fields that a test changes."""
    text = "Zedocream for spots\n\nMethods\n\nForty children (P<0.001).\n\nResults\n\n12/20 against 5/20."
    spots = [Span(text.index(words), text.index(words) + len(words)) for words in text.split("\n\n")]
    kinds = [BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]
    made = Document(
        id="",
        text=text,
        kind=DocumentKind.ARTICLE,
        title="Zedocream for spots",
        language="en",
        parts=(Part(Span(0, len(text)), PartRole.ABSTRACT, 0, spots[0]),),
        sections=(
            Section(Span(spots[1].start, spots[2].end), 0, 1, spots[1], Category.METHODS),
            Section(Span(spots[3].start, spots[4].end), 0, 1, spots[3], Category.RESULTS),
        ),
        blocks=tuple(Block(span, kind, 0, s) for span, kind, s in zip(spots, kinds, (-1, 0, 0, 1, 1))),
        ids=Identifiers("99000001", "PMC9900001", "10.9999/mum.1"),
        authors=(
            Author("Ärmel", "Anna B", "Jr", "", "0000-0002-1825-0097", (0,)),
            Author("van der Rot", "Jean-Pierre"),
            Author(collective="Red Spot Study Group"),
        ),
        affiliations=("Clinic of Skin, Smalltown, Utopia",),
        journal=Journal("Journal of Made-Up Medicine", "J Made Up Med", "2049-3630", "0317-8471", "42", "5", "494-501"),
        dates=(Dated("published", "2025-10-03", "2025 Oct 3"), Dated("received", "2025-01-02")),
        types=("Journal Article", "Randomized Controlled Trial"),
        headings=(Heading("Sirolimus", "", True, (("therapeutic use", True),)),),
        keywords=("red spots", "zedocream"),
        mentioned=("NCT01234567",),
    )
    return sealed(replace(made, **changes))  # type: ignore[arg-type]


def holding(**changes: object) -> Holding:
    """The article as a library holds it."""
    profile = Profile(EvidenceKind.RANDOMISED, None, 40, None, ("d:zedocream",), ("c:red-spots",))
    return Holding(document(**changes), "w0123456789ab", "made-up.xml", 7, profile)


RETRACTION = Notice(NoticeKind.RETRACTION, False, Identifiers(pmid="99000009"), "J Made Up Med. 2026. PMID: 99000009")


def answer() -> Answer:
    """An answer with everything that an answer may have."""
    held = document()
    start = held.text.index("12/20")
    quote = Quote(held.id, Span(start, start + 20), held.text[start : start + 20])
    question = Question(
        "Does zedocreme help [spots]?",
        (Intent.EFFICACY, Intent.DOSE),
        drugs=(Expansion(Span(5, 14), "d:zedocream", "zedocream", ("d:zedocream",), "zedocreme"),),
        populations=("child",),
        words=("help",),
        filters=Filters(kinds=("article",), since=2000),
    )
    first = AnswerSentence(
        "Spots faded in 12/20 against 5/20.", (quote,), (1,), (Derivation("60 %", "12 of 20 = 60 %"),)
    )
    second = AnswerSentence("A page says that it *may* help.", (quote,), (1, 2))
    entries = (
        ReferenceEntry(1, "w0123456789ab", held.id, "made-up.xml", held.title, 2025, "randomised trial", False, "Ärmel AB. Zedocream.", held.ids),
        ReferenceEntry(2, "w1", "d1", "page.html", "A page", None, "secondary source", True, "A page.", Identifiers()),
    )  # fmt: skip
    return Answer(
        question,
        False,
        (AnswerSection("Short answer", (first,)), AnswerSection("From the research", (second,))),
        (Absence("dose of zedocream for spots", (held.id, "d1"), quote, (1,)),),
        entries,
        ("read 'zedocreme' as zedocream",),
        (2, 30),
        (Problem("One file could not be read.", "bad.xml", 3, "Repair it."),),
    )


def declined() -> Answer:
    """An answer that declines."""
    return Answer(Question("What of zedocream?", (Intent.GENERAL,)), True, searched=(0, 30))
