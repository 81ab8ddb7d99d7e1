"""Each rule of the plan's data: the form says why in Spanish, and the database refuses as well."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.choices import EntityKind
from members.models import Entity
from poa.choices import GoalKind, NoReportCause, PlanState
from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Execution,
    Footnote,
    Indicator,
    LegendEntry,
    NationalPlan,
    NonWorkingDay,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    ReportingRule,
    Strategy,
    Unit,
)
from poa.progress import State

pytestmark = pytest.mark.django_db

DAY = date(2019, 11, 18)


class Rows:
    """One valid row of each model, all of one plan."""

    def __init__(self, acronym="III", year=2019):
        self.national = NationalPlan.objects.create(
            acronym=acronym, name="Plan", norm="DS", norm_date=DAY, starts_on=DAY
        )
        self.objective = Objective.objects.create(plan=self.national, number=1, name="Uno")
        self.axis = Axis.objects.create(plan=self.national, number=1, name="Eje")
        self.strategy = Strategy.objects.create(
            objective=self.objective, axis=self.axis, number=1, name="Estrategia"
        )
        self.line = ActionLine.objects.create(strategy=self.strategy, number=1, name="Línea")
        self.plan = OperatingPlan.objects.create(year=year, national_plan=self.national)
        self.footnote = Footnote.objects.create(plan=self.plan, mark="a/", text="Desde 2020.")
        self.unit, _ = Unit.objects.get_or_create(name="Persona", plural="Personas")
        self.indicator = Indicator.objects.create(**self.of_line(number=1))
        self.event = Event.objects.create(plan=self.plan, key="taller", held_on=DAY)
        self.observation = Observation.objects.create(plan=self.plan, line=self.line, position=1)

    def of_line(self, **values):
        """What a valid second indicator of the line has, but for ``values``."""
        return {
            "plan": self.plan,
            "line": self.line,
            "number": 2,
            "name": "Personas",
            "unit": self.unit,
            "goal": 80,
        } | values

    def contribution(self, **values):
        return Contribution(
            **{"event": self.event, "indicator": self.indicator, "quantity": 5} | values
        )


@pytest.fixture
def rows():
    return Rows()


def why(row):
    """All that the form says against ``row``."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.messages


def refused(row, message, constraint=None):
    """The form says ``message`` alone, and the database refuses (SQLite names only its checks)."""
    assert why(row) == [message]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


GOAL_NEEDS_NOTE = (
    "Una meta 0, o que no corresponde este año, lleva una nota al pie que lo explica.",
    "indicator_goal_zero_has_footnote",
)
GOAL_MISSING = (
    "Indique la meta, o marque «Por definir» y déjela vacía.",
    "indicator_goal_present_unless_to_be_defined",
)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"goal": 0}, GOAL_NEEDS_NOTE),
        ({"goal_kind": GoalKind.NOT_DUE}, GOAL_NEEDS_NOTE),
        ({"goal_kind": GoalKind.NOT_DUE, "goal": 0}, GOAL_NEEDS_NOTE),
        ({"goal": None}, GOAL_MISSING),
        ({"goal_kind": GoalKind.TO_BE_DEFINED}, GOAL_MISSING),
        ({"goal": -1}, ("La cantidad no puede ser negativa.", "indicator_goal_not_negative")),
    ],
)
def test_a_goal_is_refused(rows, values, refusal):
    refused(Indicator(**rows.of_line(**values)), *refusal)


def test_a_goal_0_with_its_footnote_is_accepted(rows):
    for number, kind in enumerate([GoalKind.NUMERIC, GoalKind.NOT_DUE], 2):
        values = rows.of_line(number=number, goal_kind=kind, goal=0, footnote=rows.footnote)
        indicator = Indicator(**values)
        indicator.full_clean()
        indicator.save()


def test_a_goal_still_to_be_defined_needs_no_footnote(rows):
    indicator = Indicator(**rows.of_line(goal_kind=GoalKind.TO_BE_DEFINED, goal=None))
    indicator.full_clean()
    indicator.save()


@pytest.mark.parametrize("owners", [(), ("line", "objective")])
def test_an_indicator_is_of_a_line_or_of_an_objective(rows, owners):
    values = rows.of_line(line=None) | {owner: getattr(rows, owner) for owner in owners}
    refused(
        Indicator(**values),
        "Un indicador es de una línea de acción o de un objetivo: indique uno de los dos.",
        "indicator_of_line_or_objective",
    )


