"""A language model that says what it is told to: for tests, and to see what guards make of a reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curbside.errors import ModelError
from curbside.records.completion import Completion, Prompt

Script = Callable[[Prompt], str | ModelError]
"""What is said to a prompt; an error is raised."""


class ScriptedLanguageModel:
    """Says lines in their order, the last for ever; or what a script makes of the prompt."""

    def __init__(self, said: Sequence[str | ModelError] | Script, name: str = "scripted") -> None:
        """Say `said`; strings are replies, errors are raised."""
        if not callable(said) and not said:
            raise ValueError("A script without a line says nothing.")
        self._said, self._name = said, name
        self.asked: list[Prompt] = []

    @property
    def name(self) -> str:
        """As given."""
        return self._name

    def complete(self, prompt: Prompt) -> Completion:
        """Return the next line; tokens are counted as words."""
        self.asked.append(prompt)
        line = self._said(prompt) if callable(self._said) else self._said[min(len(self.asked), len(self._said)) - 1]
        if isinstance(line, ModelError):
            raise ModelError(str(line), line.why)
        if not line.strip():
            raise ModelError("The scripted model said nothing.", "malformed")
        return Completion(line, len((prompt.orders + " " + prompt.data).split()), len(line.split()))
