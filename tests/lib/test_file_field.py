from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from cnlctf.lib.file_field import CheckedFileField, CheckedFilesField
from cnlctf.lib.upload import IMAGES, OFFICE, Checked, Kind
from tests.lib.files import PDF, PNG


class Evidence(forms.Form):
    one = CheckedFileField(label="Una", kinds=(*OFFICE, *IMAGES))
    many = CheckedFilesField(label="Varios", kinds=OFFICE, required=False)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    # What the browser says of the type is never asked.
    return SimpleUploadedFile(name, content, content_type="text/html")


def form(**files: list[SimpleUploadedFile]) -> Evidence:
    return Evidence({}, MultiValueDict(files))


def test_what_is_taken_comes_checked() -> None:
    given = form(one=[sent("foto.png", PNG)], many=[sent("a.pdf", PDF), sent("b.pdf", PDF)])
    assert given.is_valid()
    assert given.cleaned_data == {
        "one": Checked("foto.png", Kind.PNG, PNG),
        "many": [Checked("a.pdf", Kind.PDF, PDF), Checked("b.pdf", Kind.PDF, PDF)],
    }


def test_nothing_chosen_is_told_where_something_has_to_be() -> None:
    assert form().errors == {"one": ["Elija el archivo."]}
    CheckedFilesField(kinds=OFFICE, required=False).clean([])


def test_every_file_that_is_refused_is_told() -> None:
    given = form(
        one=[sent("a.png", PNG)], many=[sent("a.pdf", b""), sent("b", PNG), sent("c", PDF)]
    )
    assert [error[:12] for error in given.errors["many"]] == ["«a.pdf» está", "«b» es una i"]


def test_there_is_a_limit_to_how_many_come_at_once() -> None:
    eleven = [sent(f"{number}.pdf", PDF) for number in range(11)]
    assert form(one=[sent("a.png", PNG)], many=eleven).errors == {
        "many": ["Adjunte hasta 10 archivos cada vez."]
    }


def test_what_is_too_large_is_not_read(settings) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    large = sent("a.pdf", PDF)
    large.file = None
    assert form(one=[large]).errors["one"][0].startswith("«a.pdf» pesa 1 KB y el máximo")


def test_the_page_says_what_is_taken() -> None:
    assert str(Evidence()["one"]) == (
        '<input type="file" name="one" '
        'accept=".pdf,.docx,.pptx,.xlsx,.png,.jpg,.jpeg" data-max-bytes="20971520" '
        'data-max-words="20 MB" required '
        'aria-describedby="id_one_helptext" id="id_one">'
    )
    assert " multiple" in str(Evidence()["many"])
    assert (
        Evidence()["many"].help_text == "PDF, Word, PowerPoint o Excel; hasta 20 MB cada archivo."
    )
