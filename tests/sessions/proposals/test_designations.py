"""4.1.2: who was designated since the session before."""

import datetime

import pytest

from members.choices import Capacity, Channel, EntityKind, Gender, NormKind
from members.models import Designation, Entity
from sessions.choices import SessionState
from sessions.models import Acta, ProposalPattern
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.proposals.made import RECEIVED, SIGNED, designate, lines, proposed

pytestmark = pytest.mark.django_db

NORM = "la Resolución Ministerial N° 007-2021-UNO de fecha 25 de febrero de 2021"


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def ministry(acta: Acta) -> Entity:
    return Entity.objects.create(
        acronym="MUNO", slug="muno", name="Ministerio Uno", kind=EntityKind.MINISTRY
    )


def test_without_any_it_says_so(acta: Acta) -> None:
    proposal = proposed(acta, "designaciones")
    assert proposal.texts == {
        "title": "Información sobre la designación o ratificación de los miembros de la CP",
        "body": "- No se recibieron designaciones ni ratificaciones de los miembros de la CP.",
    }
    assert proposal.place == 2


def test_one_that_the_entity_sent(acta: Acta, ministry: Entity) -> None:
    designate(ministry, "Rosa", capacity=Capacity.ALTERNATE)
    assert lines(acta, "designaciones") == [
        (
            f"- Mediante Oficio (02/03/2021), el MUNO nos remite {NORM}, que designa ante la CP a "
            "la representante alterna, la señora Rosa Ñahui."
        )
    ]


@pytest.mark.parametrize(
    ("capacity", "gender", "words"),
    [
        (Capacity.HOLDER, Gender.FEMININE, "a la representante titular, la señora Sol Ñahui."),
        (Capacity.HOLDER, Gender.MASCULINE, "al representante titular, el señor Sol Ñahui."),
        (Capacity.ALTERNATE, Gender.MASCULINE, "al representante alterno, el señor Sol Ñahui."),
        (Capacity.SECRETARY, Gender.FEMININE, "a la Secretaria Técnica, la señora Sol Ñahui."),
        (Capacity.PRESIDENT, Gender.MASCULINE, "al Presidente, el señor Sol Ñahui."),
        (Capacity.OBSERVER, Gender.FEMININE, "a la observadora, la señora Sol Ñahui."),
    ],
)
def test_the_office_has_the_person_s_gender(
    acta: Acta, ministry: Entity, capacity: Capacity, gender: Gender, words: str
) -> None:
    designate(ministry, "Sol", gender, capacity=capacity)
    assert lines(acta, "designaciones")[0].endswith(f"que designa ante la CP {words}")


def test_those_of_one_norm_are_one_paragraph(acta: Acta, ministry: Entity) -> None:
    """The holder first, whoever was written down first; who is not known yet has no name."""
    designate(ministry, "", capacity=Capacity.ALTERNATE)
    designate(ministry, "Rosa")
    (line,) = lines(acta, "designaciones")
    assert line.endswith(
        "que designa ante la CP a la representante titular, la señora Rosa Ñahui, y al "
        "representante alterno."
    )


def test_several_are_told_in_the_order_in_which_they_were_known(
    acta: Acta, ministry: Entity
) -> None:
    designate(ministry, "Rosa", norm_number="RM N° 9-2021", channel=Channel.EMAIL)
    other = Entity.objects.get(acronym="TRES")
    first = RECEIVED - datetime.timedelta(days=1)
    designate(other, "Luz", norm_kind=NormKind.SUPREME_DECREE, norm_number="", received_on=first)
    one, two = lines(acta, "designaciones")
    assert one.startswith("- Mediante Oficio (01/03/2021), la Entidad TRES nos remite el Decreto ")
    assert two.startswith(
        "- Mediante correo electrónico (02/03/2021), el MUNO nos remite la Resolución Ministerial "
        "N° 9-2021 de fecha"
    )


@pytest.mark.parametrize(
    "fields", [{"received_on": None, "channel": ""}, {"channel": Channel.GAZETTE}]
)
def test_one_that_nobody_sent_is_known_by_its_norm(
    acta: Acta, ministry: Entity, fields: dict
) -> None:
    designate(ministry, "Rosa", **fields)
    assert lines(acta, "designaciones") == [
        (
            f"- Por {NORM}, el MUNO designa ante la CP a la representante titular, la señora Rosa "
            "Ñahui."
        )
    ]


@pytest.mark.parametrize(
    ("received", "is_told"),
    [("2021-03-01", False), ("2021-03-02", True), ("2021-03-18", True), ("2021-03-19", False)],
)
def test_only_since_the_session_before(
    acta: Acta, ministry: Entity, received: str, is_told: bool
) -> None:
    """That day's own were told in its acta; what came after this session is the next one's."""
    kit.session(124, held_on=datetime.date(2021, 3, 1))
    kit.session(123, held_on=datetime.date(2021, 3, 10), state=SessionState.CANCELLED)
    designate(ministry, "Rosa", received_on=datetime.date.fromisoformat(received))
    assert ("Rosa" in lines(acta, "designaciones")[0]) is is_told


def test_the_first_session_looks_back_half_a_year(acta: Acta, ministry: Entity) -> None:
    designate(ministry, "Rosa", received_on=RECEIVED, norm_date=SIGNED)
    Designation.objects.update(norm_date="2020-01-01", received_on="2020-09-15")
    assert "No se recibieron" in lines(acta, "designaciones")[0]
    Designation.objects.update(received_on="2020-09-17")
    assert "Rosa" in lines(acta, "designaciones")[0]


def test_in_the_words_of_the_commission(acta: Acta) -> None:
    ProposalPattern.objects.create(slug="designaciones-ninguna", text="Nadie en la {sigla}.")
    assert lines(acta, "designaciones") == ["- Nadie en la CP."]


@pytest.mark.parametrize("slug", ["designaciones-ninguna", "designaciones-titulo"])
def test_an_empty_pattern_proposes_nothing(acta: Acta, slug: str) -> None:
    ProposalPattern.objects.create(slug=slug, text="")
    assert proposed(acta, "designaciones") is None
