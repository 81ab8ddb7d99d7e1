from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.sessions import kit
from tests.sessions.review.so_120 import draft, mend

pytestmark = pytest.mark.django_db


def output(name):
    out = StringIO()
    call_command("acta_review", name, stdout=out)
    return out.getvalue().splitlines()


def test_what_is_found(demo):
    lines = output("so-120")
    assert len(lines) == 39
    assert lines[-1] == "Acta de la SO N° 120: 5 por corregir, 33 por revisar, 0 descartadas."
    assert lines[1] == (
        "por revisar   Informe 4.1.7: Este párrafo ya está en «Informe 4.1.4». Deje uno solo, o "
        "escriba aquí lo que correspondía."
    )


def test_nothing_is_found(demo):
    mend(draft())
    assert output("so-120") == ["Acta de la SO N° 120: nada que observar."]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("so-999", "No hay ninguna sesión «so-999»: se nombran como so-120 o se-3."),
        ("so-77", "La SO N° 77 no tiene acta."),
    ],
)
def test_no_acta(name, message):
    kit.session(77)
    with pytest.raises(CommandError, match=message):
        output(name)
