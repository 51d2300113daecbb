"""A small vocabulary and hand-made holdings for the answer room's tests."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.answer.compose import Found, compose
from curbside.answer.question import analyse
from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.readers.builder import Builder
from curbside.records import (
    Answer,
    BlockKind,
    Category,
    Document,
    DocumentKind,
    Holding,
    PartRole,
    Span,
    sealed,
)

ROWS = """\
k:mtor-inhibitors\tmTOR inhibitors\tmTORi\t\t\t
k:steroids\tsteroids\t\t\t\t
d:sirolimus\tsirolimus\trapamycin\tRapamune\tk:mtor-inhibitors\t
d:everolimus\teverolimus\t\tAfinitor\tk:mtor-inhibitors\t
d:propranolol\tpropranolol\t\t\t\t
c:migraine\tmigraine\tmigraines\t\t\t
c:psoriasis\tpsoriasis\t\t\t\t
c:lymphatic-malformation\tlymphatic malformation\tlymphatic malformations\t\t\t
c:macrocystic-lymphatic-malformation\tmacrocystic lymphatic malformation\t\t\tc:lymphatic-malformation\t
c:stomatitis\tstomatitis\t\t\t\t
p:sclerotherapy\tsclerotherapy\t\t\t\t
"""
VOCABULARY = Vocabulary([ROWS], "dose\nhelp\nwork\nsnoring\nsafe\nchildren\n")


def study(
    title: str,
    sections: Sequence[tuple[str, Category, str]],
    role: PartRole = PartRole.ABSTRACT,
    kind: DocumentKind = DocumentKind.ARTICLE,
    types: tuple[str, ...] = (),
) -> Holding:
    """A holding of one part: a title, then headed sections."""
    builder = Builder()
    with builder.part(role):
        builder.block(title, BlockKind.TITLE)
        for heading, category, words in sections:
            with builder.section(heading, category):
                for paragraph in words.split("\n"):
                    is_item = paragraph.startswith("• ")
                    builder.block(paragraph, BlockKind.ITEM if is_item else BlockKind.PARAGRAPH)
    text, parts, made, blocks = builder.done()
    document = sealed(Document("", text, kind, title=title, parts=parts, sections=made, blocks=blocks, types=types))
    return Holding(document, "w" + document.id[1:13], f"{title}.txt", 0, profile(document, VOCABULARY))


def answered(question: str, *holdings: Holding) -> Answer:
    """The answer to a question from these holdings, the first the most relevant."""
    relevance = {holding.document.id: 1.0 / (place + 1) for place, holding in enumerate(holdings)}
    spans = {holding.document.id: Span(0, len(holding.document.text)) for holding in holdings}
    return compose(analyse(question, VOCABULARY), Found(holdings, spans, relevance, len(holdings)), VOCABULARY)


def texts(answer: Answer) -> list[str]:
    """All sentences of an answer."""
    return [sentence.text for section in answer.sections for sentence in section.sentences]
