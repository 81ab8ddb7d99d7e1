"""A report, and what it says, as a test needs them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from members.models import Entity, User
from poa.models import (
    EntityReport,
    Indicator,
    OperatingPlan,
    ReportedContribution,
    ReportedEvent,
    ReportedIndicator,
)

AT = datetime(2021, 7, 5, 15, 0, tzinfo=UTC)
ON = date(2021, 7, 5)

# The pages of the reports of the demo's plan, and of the first one of MINAM.
LIST = "/poa/2019/reportes/"
MINE = f"{LIST}minam/1/"
PERIOD = {"period_from": "2019-01-01", "period_to": "2019-12-31"}


def actor(username: str = "ana") -> User:
    return User.objects.get_or_create(username=username)[0]


def make_report(plan: OperatingPlan, acronym: str = "SUNAFIL", number: int = 1) -> EntityReport:
    """Of the first half of the plan's year."""
    return EntityReport.objects.create(
        plan=plan,
        entity=Entity.objects.get(acronym=acronym),
        number=number,
        period_from=date(plan.year, 1, 1),
        period_to=date(plan.year, 6, 30),
    )


def add_event(
    report: EntityReport, *quantities: tuple[Indicator, int], position: int = 1, **values: object
) -> ReportedEvent:
    """An event of the report that adds each quantity to its indicator."""
    told = {"held_on": date(report.plan.year, 3, 8), "region": "UCA", "name": "Taller con fiscales"}
    event = ReportedEvent.objects.create(report=report, position=position, **told | values)
    for indicator, quantity in quantities:
        ReportedContribution.objects.create(
            event=event, indicator=indicator, quantity=Decimal(quantity)
        )
    return event


def say(report: EntityReport, indicator: Indicator, **values: object) -> ReportedIndicator:
    return ReportedIndicator.objects.create(report=report, indicator=indicator, **values)


def counts_of(report):
    """Its indicators of LA 2.1.4: events, and persons trained."""
    return list(report.plan.indicators.filter(line__number=4, line__strategy__number=1))


def indicator_data(said, **values):
    data = {"quantity": "", "activity_done": "", "difficulties": "", "next_steps": "", "version": 1}
    return {f"i{said.pk}-{name}": value for name, value in (data | values).items()}
