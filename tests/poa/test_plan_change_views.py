"""The pages of what changes in an approved plan, and of its versions."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.models import User
from poa.choices import ChangeState
from poa.models import OperatingPlan, PlanChange
from tests.poa.adjusted import (
    AT,
    adjusting,
    agreement,
    goal_change,
    in_force,
    representative,
    secretary,
)
from tests.poa.plans import entity

pytestmark = pytest.mark.django_db

PAGE = "/poa/2020/ajustes/"
ROW = f"{PAGE}1.1.1-1/"
GOAL = {"subject": "meta", "goal_kind": "numeric", "goal": "12", "reason": "Es muy baja."}


@pytest.fixture(autouse=True)
def open_day(settings):
    settings.TODAY = "2020-01-23"


@pytest.fixture
def minam(client) -> User:
    user = representative()
    client.force_login(user)
    return user


@pytest.fixture
def sonia(client) -> User:
    user = secretary()
    client.force_login(user)
    return user


def errors(response, name="meta") -> list[str]:
    found = response.context["forms"][name].errors.values()
    return [message for messages in found for message in messages]


# --- The sector -----------------------------------------------------------------------------


def test_a_sector_sees_its_rows_and_proposes_another_goal(client, minam):
    plan = adjusting()
    page = client.get(PAGE)
    assertContains(page, "LA 1.1.1, indicador 1")
    assertNotContains(page, "LA 1.1.2")
    assertContains(page, "hasta el jueves 23 de enero de 2020, ese día incluido")
    assertRedirects(client.post(ROW, GOAL), PAGE)
    change = PlanChange.objects.get()
    assert (change.sector, change.proposed_by, change.after) == (entity("MINAM"), minam, "12")
    assert plan.indicators.in_order().first().goal == 10
    page = client.get(PAGE)
    assertContains(page, "Por decidir")
    assertNotContains(page, "Proponer otra meta")


def test_a_sector_proposes_the_part_of_another_institution_that_joins(client, minam):
    adjusting()
    pnp = entity("PNP")
    said = {"subject": "participacion", "entity": pnp.pk, "role": "involved", "reason": "Ayuda."}
    client.post(ROW, said)
    assert (PlanChange.objects.get().entity, PlanChange.objects.get().role) == (pnp, "involved")


def test_a_sector_is_not_offered_the_part_that_another_has(client, minam):
    adjusting()
    offered = client.get(ROW).context["forms"]["participacion"].fields["entity"].choices
    assert "MINSA" not in [label for _, label in offered]
    assert "MINAM (hoy: involucrada)" in [label for _, label in offered]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"goal": ""}, "Indique la meta, o marque «Por definir» y déjela vacía."),
        ({"goal": "-2"}, "La cantidad no puede ser negativa."),
        ({"goal": "muchas"}, "Introduzca un número."),
        ({"goal": "10"}, "La meta propuesta es la misma que tiene el indicador."),
        ({"reason": " "}, "Diga por qué: queda en la versión del plan."),
        (
            {"goal": "0"},
            "Una meta 0, o que no corresponde este año, lleva una nota al pie que lo explica.",
        ),
    ],
)
def test_a_proposal_is_refused_in_words(client, minam, said, reason):
    adjusting()
    assert errors(client.post(ROW, GOAL | said)) == [reason]
    assert not PlanChange.objects.exists()


def test_a_stranger_to_the_row_does_not_find_it(client, minam):
    adjusting()
    for answer in (client.get(f"{PAGE}1.1.2-1/"), client.post(f"{PAGE}1.1.2-1/", GOAL)):
        assert answer.status_code == 404
    assert not PlanChange.objects.exists()


def test_after_the_last_day_a_sector_reads_and_no_longer_proposes(client, minam, settings):
    adjusting()
    settings.TODAY = "2020-01-24"
    assertContains(client.get(PAGE), "El plazo terminó el jueves 23 de enero de 2020.")
    assertContains(client.post(ROW, GOAL), "no está abierto a ajustes", status_code=403)


def test_only_the_adjusted_columns_have_a_form(client, minam):
    adjusting(participation=True)
    assert list(client.get(ROW).context["forms"]) == ["participacion"]
    assert client.post(ROW, GOAL).status_code == 200
    assert not PlanChange.objects.exists()


def test_a_sector_withdraws_its_own_and_no_other(client, minam):
    plan = adjusting()
    client.post(ROW, GOAL)
    its_own = PlanChange.objects.get()
    other = goal_change(plan, 15, sector="MINSA", proposed_by=representative("MINSA"))
    other.save()
    assertRedirects(client.post(f"{PAGE}{its_own.pk}/retirar/"), PAGE)
    assert client.post(f"{PAGE}{other.pk}/retirar/").status_code == 404
    states = PlanChange.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ChangeState.WITHDRAWN, ChangeState.SENT]


def test_a_sector_decides_nothing(client, minam):
    adjusting()
    client.post(ROW, GOAL)
    change = PlanChange.objects.get()
    assert client.post(f"{PAGE}{change.pk}/decidir/", {"accept": ""}).status_code == 403
    assert PlanChange.objects.get().is_waiting


def test_whose_designation_ended_adjusts_nothing(client, minam):
    adjusting()
    minam.person.designations.update(ends_on="2020-01-22")
    assertContains(client.get(PAGE), "no representa hoy a ninguna entidad", status_code=403)


# --- The Secretaría -------------------------------------------------------------------------


@pytest.fixture
def waiting():
    change = goal_change(adjusting(), proposed_by=representative())
    change.save()
    return change


def decide(client, change, **said):
    return client.post(f"{PAGE}{change.pk}/decidir/", said, follow=True)


def test_the_secretaria_accepts(client, waiting, sonia):
    assertContains(client.get(PAGE), "Es muy baja.")
    assertContains(decide(client, waiting, accept="", answer="Bien."), "ya está en el plan")
    assert waiting.indicator.plan.indicators.in_order().first().goal == 12
    assertContains(decide(client, waiting, accept=""), "ya está decidido")


def test_the_secretaria_declines_with_a_reason(client, waiting, sonia):
    page = decide(client, waiting, decline="", answer="")
    assertContains(page, "Diga por qué no se acepta")
    assertContains(decide(client, waiting, decline="", answer="No hay."), "no se aceptó")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.answer) == (ChangeState.DECLINED, "No hay.")


def test_a_change_of_another_plan_is_not_there(client, waiting, sonia):
    answer = client.post(f"/poa/2019/ajustes/{waiting.pk}/decidir/", {"accept": ""})
    assert answer.status_code == 404


def test_in_force_the_secretaria_changes_a_goal_by_an_agreement(client, sonia):
    plan = in_force()
    OperatingPlan.objects.update(changes_need_agreement=True)
    assert errors(client.post(ROW, GOAL)) == ["Los cambios de este plan requieren un acuerdo."]
    assertRedirects(client.post(ROW, GOAL | {"agreement": agreement().pk}), PAGE)
    assert [(one.number, one.agreement) for one in plan.versions.all()] == [
        (1, agreement()),
        (2, agreement()),
    ]


def test_an_institution_leaves_a_plan_in_force(client, sonia):
    plan = in_force()
    said = {"subject": "participacion", "role": "", "reason": "Por ley."}
    client.post(ROW, said | {"entity": entity("MINSA").pk})
    first = plan.indicators.in_order().first()
    assert [one.entity.acronym for one in first.participations.all()] == ["SUNAFIL", "MINAM"]


def test_adjustments_are_consolidated_on_their_page(client, waiting, sonia):
    page = "/poa/2020/consolidar/"
    assertContains(client.get(page), "1 ajuste por decidir")
    assertContains(client.post(page), "Ajustes por decidir: 1.")
    decide(client, waiting, accept="")
    assertContains(client.get(page), "Meta física")
    assertRedirects(client.post(page, {"reason": ""}), "/poa/2020/")
    assert OperatingPlan.objects.get().is_in_force


def test_the_sectors_are_given_more_time_on_its_page(client, waiting, sonia):
    page = "/poa/2020/ampliar/"
    assertContains(client.get("/poa/2020/ajustes/"), "Ampliar el plazo")
    assertContains(client.post(page, {"until": "", "reason": ""}), "Diga por qué")
    early = {"until": "2019-12-31", "reason": "Faltan dos sectores."}
    assertContains(client.post(page, early), "El nuevo plazo es posterior al actual")
    assertRedirects(client.post(page, early | {"until": "2020-12-31"}), "/poa/2020/")
    assert OperatingPlan.objects.get().adjust_until == date(2020, 12, 31)


# --- The versions ---------------------------------------------------------------------------


def test_the_public_reads_versions_and_what_they_say_differently(client):
    plan = in_force()
    goal_change(plan, sector="").make(at=AT, by=secretary())
    page = client.get("/poa/2020/versiones/")
    assertContains(page, "1 meta cambió desde la aprobación.")
    assertNotContains(page, "sonia")
    for path in ("1/2/", "2/1/"):
        difference = client.get(f"/poa/2020/versiones/{path}")
        (one,) = difference.context["differences"]
        assert (one.column, one.before, one.after) == ("Meta física", "10", "12")
        assertContains(difference, "Es muy baja.")
    assertContains(client.get("/poa/2020/lineas/1.1.1/"), "(original: 10)")
    assertNotContains(client.get("/poa/2020/lineas/1.1.2/"), "original")


@pytest.mark.parametrize("path", ["1/9/", "9/1/", "1/99999999999999999999/"])
def test_a_version_that_is_not_there(client, path):
    in_force()
    assert client.get(f"/poa/2020/versiones/{path}").status_code == 404


def test_a_plan_without_versions_says_so(client):
    in_force()
    plan = OperatingPlan(year=2019, national_plan=OperatingPlan.objects.get().national_plan)
    plan.state = "in_force"
    plan.save()
    assertContains(client.get("/poa/2019/versiones/"), "Este plan no tiene versiones")
