"""Each rule of a requerimiento and of a report, by the form and by the database; and its steps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cnlctf.documents.models import StoredFile
from cnlctf.lib import upload
from members.choices import EntityKind
from members.models import Entity
from poa.choices import PlanState, ReportState, ReportStep, RequestState
from poa.models import (
    EntityReport,
    InformationRequest,
    ReportedContribution,
    ReportedIndicator,
    ReportEvent,
    RequestedEntity,
)
from tests.poa.plans import make_plan
from tests.poa.reporting.reported import AT, ON, actor, add_event, make_report, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(lines=2)


@pytest.fixture
def report(plan):
    return make_report(plan)


@pytest.fixture
def asking(plan):
    """Ask with other values than those of a valid draft."""

    def with_values(**values):
        return InformationRequest(
            **{
                "plan": plan,
                "number": 1,
                "letter": "Oficio Circular N° 003-2021-MTPE/2/14",
                "period_from": date(2021, 1, 1),
                "period_to": date(2021, 6, 30),
                "deadline": date(2021, 7, 15),
                "body": "Sírvase informar.",
                "created_at": AT,
                "created_by": actor(),
            }
            | values
        )

    return with_values


def refused(row, message, constraint=None):
    """The form says ``message`` alone, and the database refuses (SQLite names only its checks)."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == [message]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("values", "message", "constraint"),
    [
        (
            {"period_to": date(2020, 12, 31)},
            "El periodo no puede terminar antes de empezar.",
            "information_request_period_ordered",
        ),
        (
            {"state": RequestState.SENT},
            "Un requerimiento remitido tiene su oficio y su fecha.",
            "information_request_sent_is_issued",
        ),
    ],
)
def test_a_request_is_refused(asking, values, message, constraint):
    refused(asking(**values), message, constraint)


def test_the_deadline_of_a_request_is_not_before_it_was_asked(asking):
    with pytest.raises(ValidationError) as refusal:
        asking(asked_on=date(2021, 7, 16)).full_clean()
    assert "El plazo no puede vencer antes de que se pida." in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        asking(asked_on=date(2021, 7, 16)).save()


def test_requests_are_numbered_and_cited_once(asking):
    asking().save()
    refused(
        asking(letter="Oficio Circular N° 004-2021-MTPE/2/14"),
        "El plan ya tiene un requerimiento con ese número.",
    )
    refused(asking(number=2), "Ya hay un requerimiento con ese oficio.")


def test_an_entity_is_asked_once_by_a_request_and_an_extension_never_shortens(asking):
    request = asking()
    request.save()
    sunafil = Entity.objects.get(acronym="SUNAFIL")
    asked = RequestedEntity.objects.create(request=request, entity=sunafil)
    refused(
        RequestedEntity(request=request, entity=sunafil),
        "Esa institución ya está en el requerimiento.",
    )
    assert asked.deadline == date(2021, 7, 15)
    asked.extended_to = date(2021, 7, 14)
    with pytest.raises(ValidationError, match="La prórroga no puede acortar el plazo"):
        asked.full_clean()
    asked.extended_to = date(2021, 7, 22)
    asked.full_clean()
    assert asked.deadline == date(2021, 7, 22)


@pytest.mark.parametrize(
    ("values", "message", "constraint"),
    [
        (
            {"period_from": date(2021, 7, 1)},
            "El periodo no puede terminar antes de empezar.",
            "entity_report_period_ordered",
        ),
        (
            {"state": ReportState.SENT},
            "Un reporte enviado tiene su fecha, y solo él.",
            "entity_report_sent_has_date",
        ),
        (
            {"sent_on": ON},
            "Un reporte enviado tiene su fecha, y solo él.",
            "entity_report_sent_has_date",
        ),
    ],
)
def test_a_report_is_refused(report, values, message, constraint):
    for name, value in values.items():
        setattr(report, name, value)
    refused(report, message, constraint)


def test_reports_of_an_entity_are_numbered_once(report):
    again = EntityReport(
        plan=report.plan,
        entity=report.entity,
        number=1,
        period_from=report.period_from,
        period_to=report.period_to,
    )
    refused(again, "La institución ya tiene un reporte con ese número.")


def test_a_copy_of_a_paper_cites_it(report):
    checked = upload.check("oficio.pdf", b"%PDF-1.4\n%%EOF\n", upload.OFFICE, 1_000)
    report.paper = StoredFile.objects.store(checked, at=AT, by=actor())
    refused(report, "Cite el documento cuya copia adjunta.", "entity_report_paper_is_cited")
    report.paper_number = "Oficio N° 112-2021-SUNAFIL"
    report.full_clean()


