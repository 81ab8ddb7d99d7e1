import pytest

from cnlctf.lib.folding import fold
from members.choices import Gender
from members.models import Person


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Quiñones", "quinones"), ("ÁNGELES", "angeles"), ("Güisa", "guisa"), ("", ""), (None, None)],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("quinones", True),
        ("QUIÑO", True),
        ("ñ", True),
        ("quinones infanta", False),
        ("%", False),
        ("_", False),
    ],
)
def test_folded_search(typed, found):
    Person.objects.create(
        given_names="Sergio", surnames="Quiñones Infante", gender=Gender.MASCULINE
    )
    assert Person.objects.filter(surnames__folded=typed).exists() == found
