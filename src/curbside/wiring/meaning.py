"""The second leg of search: the encoder installed and a library's vectors, loaded once for the process."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from curbside.errors import EncoderError, IndexBroken
from curbside.inference.manifest import Manifest as EncoderManifest
from curbside.inference.manifest import current_folder, read_manifest
from curbside.search.vectors_files import folder_of
from curbside.search.vectors_files import read_manifest as read_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from curbside.inference.base import Encoder
    from curbside.search.vectors_faiss import FaissVectors


class Meaning:
    """The second leg of a library: its vectors and the encoder installed, loaded when they are first wanted.

    What is installed is looked at anew each time, so that a server finds an encoder, and vectors, that came after it
    was started. The libraries of one process share what is loaded.
    """

    def __init__(self, folder: Path, home: Path | None) -> None:
        """Join the vectors in a library's `folder` to the encoder installed below `home`; None for off."""
        self._folder = folder
        self._home = home
        self._kept: tuple[EncoderManifest, FaissVectors] | None = None

    def installed(self) -> EncoderManifest | None:
        """Return what the encoder installed says of itself, or None where there is none.

        Raises:
            EncoderError: if it is damaged.
        """
        place = current_folder(self._home) if self._home is not None else None
        return manifest_of(place) if place is not None else None

    def embedded(self) -> int:
        """Number of documents that have vectors of the encoder installed; cheap.

        Raises:
            EncoderError, IndexBroken: if encoder or vectors are damaged.
        """
        installed = self.installed()
        if installed is None:
            return 0
        manifest = read_vectors(folder_of(self._folder, installed.version), installed.version)
        return manifest.documents if manifest is not None else 0

    def vectors(self) -> FaissVectors | None:
        """Return the vectors of the encoder installed, or None where there are none.

        Raises:
            EncoderError, IndexBroken: if encoder or vectors are damaged.
        """
        installed = self.installed()
        if installed is None:
            return None
        if self._kept is None or self._kept[0] is not installed:
            if not self.embedded():
                return None
            self._kept = (installed, vectors_of(self._folder, installed.version))
        return self._kept[1] if self._kept[1].documents else None

    def begin(self) -> None:
        """Begin to load vectors and encoder on a thread beside, where there are vectors; whoever asks waits for it.

        What goes wrong there goes wrong again, and is told, where it is wanted.
        """

        def load() -> None:
            with suppress(EncoderError, IndexBroken):
                place = current_folder(self._home) if self._home is not None else None
                if place is not None and self.vectors() is not None:
                    encoder_of(place)

        threading.Thread(target=load, name="meaning").start()

    def embed(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question.

        Raises:
            EncoderError: if the encoder cannot be used.
        """
        place = current_folder(self._home) if self._home is not None else None
        if place is None:
            raise EncoderError("The encoder was removed meanwhile.")
        return encoder_of(place).embed([text])[0]


_loading = threading.Lock()
_opening = threading.Lock()
_manifests: dict[Path, EncoderManifest] = {}
_encoders: dict[Path, Encoder] = {}
_vectors: WeakValueDictionary[tuple[Path, str], FaissVectors] = WeakValueDictionary()


def manifest_of(place: Path) -> EncoderManifest:
    """Return the manifest of an encoder's folder, read once: the folder's name is its version."""
    if place not in _manifests:
        _manifests[place] = read_manifest(place)
    return _manifests[place]


def encoder_of(place: Path) -> Encoder:
    """Return the encoder of a folder, loaded once for the process; another one before it is let go."""
    with _loading:
        if place not in _encoders:
            from curbside.inference.local import OnnxEncoder  # onnxruntime: slow to import, and often not wanted

            encoder = OnnxEncoder(place)
            _encoders.clear()
            _encoders[place] = encoder
        return _encoders[place]


def vectors_of(folder: Path, version: str) -> FaissVectors:
    """Return the vectors of a library, opened once for the process, for as long as somebody holds them."""
    with _opening:
        found = _vectors.get((folder, version))
        if found is None:
            try:
                from curbside.search.vectors_faiss import FaissVectors
            except ImportError as error:
                raise EncoderError(f"Vectors need libraries that are not installed ({error}): {_EXTRA}") from None
            found = _vectors[folder, version] = FaissVectors(folder, version)
        return found


_EXTRA = "pip install 'curbside[encoder]'"
