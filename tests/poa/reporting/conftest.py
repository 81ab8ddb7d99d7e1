"""A report of MINAM on the demo's plan, made to be in force, and what MINAM was asked."""

from datetime import date

import pytest

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import freeze
from members.choices import Role
from members.models import Person
from poa.choices import PlanState
from poa.models import EntityReport, OperatingPlan
from poa.reporting.letter import Letter
from sessions.acta_data import Heading
from tests.poa.reporting.reported import AT, LIST, PERIOD, actor, add_event, counts_of
from tests.sessions import kit


@pytest.fixture
def plan():
    OperatingPlan.objects.filter(year=2019).update(state=PlanState.IN_FORCE)
    return OperatingPlan.objects.get(year=2019)


@pytest.fixture
def minam():
    """Its representative's account."""
    person = Person.objects.filter(designations__entity__acronym="MINAM").first()
    return kit.user(Role.REPRESENTATIVE, person)


@pytest.fixture
def secretary():
    return kit.user(Role.SECRETARY)


@pytest.fixture
def report(client, minam, plan):
    client.force_login(minam)
    entity = minam.entity_on(date(2020, 2, 3))
    client.post(f"{LIST}nuevo/", {"entity": entity.pk, **PERIOD})
    return EntityReport.objects.get()


@pytest.fixture
def complete(report):
    events, persons = counts_of(report)
    add_event(report, (events, 1), (persons, 5), held_on=date(2019, 10, 7))
    return report


@pytest.fixture
def asked(minam, plan):
    """What MINAM was asked by an oficio that was sent."""
    letter = Letter(
        name="oficio",
        title="Oficio 1",
        number="Oficio 1",
        plan=str(plan),
        dated="2020-02-03T10:00:00-05:00",
        issued_on="2020-02-03",
        is_draft=False,
        heading=Heading("Comisión", "CNLCTF", "PERÚ", "MTPE", "Alianza"),
        city="Lima",
        period_from="2019-01-01",
        period_to="2019-12-31",
        deadline="2020-02-17",
        body="Informen.",
        addressees=(),
        signed_by="Cecilia",
        signed_as="Secretaria Técnica",
    )
    request = plan.requests.create(
        number=1,
        letter=letter.number,
        period_from=date(2019, 1, 1),
        period_to=date(2019, 12, 31),
        deadline=date(2020, 2, 17),
        body=letter.body,
        state="sent",
        asked_on=date(2020, 2, 3),
        issued=IssuedDocument.objects.issue(
            name=letter.name,
            title=letter.title,
            content=b"%PDF",
            data=freeze(letter),
            at=AT,
            by=None,
        ),
        created_at=AT,
        created_by=actor(),
    )
    requested = request.requested.create(entity=minam.entity_on(date(2020, 2, 3)))
    requested.indicators.set(plan.indicators.filter(institutions=requested.entity))
    return requested
