"""The sentences that proposals are written by: each with the data it may name, in braces.

What is here is the wording in the absence of another; the commission's own, with its validity, is
in ``ProposalPattern``.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass

from cnlctf.lib.text import escape


@dataclass(frozen=True)
class Pattern:
    """``text`` is in the acta's markup; ``fields`` are all the names that it may have in braces."""

    slug: str
    name: str
    text: str
    fields: tuple[str, ...] = ()

    def problem_of(self, text: str) -> str:
        """Why the text cannot be a wording of this sentence, in Spanish; empty where it can."""
        try:
            found = list(string.Formatter().parse(text))
        except ValueError:
            return "Hay una llave sin su pareja: los datos se escriben como {hora}."
        for _, name, layout, conversion in found:
            if name is not None and (name not in self.fields or layout or conversion):
                known = ", ".join(f"{{{field}}}" for field in self.fields) or "ninguno"
                return f"No existe el dato {{{name}}}. Los de esta fórmula son: {known}."
        return ""


PATTERNS: dict[str, Pattern] = {}


class Patterns:
    """The sentences as they are worded on a day; ``worded`` has those of the commission."""

    def __init__(self, worded: Mapping[str, str]) -> None:
        self._worded = worded

    def __call__(self, slug: str, **values: object) -> str:
        """The sentence with its data, which are plain text; empty where nothing is to be said."""
        text = self._worded.get(slug, PATTERNS[slug].text)
        return text.format(**{name: escape(str(value)) for name, value in values.items()})
