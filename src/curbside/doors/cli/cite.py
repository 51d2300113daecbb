"""`curbside cite ID… --style S`: works as a reference list, or as records for a reference manager."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.export import to_file
from curbside.doors.cli.library import opened
from curbside.workflows.cite import citations, cited
from curbside.writers.citations import CITATIONS


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="document (d…), work (w…), PMID, PMCID, DOI or NCT number")
    parser.add_argument("--style", choices=tuple(CITATIONS), default="nlm", help="form of the citations (default nlm)")
    parser.add_argument("--file", type=Path, metavar="FILE", help="write to a file instead of standard output")


def run(options: Namespace, console: Console) -> int:
    """Write the citations, in the order of the ids; a work that two ids name once."""
    with opened(options) as library:
        holdings = cited(options.ids, library.store)
    text = citations(holdings, options.style)
    if options.file is not None:
        size = to_file([text], options.file)
        told = {"style": options.style, "file": str(options.file.expanduser()), "bytes": size}
        words = f"Wrote {size:,} bytes to {told['file']}."
        console.say(json.dumps(told, ensure_ascii=False) if options.json else words)
    elif options.json:
        rows = [
            {"work": each.work, "document": each.document.id, "text": citations([each], options.style).rstrip("\n")}
            for each in holdings
        ]
        console.say_json({"style": options.style, "citations": rows})
    else:
        console.out.write(text.rstrip("\n") + "\n")
        console.out.flush()
    return 0
