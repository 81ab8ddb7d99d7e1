"""The program's own workbook for filling in a plan and what was done, and its columns."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Prefetch

from cnlctf.lib.xlsx_form import FormColumn, FormSheet, Value, write_form
from members.models import Entity
from poa.choices import Counting, Direction, GoalKind, ParticipationRole, Region
from poa.models import (
    ActionLine,
    Contribution,
    Indicator,
    NationalPlan,
    OperatingPlan,
    Participation,
    Unit,
)

YES, NO = "Sí", "No"
_YES_NO = {True: YES, False: NO, None: ""}


class TemplateColumn(NamedTuple):
    """``choices`` names the list that its cells choose from; ``strict``: and from nothing else."""

    name: str
    heading: str
    width: int
    hint: str = ""
    required: bool = False
    choices: str = ""
    strict: bool = True


PLAN_COLUMNS = (
    TemplateColumn("objective-code", "OBJETIVO", 10, "OE 1", required=True),
    TemplateColumn("objective", "NOMBRE DEL OBJETIVO", 30),
    TemplateColumn("axis", "EJE ESTRATÉGICO", 22, "EE 2: Detección"),
    TemplateColumn("strategy-code", "ESTRATEGIA", 12, "E 1.3"),
    TemplateColumn("strategy", "NOMBRE DE LA ESTRATEGIA", 30),
    TemplateColumn(
        "line-code",
        "LÍNEA DE ACCIÓN",
        12,
        "LA 1.3.3. Vacía si el indicador es del objetivo.",
        required=True,
    ),
    TemplateColumn("line", "NOMBRE DE LA LÍNEA", 30),
    TemplateColumn("number", "N° DE INDICADOR", 11, "1, 2, 3… dentro de su línea.", required=True),
    TemplateColumn("indicator", "INDICADOR", 45, required=True),
    TemplateColumn("unit", "UNIDAD DE MEDIDA", 18, required=True, choices="units"),
    TemplateColumn("goal-kind", "CLASE DE META", 18, choices="goal-kinds"),
    TemplateColumn("goal", "META FÍSICA", 11, "Un número. Vacía si está por definir."),
    TemplateColumn("footnote", "NOTA AL PIE", 30, "a/ y el texto. Obligatoria con meta 0."),
    TemplateColumn(
        "responsible",
        "RESPONSABLES",
        32,
        "Separadas por «/».",
        choices="institutions",
        strict=False,
    ),
    TemplateColumn(
        "involved",
        "INVOLUCRADAS",
        40,
        "Separadas por «/».",
        choices="institutions",
        strict=False,
    ),
    TemplateColumn("quarter-1", "HITO I", 9, "Avance acumulado al primer trimestre."),
    TemplateColumn("quarter-2", "HITO II", 9, "Acumulado al segundo."),
    TemplateColumn("quarter-3", "HITO III", 9, "Acumulado al tercero."),
    TemplateColumn("quarter-4", "HITO IV", 9, "Acumulado al cuarto; no pasa de la meta."),
    TemplateColumn("counting", "CÓMO SE CUENTA", 24, choices="countings"),
    TemplateColumn("counts-from", "SE CUENTA DESDE", 12, "Lo anterior se informa y no cuenta."),
    TemplateColumn("definition", "DEFINICIÓN", 40),
    TemplateColumn("method", "MÉTODO DE CÁLCULO", 40),
    TemplateColumn("source", "FUENTE", 24),
    TemplateColumn("base-line", "LÍNEA DE BASE", 24, "Con su año: 12 eventos en 2018."),
    TemplateColumn("direction", "SENTIDO ESPERADO", 14, choices="directions"),
)

EXECUTION_COLUMNS = (
    TemplateColumn("code", "CÓDIGO DEL INDICADOR", 13, "1.3.3-1", required=True),
    TemplateColumn("indicator", "INDICADOR", 45, "Solo para leer: no se importa."),
    TemplateColumn("date", "FECHA", 12, "Del evento. Vacía si se declara una cantidad total."),
    TemplateColumn("name", "QUÉ SE REALIZÓ", 40),
    TemplateColumn("region", "REGIÓN", 18, choices="regions"),
    TemplateColumn("place", "LUGAR", 20),
    TemplateColumn("quantity", "CANTIDAD", 11, "0 es un cero declarado.", required=True),
    TemplateColumn("activity", "¿HUBO ACTIVIDAD?", 12, "Con cantidad 0.", choices="yes-no"),
    TemplateColumn("counts", "¿CUENTA PARA LA META?", 13, "Vacía: sí.", choices="yes-no"),
    TemplateColumn("why-not", "POR QUÉ NO CUENTA", 30),
    TemplateColumn("report-number", "INFORME", 24),
    TemplateColumn("wording", "CÓMO SE DICE EN OBSERVACIONES", 40),
    TemplateColumn("key", "CLAVE DEL EVENTO", 24, "La pone el programa; déjela como está."),
)


def template_workbook(year: int, national: NationalPlan, plan: OperatingPlan | None) -> bytes:
    """The template of a year: with what its plan holds, or with the lines to be planned."""
    indicators = list(_indicators(plan)) if plan else []
    rows = [_plan_row(one) for one in indicators] or [_line_row(one) for one in _lines(national)]
    executed = [row for one in indicators for row in _execution_rows(one)]
    return write_form(
        [
            FormSheet("Plan", _columns(PLAN_COLUMNS), rows),
            FormSheet("Ejecución", _columns(EXECUTION_COLUMNS), executed),
        ],
        lists={
            "units": [unit.name for unit in Unit.objects.all()],
            "institutions": [entity.list_name for entity in Entity.objects.all()],
            "regions": list(Region.labels),
            "goal-kinds": list(GoalKind.labels),
            "countings": list(Counting.labels),
            "directions": list(Direction.labels),
            "yes-no": [YES, NO],
        },
        title=f"Plantilla del Plan Operativo Anual {year}",
    )


def _columns(columns: tuple[TemplateColumn, ...]) -> list[FormColumn]:
    return [
        FormColumn(one.heading, one.width, one.hint, one.choices, one.strict) for one in columns
    ]


def _indicators(plan: OperatingPlan) -> Iterable[Indicator]:
    by_event = Contribution.objects.select_related("event").order_by("event__held_on", "event__key")
    indicators = plan.indicators.with_progress().select_related("line__strategy__axis")
    return sorted(
        indicators.prefetch_related(
            Prefetch("participations", Participation.objects.select_related("entity")),
            Prefetch("contributions", by_event),
            "milestones",
        ),
        key=lambda one: (_code(one), one.number),
    )


def _code(indicator: Indicator) -> tuple[int, ...]:
    line = indicator.line
    if line is None:
        return (indicator.objective.number,)  # type: ignore[union-attr]
    return line.strategy.objective.number, line.strategy.number, line.number


def _lines(national: NationalPlan) -> Iterable[ActionLine]:
    return ActionLine.objects.filter(strategy__objective__plan=national).select_related(
        "strategy__objective", "strategy__axis"
    )


def _line_row(line: ActionLine) -> list[Value]:
    strategy = line.strategy
    return [
        strategy.objective.code,
        strategy.objective.name,
        str(strategy.axis),
        strategy.code,
        strategy.name,
        line.code,
        line.name,
        Decimal(1),
    ]


def _plan_row(indicator: Indicator) -> list[Value]:
    if indicator.line:
        place = _line_row(indicator.line)[:-1]
    else:
        objective = indicator.objective
        place = [objective.code, objective.name, *[""] * 5]  # type: ignore[union-attr]
    note = indicator.footnote
    return [
        *place,
        Decimal(indicator.number),
        indicator.name,
        indicator.unit.name,
        indicator.get_goal_kind_display(),
        indicator.goal,
        str(note) if note else "",
        _names(indicator, ParticipationRole.RESPONSIBLE),
        _names(indicator, ParticipationRole.INVOLVED),
        *_technical(indicator),
    ]


def _technical(indicator: Indicator) -> list[Value]:
    reached = {one.quarter: one.goal for one in indicator.milestones.all()}
    return [
        *(reached.get(quarter) for quarter in range(1, 5)),
        indicator.get_counting_display(),
        indicator.counts_from,
        indicator.definition,
        indicator.method,
        indicator.source,
        indicator.base_line,
        indicator.get_direction_display(),
    ]


def _names(indicator: Indicator, role: ParticipationRole) -> str:
    chosen = (one.entity.list_name for one in indicator.participations.all() if one.role == role)
    return "/ ".join(chosen)


def _execution_rows(indicator: Indicator) -> Iterator[list[Value]]:
    """What was declared, and each event; of an indicator without either, a row to fill in."""
    head: list[Value] = [indicator.code, indicator.name]
    execution = getattr(indicator, "execution", None)
    contributions = indicator.contributions.all()
    if (execution and execution.declared is not None) or not contributions:
        declared = execution.declared if execution else None
        activity = _YES_NO[execution.activity_done] if execution else ""
        yield [*head, None, "", "", "", declared, activity if declared is not None else ""]
    for part in contributions:
        event = part.event
        yield [
            *head,
            event.held_on,
            event.name,
            event.get_region_display(),
            event.place,
            part.quantity,
            "",
            _YES_NO[part.counts],
            part.why_not,
            event.report_number,
            part.wording,
            event.key,
        ]