def test_a_remark_of_a_return_is_not_empty(report):
    refused(
        ReportEvent(report=report, step=ReportStep.RETURNED, at=AT, by=actor()),
        "Diga qué falta: quien corrija lo necesita.",
        "report_event_says_why",
    )


def test_an_indicator_is_reported_once_and_not_negative(report):
    indicator = report.plan.indicators.first()
    say(report, indicator, quantity=3)
    refused(
        ReportedIndicator(report=report, indicator=indicator),
        "El reporte ya tiene ese indicador.",
    )
    refused(
        ReportedIndicator(report=report, indicator=report.plan.indicators.last(), quantity=-1),
        "La cantidad no puede ser negativa.",
        "reported_indicator_quantity_not_negative",
    )


@pytest.mark.parametrize(
    ("values", "message", "constraint"),
    [
        ({"quantity": -1}, "La cantidad no puede ser negativa.", "not_negative"),
        ({"counts": False}, "Si no cuenta para la meta, diga por qué.", "says_why_not"),
        (
            {"women": 3, "men": 1},
            "Mujeres y hombres tienen que sumar la cantidad.",
            "sexes_add_up",
        ),
        ({"women": 5}, "Mujeres y hombres tienen que sumar la cantidad.", "sexes_add_up"),
    ],
)
def test_what_an_event_is_reported_to_add_is_refused(report, values, message, constraint):
    indicator = report.plan.indicators.first()
    event = add_event(report)
    refused(
        ReportedContribution(**{"event": event, "indicator": indicator, "quantity": 5} | values),
        message,
        f"reported_contribution_{constraint}",
    )


def test_an_event_is_reported_to_add_once_to_an_indicator(report):
    indicator = report.plan.indicators.first()
    event = add_event(report, (indicator, 5))
    refused(
        ReportedContribution(event=event, indicator=indicator, quantity=1),
        "Ese evento ya aporta a ese indicador.",
    )


# --- Steps ----------------------------------------------------------------------------------

SENT = "El reporte ya está enviado: lo tiene la Secretaría Técnica."
NOT_SENT = "El reporte está en preparación: todavía no se ha enviado."
RETURNED = "El reporte está devuelto: lo tiene la institución."
ACCEPTED = "El reporte ya está aceptado."


def taken(report, *steps):
    for step in steps:
        report.take(step, at=AT, on=ON, by=actor(), remarks="Falta el informe.")


@pytest.mark.parametrize(
    ("before", "step", "state"),
    [
        ((), "sent", "sent"),
        (("sent",), "returned", "returned"),
        (("sent", "returned"), "sent", "sent"),
        (("sent",), "accepted", "accepted"),
        (("sent", "accepted"), "reopened", "returned"),
    ],
)
def test_a_step_leads_where_it_should_and_is_on_record(report, before, step, state):
    taken(report, *before, step)
    report.refresh_from_db()
    assert report.state == state
    assert [event.step for event in report.events.all()] == [*before, step]


@pytest.mark.parametrize(
    ("before", "step", "message"),
    [
        ((), "returned", NOT_SENT),
        ((), "accepted", NOT_SENT),
        ((), "reopened", NOT_SENT),
        (("sent",), "sent", SENT),
        (("sent",), "reopened", SENT),
        (("sent", "returned"), "returned", RETURNED),
        (("sent", "returned"), "accepted", RETURNED),
        (("sent", "accepted"), "sent", ACCEPTED),
        (("sent", "accepted"), "accepted", ACCEPTED),
        (("sent", "accepted"), "returned", ACCEPTED),
    ],
)
def test_a_step_is_refused(report, before, step, message):
    taken(report, *before)
    with pytest.raises(ValidationError) as refusal:
        taken(report, step)
    assert refusal.value.messages == [message]
    assert report.events.count() == len(before)


def test_a_report_is_received_on_the_day_that_it_first_arrives(report):
    taken(report, "sent", "returned")
    report.take(ReportStep.SENT, at=AT, on=date(2021, 8, 1), by=actor())
    assert report.sent_on == ON


def test_an_evaluated_plan_takes_no_more_reports(report):
    report.plan.state, report.plan.cut_off_on = PlanState.EVALUATED, date(2021, 12, 31)
    report.plan.save()
    with pytest.raises(ValidationError, match="ya no recibe reportes"):
        taken(report, "sent")


def test_an_entity_sees_its_reports_and_those_of_its_organs(plan):
    sunafil = Entity.objects.get(acronym="SUNAFIL")
    Entity.objects.create(
        acronym="IRT", slug="irt", name="Intendencia", kind=EntityKind.PUBLIC_BODY, parent=sunafil
    )
    mine = {make_report(plan), make_report(plan, "IRT")}
    make_report(plan, "MINSA")
    assert set(EntityReport.objects.of_entity(sunafil)) == mine
    assert list(EntityReport.objects.of_entity(None)) == []
