"""Each noun of the code is a word of the glossary, with one meaning."""

from __future__ import annotations

import inspect
import re

from docs_tree import text_of

import curbside.records as records

PAGE = "docs/glossary.md"

WORDS = {
    "ArticleClaim": "claim of an article",
    "ArticleComment": "comment",
    "ArticleLine": "article",
    "ArticleState": "article",
    "ArticleVersion": "version of an article",
    "JournalIssue": "issue",
    "JournalSettings": "journal",
    "KeptFile": "manuscript",
    "ManuscriptContent": "manuscript",
    "ManuscriptLine": "manuscript",
    "ManuscriptMove": "step of an article",
    "ManuscriptReview": "review of a manuscript",
    "ManuscriptState": "manuscript",
    "ManuscriptVersion": "version of a manuscript",
    "AuditEntry": "audit log",
    "AuditFault": "audit log",
    "Move": "step of an article",
    "Purpose": "letter",
    "ReviewWord": "signature",
    "Added": "added",
    "AgeGroup": "age group",
    "AnswerFacet": "facet of an answer",
    "AnswerVerdict": "verdict of an answer",
    "Opposed": "opposed sources",
    "OpposedSide": "opposed sources",
    "Says": "verdict of an answer",
    "SearchDone": "search of an answer",
    "SearchStep": "search of an answer",
    "SourceSays": "verdict of an answer",
    "Superseded": "superseded source",
    "AnswerSection": "section",
    "AnswerSentence": "sentence",
    "Asked": "kept question",
    "Axis": "label",
    "BlockKind": "block",
    "CheckKind": "check",
    "CitationStatement": "citation statement",
    "CitedEvidence": "cited evidence",
    "CitingSection": "section of a statement",
    "ClassSaid": "word on a class",
    "Compared": "comparison",
    "ConceptKind": "concept",
    "CountLine": "count of a study",
    "DocumentKind": "kind",
    "EvidenceKind": "evidence, kind of",
    "EvidenceProfile": "evidence profile",
    "Facets": "facet",
    "Hits": "hit",
    "IssueLine": "issue line",
    "LabelRole": "label",
    "LedgerRow": "ledger",
    "LeftOut": "left out",
    "LibraryStatus": "library",
    "Linked": "link of an entry",
    "Listed": "word on a work",
    "NoticeKind": "notice",
    "NoticeList": "list of notices",
    "PartRole": "role",
    "PooledStudy": "pooled study",
    "ReferenceEntry": "reference",
    "Similar": "similar text",
    "SimilarTexts": "similar text",
    "StanceTally": "tally of stances",
    "StudyCard": "study card",
    "TwoArms": "two arms",
    "UploadState": "upload",
    "UploadedFile": "upload",
    "WorkSummary": "summary of a work",
}
"""Class -> its word, where that is not the class's own name in lower case."""


def _glossary() -> list[str]:
    return re.findall(r"^\| ([^|]+?) \| [^|]+\|$", text_of(PAGE), re.MULTILINE)[1:]


def test_each_record_has_its_word() -> None:
    """A public class of `curbside.records` stands for a word that people use, and the glossary has it."""
    words = set(_glossary())
    classes = [name for name in records.__all__ if inspect.isclass(getattr(records, name))]
    missing = {name: WORDS.get(name, name.lower()) for name in classes if WORDS.get(name, name.lower()) not in words}
    assert not missing, f"{PAGE} lacks {missing}"


def test_each_word_has_one_meaning_and_its_place() -> None:
    """No word twice, all in alphabetical order."""
    words = _glossary()
    assert len(words) == len(set(words))
    assert words == sorted(words)


def test_no_mapping_is_kept_that_no_class_needs() -> None:
    """The table above holds only classes that are there."""
    assert set(WORDS) <= set(records.__all__)
