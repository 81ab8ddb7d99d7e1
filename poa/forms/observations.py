from django import forms


class ObservationsForm(forms.Form):
    text = forms.CharField(
        label="Observaciones",
        required=False,
        max_length=20000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Cada línea es un párrafo. «- » al empezar hace una viñeta; **negrita**, "
        "_cursiva_.",
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
