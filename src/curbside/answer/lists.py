"""Lists of evidence: an item tells of a study, and the items under it hold what was found, without naming it again."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.answer.naming import Mentions, Named
from curbside.language.linear import linear
from curbside.records import Block, BlockKind, Span

_STUDY = linear(
    r"(?i)\b(?:trials?|stud(?:y|ies|ied)|evaluated|series|randomly|randomi[sz]ed|retrospective|prospective|cohort"
    r"|meta-analys[ie]s)\b"
    r"|\b(?:patients|children|adults|infants|individuals|people|women|men|participants)\b[^.]{0,90}"
    r"\b(?:received|(?:was|were) (?:treated|given|enrolled|assigned))\b"
)
"""Words that tell of a study: what was done to whom."""
_RESULT = linear(
    r"(?i)\d|\b(?:rates?|median|respon\w+|remission|surviv\w+|relaps\w+|recur\w+|progress\w+|tolerated|toxicit\w+|toxic"
    r"|adverse|side effects?|improv\w+|benefit\w*|outcomes?|deaths?|died|approved)\b"
)
"""Words that tell of what came of it."""
_TOPIC = 80
"""An item no longer than this that names a treatment is a heading in all but form."""


class Opened:
    """What the items of a list lean on, told block by block: a study, or the treatment that a list of studies is on."""

    def __init__(self, text: str, mentions: Mentions) -> None:
        """Begin before the first block of a part."""
        self._text, self._mentions = text, mentions
        self._study: Span | None = None
        self._topic: Span | None = None
        self._section = -1

    def over(self, block: Block, spans: Sequence[Span]) -> Span | None:
        """Return the sentence that the item `block`, cut into `spans`, leans on, or None; then take the block in.

        A study's result leans on the study: an item that tells of an outcome, and names no treatment that the study
        does not. A study without a treatment leans on the short item that names one. Any other block, and another
        section, ends what was open.
        """
        if block.section != self._section:
            self._study = self._topic = None
            self._section = block.section
        if not spans:
            return None
        if block.kind is not BlockKind.ITEM:
            self._topic = None
            self._study = self._opening(spans[-1:])
            return None
        named = self._mentions.within(block.span)
        own = named.treatments | named.classes
        if own and len(block.span) < _TOPIC and not _STUDY.search(block.span.of(self._text)):
            self._topic, self._study = block.span, None
            return None
        if _STUDY.search(spans[0].of(self._text)):
            if own or self._topic is None:
                self._study = self._opening(spans)
                return None
            return self._topic
        leans = self._study is not None and _RESULT.search(block.span.of(self._text)) is not None
        return self._study if leans and own <= _given(self._mentions, self._study) else None

    def _opening(self, spans: Sequence[Span]) -> Span | None:
        """The sentence that tells of a study and names its treatment, of those that a block is cut into."""
        if not _STUDY.search(" ".join(span.of(self._text) for span in spans)):
            return None
        telling = [span for span in spans if _given(self._mentions, span)]
        drugs = (span for span in telling if self._mentions.within(span).drugs)
        return next(drugs, telling[0] if telling else None)


def _given(mentions: Mentions, span: Span | None) -> frozenset[str]:
    named = mentions.within(span) if span is not None else Named()
    return named.treatments | named.classes


def beside(text: str, blocks: Sequence[Block], matched: Sequence[int]) -> list[int]:
    """Return the places of the blocks that carry on from matched ones: the items behind them, to the list's end.

    `matched` are places in `blocks`, ascending.
    """
    found: list[int] = []
    for place in matched:
        at = place + 1
        opens = blocks[place].kind is BlockKind.ITEM or text[: blocks[place].span.end].endswith(":")
        opens = opens or (at < len(blocks) and _STUDY.search(blocks[place].span.of(text)) is not None)
        while opens and at < len(blocks) and _goes_on(blocks, place, at):
            found.append(at)
            at += 1
    return found


def _goes_on(blocks: Sequence[Block], place: int, at: int) -> bool:
    return blocks[at].kind is BlockKind.ITEM and blocks[at].section == blocks[place].section
