from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cnlctf.lib.file_field import CheckedFilesField
from cnlctf.lib.upload import OFFICE
from sessions.models import AgendaItem
from sessions.models.paper import TITLE_LENGTH as TITLE_OF_PAPER_LENGTH

TITLE_LENGTH = 1000


class AgendaItemForm(forms.ModelForm):
    """A point of the orden del día, written by the Secretaría or proposed by a representative."""

    title = forms.CharField(
        label="Asunto",
        max_length=TITLE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba el asunto."},
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "presenter"]
        help_texts = {"presenter": "Quién lo expone. Se puede dejar para después."}


class NewAgendaItemForm(AgendaItemForm):
    papers = CheckedFilesField(label="Documentos", kinds=OFFICE, required=False)


class AgendaItemUpdateForm(AgendaItemForm):
    """``version`` is the one that was read: a later one is never written over unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.stored_version = self.instance.version

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("version") != self.stored_version:
            stored = AgendaItem.objects.get(pk=self.instance.pk)
            # What is written stays in the fields; the next attempt starts from what is stored.
            said = {name: self.data[name] for name in self.data}
            self.data = said | {"version": self.stored_version}
            raise ValidationError(
                "Otra persona cambió este punto mientras usted escribía. Ahora dice: «%(title)s». "
                "Si guarda otra vez, quedará lo que está escrito aquí.",
                code="conflict",
                params={"title": stored.title},
            )


class PaperForm(forms.Form):
    """Documents for a point that is there already."""

    papers = CheckedFilesField(label="Archivos", kinds=OFFICE)
    title = forms.CharField(
        label="Título",
        required=False,
        max_length=TITLE_OF_PAPER_LENGTH,
        help_text="Si lo deja vacío, cada documento se llama como su archivo.",
    )

    def clean(self) -> None:
        if self.cleaned_data.get("title") and len(self.cleaned_data.get("papers", [])) > 1:
            self.add_error(
                "title", "Con varios archivos deje el título vacío, o adjúntelos uno a uno."
            )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Por qué no se incluye",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lo lee quien propuso el punto.",
        error_messages={"required": "Diga por qué: quien lo propuso lo va a leer."},
    )
