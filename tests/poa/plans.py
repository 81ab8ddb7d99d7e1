"""A plan as large as a test asks for."""

from datetime import date, timedelta

from members.models import Entity
from poa.choices import ParticipationRole
from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Footnote,
    Indicator,
    NationalPlan,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    Strategy,
    Unit,
)


def make_plan(lines: int = 1, events: int = 0, year: int = 2021) -> OperatingPlan:
    """One objective, axis and strategy; each line has an indicator of goal 10, remarks and events.

    Every event adds 1 to each indicator; SUNAFIL is responsible for all, with MINSA's help.
    """
    national = NationalPlan.objects.create(
        acronym=f"Plan {year}", name=f"Plan {year}", norm="DS", norm_date=date(year, 1, 1)
    )
    plan = OperatingPlan.objects.create(year=year, national_plan=national, state="in_force")
    objective = Objective.objects.create(plan=national, number=1, name="Responder")
    axis = Axis.objects.create(plan=national, number=1, name="Prevención")
    strategy = Strategy.objects.create(objective=objective, axis=axis, number=1, name="Formar")
    unit, _ = Unit.objects.get_or_create(name="Evento", defaults={"plural": "Eventos"})
    action_lines = ActionLine.objects.bulk_create(
        ActionLine(strategy=strategy, number=number, name=f"Línea {number}")
        for number in range(1, lines + 1)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(plan=plan, line=line, name=f"Eventos {line.number}", unit=unit, goal=10)
        for line in action_lines
    )
    Participation.objects.bulk_create(
        Participation(indicator=indicator, entity=entity, role=role, position=position)
        for position, (entity, role) in enumerate(
            [
                (entity("SUNAFIL"), ParticipationRole.RESPONSIBLE),
                (entity("MINSA"), ParticipationRole.INVOLVED),
            ]
        )
        for indicator in indicators
    )
    observations = Observation.objects.bulk_create(
        Observation(plan=plan, line=line, position=1, preface=f"Nota {line.number}.")
        for line in action_lines
    )
    held = Event.objects.bulk_create(
        Event(plan=plan, key=f"evento-{day}", held_on=date(year, 1, 1) + timedelta(days=day))
        for day in range(events)
    )
    Contribution.objects.bulk_create(
        Contribution(event=event, indicator=indicator, observation=observation, quantity=1)
        for event in held
        for indicator, observation in zip(indicators, observations, strict=True)
    )
    return plan


def entity(acronym: str) -> Entity:
    return Entity.objects.get_or_create(
        acronym=acronym, defaults={"slug": acronym.lower(), "name": acronym, "kind": "public_body"}
    )[0]


def own_indicator(objective: Objective, plan: OperatingPlan, number: int = 1) -> Indicator:
    """One of the objective itself, with goal 0 and a note that says why."""
    note, _ = Footnote.objects.get_or_create(plan=plan, mark="a/", text="Desde el año 2022.")
    return Indicator.objects.create(
        plan=plan,
        objective=objective,
        number=number,
        name=f"Propio {number}",
        unit=Unit.objects.get(name="Evento"),
        goal=0,
        footnote=note,
    )