def test_indicators_are_numbered_once(rows):
    refused(
        Indicator(**rows.of_line(number=1)),
        "La línea ya tiene este año un indicador así numerado.",
    )
    values = rows.of_line(line=None, objective=rows.objective)
    Indicator.objects.create(**values)
    refused(Indicator(**values), "El objetivo ya tiene este año un indicador así numerado.")


def test_a_footnote_is_of_the_indicators_plan(rows):
    other = Footnote(plan=OperatingPlan(pk=999, year=2020), mark="b/", text="Otra.")
    with pytest.raises(ValidationError) as refusal:
        Indicator(**rows.of_line(footnote=other)).clean()
    assert refusal.value.message_dict == {"footnote": ["Esa nota al pie es de otro plan."]}


def test_what_is_not_counted_says_why(rows):
    refused(
        rows.contribution(counts=False),
        "Si no cuenta para la meta, diga por qué.",
        "contribution_not_counted_says_why",
    )
    rows.contribution(counts=False, why_not="Anterior a la norma.").full_clean()


def test_a_contributed_quantity_is_not_negative(rows):
    refused(
        rows.contribution(quantity=Decimal("-0.01")),
        "La cantidad no puede ser negativa.",
        "contribution_quantity_not_negative",
    )


def test_an_event_contributes_once_to_an_indicator(rows):
    rows.contribution().save()
    refused(rows.contribution(quantity=1), "Ese evento ya aporta a ese indicador.")


def test_an_event_contributes_to_indicators_of_its_plan(rows):
    other = Rows("IV", 2023)
    assert why(rows.contribution(indicator=other.indicator)) == [
        "El evento y el indicador son de planes distintos."
    ]


@pytest.mark.parametrize(
    ("values", "message", "constraint"),
    [
        (
            {"declared": -1},
            "La cantidad no puede ser negativa.",
            "execution_declared_not_negative",
        ),
        (
            {"declared": 0, "no_report_cause": NoReportCause.NOT_ASKED},
            "Si hay una cantidad declarada, no corresponde un motivo de falta de reporte.",
            "execution_declared_or_cause",
        ),
    ],
)
def test_an_execution_is_refused(rows, values, message, constraint):
    refused(Execution(indicator=rows.indicator, **values), message, constraint)


def test_a_region_is_one_of_perus(rows):
    event = Event(plan=rows.plan, key="otro", held_on=DAY, region="XYZ")
    assert why(event) == ["Valor 'XYZ' no es una opción válida."]


@pytest.mark.parametrize(
    ("values", "message", "constraint"),
    [
        (
            {"year": 2006},
            "El año va de 2007, cuando se creó la comisión, a 2100.",
            "operating_plan_year_sensible",
        ),
        ({"year": 2019}, "Ya hay un plan operativo de ese año.", None),
        (
            {"year": 2020, "state": PlanState.EVALUATED},
            "Un plan evaluado tiene fecha de corte.",
            "operating_plan_evaluated_has_cut_off",
        ),
        (
            {"year": 2020, "state": PlanState.CLOSED},
            "Un plan evaluado tiene fecha de corte.",
            "operating_plan_evaluated_has_cut_off",
        ),
    ],
)
def test_an_operating_plan_is_refused(rows, values, message, constraint):
    refused(OperatingPlan(national_plan=rows.national, **values), message, constraint)


def test_a_national_plan_does_not_end_before_it_starts(rows):
    rows.national.ends_on = date(2019, 11, 17)
    refused(
        rows.national,
        "La vigencia no puede terminar antes de empezar.",
        "poa_nationalplan_ends_after_start",
    )


def test_an_axis_and_its_objective_are_of_one_plan(rows):
    rows.strategy.axis = Rows("IV", 2023).axis
    assert why(rows.strategy) == ["El eje y el objetivo son de planes distintos."]


NUMBERED = [
    ("objective", "El plan ya tiene un objetivo con ese número."),
    ("axis", "El plan ya tiene un eje con ese número."),
    ("strategy", "El objetivo ya tiene una estrategia con ese número."),
    ("line", "La estrategia ya tiene una línea con ese número."),
    ("footnote", "El plan ya tiene una nota con esa llamada."),
    ("event", "El plan ya tiene un evento con esa clave."),
    ("observation", "Ese lugar entre las observaciones ya está ocupado."),
]


