"""Form fields for files: what they give is checked, and what is too large is never read."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from cnlctf.lib.upload import Checked, Kind, RefusedFile, check, check_size, size_in_words


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class CheckedFileField(forms.Field):
    """One file of certain kinds: ``cleaned_data`` has a Checked, None where it may be missing."""

    widget = forms.FileInput
    each = ""
    default_error_messages = {"required": "Elija el archivo."}

    def __init__(self, *, kinds: Collection[Kind], **kwargs: Any) -> None:
        self.kinds = kinds
        limit = size_in_words(settings.UPLOAD_MAX_BYTES)
        kwargs.setdefault("help_text", f"{_names(kinds)}; hasta {limit}{self.each}.")
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        limit = settings.UPLOAD_MAX_BYTES
        # Extensions, because not every telephone knows the media types.
        extensions = [f".{kind}" for kind in self.kinds]
        return {
            "accept": ",".join(extensions + [".jpeg"] * (Kind.JPEG in self.kinds)),
            "data-max-bytes": str(limit),
            "data-max-words": size_in_words(limit),
        }

    def to_python(self, value: UploadedFile | None) -> Checked | None:
        return self.check(value) if value else None

    def check(self, sent: UploadedFile) -> Checked:
        """Check one file, by its size before it is read; ValidationError where it is refused."""
        name, size, max_bytes = sent.name or "", sent.size or 0, settings.UPLOAD_MAX_BYTES
        try:
            check_size(name, size, max_bytes)
            return check(name, sent.read(), self.kinds, max_bytes)
        except RefusedFile as error:
            raise ValidationError(str(error), code="refused") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class CheckedFilesField(CheckedFileField):
    """Several at once: ``cleaned_data`` has a list; one that is refused refuses them all."""

    # They are all in memory while they are checked.
    MAX_FILES = 10

    widget = FilesInput
    each = " cada archivo"
    default_error_messages = {
        "required": "Elija al menos un archivo.",
        "too_many": f"Adjunte hasta {MAX_FILES} archivos cada vez.",
    }

    def to_python(self, value: list[UploadedFile] | None) -> list[Checked]:  # type: ignore[override]
        if len(value or []) > self.MAX_FILES:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        checked: list[Checked] = []
        refusals: list[ValidationError] = []
        for sent in value or []:
            try:
                checked.append(self.check(sent))
            except ValidationError as error:
                refusals.append(error)
        if refusals:
            raise ValidationError(refusals)
        return checked


def _names(kinds: Collection[Kind]) -> str:
    *first, last = [kind.short for kind in Kind if kind in kinds]
    return f"{', '.join(first)} o {last}" if first else last
