"""What the head of an article's page tells programs: schema.org's `MedicalWebPage`. Pure.

Who reviewed it and when is taken from what reviewers signed and from the step that approved it, and from nothing else;
of what is not approved nothing is told.
"""

from __future__ import annotations

from html import escape
from typing import Any

from curbside.records import ReviewWord
from curbside.records.article_sheet import ArticleSheet, Signer
from curbside.writers.work_meta import as_data


def article_head(sheet: ArticleSheet) -> str:
    """Return what stands in the head of an article's page as HTML, escaped; "" where it is not approved."""
    if not sheet.stands:
        return ""
    address = f"{sheet.site}/articles/{sheet.article}"
    return (
        f'<link rel="canonical" href="{escape(address)}">\n'
        f'<script type="application/ld+json">{article_json_ld(sheet)}</script>'
    )


def article_json_ld(sheet: ArticleSheet) -> str:
    """Return an approved article as schema.org's `MedicalWebPage`, JSON for `<script type="application/ld+json">`.

    `lastReviewed` is the day of the approval, `reviewedBy` whoever signed a claim of this version as it stands.
    """
    address = f"{sheet.site}/articles/{sheet.article}"
    signed = (word.who for each in sheet.claims for word in each.said if word.word is ReviewWord.SIGNED)
    reviewers = {who.id: who for who in signed if not who.erased}
    reviewed = sheet.approvals[-1][1][:10] if sheet.stands else ""
    return as_data(
        {
            "@context": "https://schema.org",
            "@type": "MedicalWebPage",
            "@id": address,
            "url": address,
            "name": sheet.version.title,
            "inLanguage": "en",
            "version": str(sheet.version.number),
            "dateModified": sheet.version.at,
            "lastReviewed": reviewed,
            "reviewedBy": [_person(sheet.site, who) for who in reviewers.values()] if reviewed else [],
            "author": {} if sheet.author.erased else _person(sheet.site, sheet.author),
            "citation": [entry.citation or entry.title for entry in sheet.version.references],
        }
    )


def _person(site: str, who: Signer) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": who.name,
        "url": f"{site}/people/{who.id}" if who.page else "",
        "affiliation": {"@type": "Organization", "name": who.department},
    }
