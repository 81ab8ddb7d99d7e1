from django import forms


class AnnexTitleForm(forms.Form):
    """How the acta calls an annex, and the version that was read."""

    version = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Falta la versión del anexo: vuelva a abrir la página.",
            "invalid": "La versión del anexo no es un número: vuelva a abrir la página.",
        },
    )
    title = forms.CharField(
        label="Título en el acta",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Escriba el título del anexo.",
            "max_length": "El título tiene %(show_value)d caracteres y admite %(limit_value)d.",
        },
    )

    def clean_title(self) -> str:
        """One line: it is a heading."""
        return " ".join(self.cleaned_data["title"].split())
