from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cnlctf.lib.file_field import CheckedFileField
from cnlctf.lib.upload import Kind
from cnlctf.lib.workbook_reading import UnreadableWorkbook
from poa.plan_import.importing import Preview, preview


class PlanUploadForm(forms.Form):
    """A workbook that can be read; what is wrong with its rows the preview says."""

    year = forms.IntegerField(
        label="Año del plan",
        min_value=2007,
        max_value=2100,
        help_text="Si todavía no hay un plan de ese año, se crea en borrador.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    file = CheckedFileField(label="Libro de Excel", kinds=(Kind.XLSX,))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("file") and data.get("year"):
            try:
                preview(data["file"].content, data["year"])
            except UnreadableWorkbook as error:
                self.add_error("file", str(error))
            except ValidationError as error:
                self.add_error("year", error.messages)
        return data


class ConfirmForm(forms.Form):
    """``digest`` is that of the preview that was read."""

    digest = forms.CharField(widget=forms.HiddenInput)
    accepts_warnings = forms.BooleanField(
        error_messages={"required": "Para importar, acepte los avisos o corrija el libro."}
    )

    def __init__(self, *args: Any, found: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["digest"] = found.digest
        count = len(found.warnings)
        if count:
            many = "el aviso y lo acepto" if count == 1 else f"los {count:,} avisos y los acepto"
            self.fields["accepts_warnings"].label = f"Leí {many}."
        else:
            del self.fields["accepts_warnings"]
