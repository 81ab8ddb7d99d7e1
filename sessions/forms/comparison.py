from typing import Any

from django import forms

DRAFT = "borrador"


class ComparisonForm(forms.Form):
    """Which of two versions, and «borrador» for who may read it."""

    de = forms.ChoiceField(label="De")
    a = forms.ChoiceField(label="A")

    def __init__(self, *args: Any, versions: list[int], with_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version), f"Versión {version}") for version in sorted(versions)]
        if with_draft:
            choices.append((DRAFT, "Borrador"))
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]
        # The last one against what came before it.
        if not self.is_bound and choices:
            self.initial = {"de": choices[-2 if len(choices) > 1 else -1][0], "a": choices[-1][0]}
