"""The sentences that open and close the acta."""

import datetime

import pytest

from sessions.choices import Office, Presence, SessionState
from sessions.models import Acta, Attendance, Letterhead, ProposalPattern, QuorumRule, Session
from sessions.proposals.collect import proposals_of
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.proposals.made import designate, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta() -> Acta:
    return make_acta()


def test_the_opening_names_who_conducts(acta: Acta) -> None:
    assert proposed(acta, "apertura").texts == {
        "opening": "Verificada la asistencia y el quórum requerido para la instalación de la "
        "Sesión Ordinaria, la señora Rosa Peña Ñahui dio inicio a la Sesión Ordinaria (SO) N° 125 "
        "de la Comisión de Prueba (en adelante CP)."
    }


def test_the_opening_may_tell_the_figures_and_the_hour(acta: Acta) -> None:
    ProposalPattern.objects.create(
        slug="apertura",
        text="Siendo las {hora}, con {presentes} de {miembros} miembros (se requieren "
        "{requeridos}), se instaló la {codigo} N° {numero} en {lugar}.",
    )
    assert proposed(acta, "apertura").texts == {
        "opening": "Siendo las 09:00 a.m., con 2 de 2 miembros (se requieren 2), se instaló la SO "
        "N° 125 en Lima."
    }


def test_without_quorum_nothing_was_verified(acta: Acta) -> None:
    Attendance.objects.filter(capacity="A").update(presence=Presence.ABSENT)
    assert proposed(acta, "apertura") is None


def test_a_session_that_failed_says_why(acta: Acta) -> None:
    acta.session.state = SessionState.FAILED
    opening = proposed(acta, "apertura").texts["opening"]
    assert opening.startswith("Siendo las 09:00 a.m. del jueves 18 de marzo de 2021, en primera")
    assert proposed(acta, "cierre") is None


def test_the_closing_has_the_hour(acta: Acta) -> None:
    assert proposed(acta, "cierre").texts == {
        "closing": "En Lima, siendo las 12:05 p.m., se levantó la Sesión Ordinaria y en señal de "
        "conformidad se procedió a la suscripción del Acta, extendiéndose copia simple a cada "
        "representante."
    }


@pytest.mark.parametrize(
    ("fields", "slug"),
    [
        ({"state": SessionState.SCHEDULED}, "apertura"),
        ({"state": SessionState.SCHEDULED}, "cierre"),
        ({"starts_at": None}, "apertura"),
        ({"ends_at": None}, "cierre"),
    ],
)
def test_nothing_before_it_is_known(acta: Acta, fields: dict, slug: str) -> None:
    Session.objects.update(**fields)
    assert proposed(Acta.objects.get(), slug) is None


def test_an_acta_that_cannot_be_composed_has_no_proposals(acta: Acta) -> None:
    Letterhead.objects.all().delete()
    assert proposals_of(acta) == []


def test_without_a_rule_of_the_quorum_the_others_are_still_proposed(acta: Acta) -> None:
    QuorumRule.objects.all().delete()
    assert [one.slug for one in proposals_of(acta)] == ["cierre", "designaciones"]


def test_names_are_never_markup(acta: Acta) -> None:
    person = acta.session.offices.get(office=Office.CHAIR).person
    person.surnames = "**Ñahui** _Paz_"
    person.save()
    assert (
        r"la señora Rosa \*\*Ñahui\*\* \_Paz\_ dio" in proposed(acta, "apertura").texts["opening"]
    )


@pytest.mark.parametrize("starts_on", ["2021-03-18", None])
def test_the_wording_is_that_of_the_day(acta: Acta, starts_on: str | None) -> None:
    tomorrow = datetime.date(2021, 3, 19)
    ProposalPattern.objects.create(slug="cierre", text="Antes.", ends_on="2021-03-17")
    ProposalPattern.objects.create(slug="cierre", text="Hoy.", starts_on=starts_on)
    ProposalPattern.objects.create(slug="cierre", text="Mañana.", starts_on=tomorrow)
    assert proposed(acta, "cierre").texts == {"closing": "Hoy."}


def test_the_queries_do_not_grow(acta: Acta, django_assert_num_queries) -> None:
    for number in range(1, 4):
        kit.session(number, held_on=datetime.date(2021, 1, number))
        designate(kit.entity(f"E{number}"), f"Rosa {number}")
        with django_assert_num_queries(14):
            proposals_of(acta)
