"""`curbside model`: the language model that is set, what its use came to, a try, and forgetting its replies."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.errors import ModelError, UsageError
from curbside.records.completion import ModelStatus, Prompt
from curbside.wiring.model import completions, language_model, model_status
from curbside.writers.plain import model_json

_HELLO = Prompt('Reply with the JSON object {"ready": true} and nothing else.', "BEGIN DATA\n{}\nEND DATA", 100)


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--try", dest="tried", action="store_true", help="ask it for a word, to see that it replies")
    parser.add_argument("--forget", action="store_true", help="delete its replies that are kept; the ledger stays")


def run(options: Namespace, console: Console) -> int:
    """Tell of the model; exit code 1 where it was tried and gave nothing."""
    fault, tokens = "", None
    if options.tried:
        asked = language_model(options.library)
        if asked is None:
            raise UsageError("No language model is set. Set CURBSIDE_MODEL_URL and CURBSIDE_MODEL.")
        try:
            found = asked.model.complete(_HELLO)
            tokens = (found.read, found.written)
        except ModelError as error:
            fault = str(error)
    gone = completions(options.library).forget() if options.forget else 0
    status = model_status(options.library)
    if options.json:
        tried = {"tried": {"fault": fault}} if options.tried else {}
        console.say_json({**model_json(status), **tried, **({"forgotten": gone} if options.forget else {})})
        return int(bool(fault))
    _tell(status, console)
    if options.forget:
        console.say(f"{gone:,} replies were deleted.")
    if tokens is not None:
        console.say(f"It replied ({tokens[0]:,} tokens read, {tokens[1]:,} written).")
    if fault:
        console.note(f"curbside: {fault}")
    return int(bool(fault))


def _tell(status: ModelStatus, console: Console) -> None:
    if status.set:
        key = "with a key" if status.has_key else "without a key"
        console.say(f"{status.name} at {status.host} ({status.kind}, {key}), {status.seconds:g} seconds for a reply")
    else:
        console.say("No language model is set, and nothing is sent anywhere. To use one, set CURBSIDE_MODEL_URL.")
    ledger = status.ledger
    faults = ", ".join(f"{count:,} {name}" for name, count in ledger.faults)
    costs = ", ".join(f"{cost:.4f} {currency}" for currency, cost in ledger.costs)
    console.table(
        [
            ("requests", ledger.calls, f"{ledger.answered:,} answered" + (f", {faults}" if faults else "")),
            ("from replies kept", ledger.cached, f"{status.kept:,} kept"),
            ("tokens", ledger.read + ledger.written, f"{ledger.read:,} read, {ledger.written:,} written"),
            ("cost", "", costs or "no prices are set (CURBSIDE_MODEL_PRICES)"),
            ("since", "", ledger.first or "never"),
        ]
    )
