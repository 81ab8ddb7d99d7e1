"""The wording of what is proposed, as the commission may change it."""

import pytest
from django.core.exceptions import ValidationError

from sessions.models import ProposalPattern
from sessions.proposals.patterns import PATTERNS, Patterns

FIELDS = "{clase}, {codigo}, {numero}, {comision}, {sigla}, {lugar}, {hora}"


def unknown(name: str) -> dict[str, list[str]]:
    return {"text": [f"No existe el dato {{{name}}}. Los de esta fórmula son: {FIELDS}."]}


@pytest.mark.parametrize("slug", PATTERNS)
def test_the_program_s_own_wordings_are_well_formed(slug: str) -> None:
    ProposalPattern(slug=slug, text=PATTERNS[slug].text).clean()


@pytest.mark.parametrize(
    ("slug", "text", "errors"),
    [
        ("cierre", "A las {ora}.", unknown("ora")),
        ("cierre", "A las {}.", unknown("")),
        ("cierre", "{hora.__class__}", unknown("hora.__class__")),
        ("cierre", "{hora!r}", unknown("hora")),
        ("cierre", "{hora:>99999999}", unknown("hora")),
        (
            "cierre",
            "A las {hora.",
            {"text": ["Hay una llave sin su pareja: los datos se escriben como {hora}."]},
        ),
        (
            "envios-titulo",
            "{hora}",
            {"text": ["No existe el dato {hora}. Los de esta fórmula son: ninguno."]},
        ),
        ("nada", "Texto.", {"slug": ["Ninguna propuesta usa esa fórmula."]}),
    ],
)
def test_a_wording_names_what_there_is(slug: str, text: str, errors: dict) -> None:
    with pytest.raises(ValidationError) as refused:
        ProposalPattern(slug=slug, text=text).clean()
    assert refused.value.message_dict == errors


def test_what_is_not_worded_is_said_as_the_program_does() -> None:
    words = Patterns({"envios-titulo": "Lo {{enviado}}"})
    assert words("envios-titulo") == "Lo {enviado}"
    assert words("poa-sin-reporte") == "Están pendientes de reporte:"


def test_a_wording_is_called_by_its_name() -> None:
    assert str(ProposalPattern(slug="cierre")) == "Suscripción del acta"
    assert str(ProposalPattern(slug="de-otro-tiempo")) == "de-otro-tiempo"
