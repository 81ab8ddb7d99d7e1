from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sessions.acta_data import ActaDocument
from sessions.errata import Correction, correction

MOST = 20


class CorrectionForm(forms.Form):
    says = forms.CharField(
        label="Dice",
        help_text="Las palabras tal como figuran en el acta.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    must_say = forms.CharField(
        label="Debe decir", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, document: ActaDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "says" in data and "must_say" in data:
            try:
                data["correction"] = correction(self.document, data["says"], data["must_say"])
            except ValidationError as error:
                self.add_error("says", error)
        return data


class CorrectionFormSet(forms.BaseFormSet):
    def corrections(self) -> tuple[Correction, ...]:
        return tuple(form.cleaned_data["correction"] for form in self if form.has_changed())

    def clean(self) -> None:
        if not any(form.has_changed() for form in self):
            raise ValidationError("Escriba al menos una corrección.")


Corrections = forms.formset_factory(
    CorrectionForm, formset=CorrectionFormSet, extra=1, max_num=MOST, validate_max=True
)
