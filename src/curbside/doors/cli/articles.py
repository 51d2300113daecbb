"""`curbside articles`: the articles of a library, one of them in full, or written out as a file."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.export import bytes_to_file
from curbside.errors import NotHeld, UsageError
from curbside.records import ArticleLine, ArticleState
from curbside.records.article_sheet import ArticleSheet, Signer
from curbside.settings import DeskSettings, read_settings
from curbside.store.base_desk import Desk
from curbside.wiring.desk import open_desk
from curbside.workflows.article_files import ARTICLE_FORMS, article_file
from curbside.workflows.article_sheets import sheet_of, signer_of
from curbside.writers.articles import line_json

_DOES = ("list", "show", "export")
_STEP = 200


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "  curbside articles                                          what is approved\n"
        "  curbside articles --all                                    drafts and all others too\n"
        "  curbside articles show a2bc3def4ghi5jkm6                   one of them, as Markdown\n"
        "  curbside articles export a2bc3def4ghi5jkm6 --format pdf --output itp.pdf\n"
        "Whatever is not approved is written out only with --all, and says on each page how it stands."
    )
    parser.add_argument("what", nargs="?", default="list", choices=_DOES, metavar="WHAT", help=", ".join(_DOES))
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="id of an article")
    parser.add_argument("--all", action="store_true", help="in whatever state, not only what is approved")
    parser.add_argument("--version", type=int, default=0, metavar="NUMBER", help="that version (default: the latest)")
    parser.add_argument("--format", choices=tuple(ARTICLE_FORMS), default="md", help="form of the file (default md)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of standard output")


def run(options: Namespace, console: Console) -> int:
    """List articles, print one, or write one out."""
    if (options.what == "list") is bool(options.id):
        raise UsageError("Name the article after what is to be done. See: curbside articles --help")
    if options.version < 0:
        raise UsageError("Versions are numbered from 1.")
    settings = read_settings(os.environ, Path.home()).desk
    desk = open_desk(options.library, settings)
    try:
        if options.what == "list":
            return _listed(_lines(desk, options.all), console, options.json)
        sheet = _sheet(desk, options, settings)
    finally:
        desk.close()
    if options.what == "show":
        text = article_file(sheet, "md").decode()
        if options.json:
            console.say_json({**_told(sheet), "text": text})
        else:
            console.out.write(text)
            console.out.flush()
        return 0
    return _exported(sheet, options, console)


def _sheet(desk: Desk, options: Namespace, settings: DeskSettings) -> ArticleSheet:
    try:
        return sheet_of(desk, None, options.id, options.version, settings.address, operator=options.all)
    except NotHeld as error:
        if options.all:
            raise
        raise NotHeld(f"{error} What is not approved is found with --all only.") from error


def _exported(sheet: ArticleSheet, options: Namespace, console: Console) -> int:
    form = ARTICLE_FORMS[options.format]
    if options.output is None and not form.text:
        raise UsageError(f"{form.label} is no text to print. Name a file: --output FILE")
    made = article_file(sheet, options.format)
    if options.output is None:
        text = made.decode()
        if options.json:
            console.say_json({**_told(sheet), "format": options.format, "text": text})
        else:
            console.out.write(text)
            console.out.flush()
        return 0
    size, target = bytes_to_file([made], options.output), options.output.expanduser()
    if options.json:
        console.say_json({**_told(sheet), "format": options.format, "file": str(target), "bytes": size})
    else:
        console.say(f"Wrote {size:,} bytes to {target}: version {sheet.version.number}, {sheet.state}.")
    return 0


def _told(sheet: ArticleSheet) -> dict[str, object]:
    return {"id": sheet.article, "version": sheet.version.number, "state": sheet.state.value}


def _lines(desk: Desk, everything: bool) -> list[tuple[ArticleLine, Signer]]:
    states: Sequence[ArticleState] = () if everything else (ArticleState.APPROVED,)
    found: list[tuple[ArticleLine, Signer]] = []
    with desk.reading() as view:
        while True:
            some, total = view.articles.lines(states, limit=_STEP, offset=len(found))
            found += [(each, signer_of(view, each.author)) for each in some]
            if not some or len(found) >= total:
                return found


def _listed(found: list[tuple[ArticleLine, Signer]], console: Console, json: bool) -> int:
    if json:
        console.say_json({"articles": [line_json(each, author) for each, author in found]})
        return 0
    for each, author in found:
        news = "  new evidence since approval" if each.news else ""
        console.say(f"{each.id}  {each.state}, version {each.versions}, {each.changed[:10]}, {author.name}{news}")
        console.say(f"  {each.title}")
    if not found:
        console.say("No article is approved. Others are shown with --all.")
    return 0
