"""`curbside watch`: holds what changed in the library against the articles and saved questions that it could touch."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.settings import read_settings
from curbside.wiring.desk import open_desk
from curbside.workflows.asking_again import ask_all_again
from curbside.workflows.watching import watch


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "what", nargs="?", default="run", choices=("run",), metavar="WHAT", help="run (default): look at what changed"
    )
    parser.add_argument("--reopen", action="store_true", help="put an article with news back under review")


def run(options: Namespace, console: Console) -> int:
    """Look at what changed since the last time, and print the articles that have news."""
    desk = open_desk(options.library, read_settings(os.environ, Path.home()).desk)
    try:
        with opened(options) as library:
            done = watch(desk, library.store, library.ask, options.reopen)
            questions = ask_all_again(desk, library.store, library.ask, library.vocabulary)
        with desk.reading() as view:
            left = view.jobs.standing().waiting
    finally:
        desk.close()
    if options.json:
        console.say_json({**asdict(done), "questions": asdict(questions), "waiting": left})
        return 0
    for each in done.told:
        console.say(f"{each.id}  {each.title}\n  {each.news}")
    noun = "article" if done.asked == 1 else "articles"
    if left:
        console.say(f"{left:,} waiting: somebody else is at it, or something went wrong and is tried again later.")
    console.say(f"{done.changes:,} changes looked at; {done.asked:,} {noun} asked again; {len(done.told):,} with news.")
    if questions.asked:
        noun = "question" if questions.asked == 1 else "questions"
        console.say(f"{questions.asked:,} saved {noun} asked again; {questions.told:,} with news for who follows them.")
    return 0