@pytest.mark.parametrize(("name", "message"), NUMBERED)
def test_a_number_names_one_row(rows, name, message):
    twin = getattr(rows, name)
    twin.pk = None
    twin._state.adding = True
    refused(twin, message)


def test_an_institution_takes_part_once_and_in_its_own_place(rows):
    one, other = (
        Entity.objects.create(acronym=name, slug=name, name=name, kind=EntityKind.MINISTRY)
        for name in ("uno", "otro")
    )
    Participation.objects.create(indicator=rows.indicator, entity=one, position=1)
    refused(
        Participation(indicator=rows.indicator, entity=one, position=2),
        "Esa institución ya participa en el indicador.",
    )
    refused(
        Participation(indicator=rows.indicator, entity=other, position=1),
        "Ese lugar en la lista de instituciones ya está ocupado.",
    )


def legend(**values):
    return LegendEntry(
        **{"state": State.MET, "wording": "Meta alcanzada", "colour": "#92D050", "position": 1}
        | values
    )


@pytest.mark.parametrize("days", [0, 121])
def test_a_term_to_report_is_of_some_days(days):
    refused(
        ReportingRule(citation="Acuerdo", days=days),
        "El plazo va de 1 a 120 días hábiles.",
        "reporting_rule_days_sensible",
    )


def test_one_term_to_report_starts_on_a_day():
    ReportingRule.objects.create(citation="Acuerdo", starts_on=DAY)
    refused(
        ReportingRule(citation="Otro acuerdo", starts_on=DAY),
        "Ya hay un plazo de los reportes que empieza ese día.",
    )


def test_a_term_to_report_does_not_end_before_it_starts():
    refused(
        ReportingRule(citation="Acuerdo", starts_on=DAY, ends_on=date(2019, 11, 17)),
        "La vigencia no puede terminar antes de empezar.",
        "poa_reportingrule_ends_after_start",
    )


def test_a_day_is_closed_once():
    NonWorkingDay.objects.create(day=DAY, norm="DS 161-2022-PCM")
    refused(NonWorkingDay(day=DAY, norm="Otro"), "Ese día ya está registrado.")


@pytest.mark.parametrize("colour", ["92D050", "#92D05", "#92D05G", "verde"])
def test_a_colour_is_hexadecimal(colour):
    refused(
        legend(colour=colour), "El color se escribe como #C6E0B4.", "legend_entry_colour_is_hex"
    )


def test_a_state_has_one_legend_at_a_time():
    legend().save()
    refused(legend(starts_on=DAY), "Ese estado ya tiene leyenda vigente: ciérrela primero.")
    refused(
        legend(starts_on=DAY, ends_on=date(2019, 1, 1)),
        "La vigencia no puede terminar antes de empezar.",
        "poa_legendentry_ends_after_start",
    )


def test_codes_begin_with_those_above(rows):
    assert [rows.objective.code, rows.axis.code, rows.strategy.code, rows.line.code] == [
        "OE 1",
        "EE 1",
        "E 1.1",
        "LA 1.1.1",
    ]
    assert rows.indicator.code == "1.1.1-1"
    assert Indicator(**rows.of_line(line=None, objective=rows.objective)).code == "1-2"


def executed(rows):
    return Indicator.objects.with_progress().get(pk=rows.indicator.pk).executed


def test_executed_is_none_until_something_is_reported(rows):
    assert executed(rows) is None
    Execution.objects.create(indicator=rows.indicator, no_report_cause=NoReportCause.OVERDUE)
    assert executed(rows) is None


def test_executed_adds_only_what_counts(rows):
    rows.contribution(counts=False, why_not="Anterior a la norma.").save()
    assert executed(rows) == 0
    second = Event.objects.create(plan=rows.plan, key="otro", held_on=DAY)
    rows.contribution(event=second, quantity=7).save()
    assert executed(rows) == 7


def test_what_is_declared_wins_over_the_events(rows):
    rows.contribution().save()
    Execution.objects.create(indicator=rows.indicator, declared=0)
    assert executed(rows) == 0
