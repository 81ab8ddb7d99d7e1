"""Which goals of a plan the next one should look at again, each with its reason and evidence.

MINAM asked for it: the plan should be more ambitious, and not only train (seed L108).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from cnlctf.lib.folding import fold
from poa.models import Indicator, OperatingPlan
from poa.progress import NO_BREAK_SPACE, Quantity, State
from poa.standing import Standing, standings

# More than so many per cent of its goal: the goal was low. The commission's figure for this report,
# as is the next; the page takes others in its address.
PASSED_BY = 150
# The same goal so many years running, this one included.
UNCHANGED_YEARS = 2
# How a line begins to be called that only trains or raises awareness (seed L210–221), unaccented.
TRAINING = ("capacit", "sensibiliz", "taller", "charla", "curso", "formacion")

# An indicator is the same one as another year's of its line, unit and number.
Same = tuple[int | None, int, int]


@dataclass(frozen=True)
class Past:
    """What another year's plan had of the same indicator; ``goal`` None while it was not due."""

    year: int
    goal: Quantity | None
    reported: bool


@dataclass(frozen=True)
class Finding:
    """``evidence`` is what the plans themselves say."""

    standing: Standing
    evidence: str


@dataclass(frozen=True)
class Reason:
    """``word`` names it in the page's address."""

    word: str
    title: str
    why: str
    findings: list[Finding]


@dataclass(frozen=True)
class _Named:
    line: str
    name: str
    same: Same


def reasons(
    plan: OperatingPlan,
    plans: QuerySet[OperatingPlan],
    *,
    passed_by: int = PASSED_BY,
    years: int = UNCHANGED_YEARS,
) -> list[Reason]:
    """The plan beside those of the ``years`` before, as far as they are among ``plans``.

    In four queries.
    """
    due = [one for one in standings(plan) if one.measure.due_goal is not None]
    named = _named(plan)
    since = range(plan.year - years + 1, plan.year)
    past = _past(plans.filter(year__in=since))
    before = {one.pk: past.get(named[one.pk].same, []) for one in due}

    def found(evidence_of: Callable[[Standing], str]) -> list[Finding]:
        both = ((one, evidence_of(one)) for one in due)
        return [Finding(one, evidence) for one, evidence in both if evidence]

    return [
        Reason(
            "superadas",
            f"Pasaron el {passed_by}{NO_BREAK_SPACE}% de su meta",
            "Una meta que se pasa por tanto se fijó por debajo de lo que se podía hacer.",
            found(lambda one: _passed(one, passed_by)),
        ),
        Reason(
            "sin-reporte",
            "Nunca reportadas",
            "De lo que nadie informa no se sabe si la meta es alta o baja: falta quien responda.",
            found(lambda one: _never_reported(plan, one, before[one.pk])),
        ),
        Reason(
            "sin-cambio",
            f"Sin cambio en {years} años",
            "La misma meta año tras año no lleva más lejos.",
            found(lambda one: _unchanged(one, before[one.pk], since)),
        ),
        Reason(
            "solo-capacitacion",
            "Solo capacitación o sensibilización",
            "Lo que se mide es haber enseñado, no lo que cambió con ello.",
            found(lambda one: _only_training(named[one.pk])),
        ),
    ]


# --- Evidence: empty where there is none ----------------------------------------------------


def _passed(one: Standing, passed_by: int) -> str:
    if (one.measure.percent or 0) <= passed_by:
        return ""
    return (
        f"Ejecutado {_number(one.measure.executed)} de {_number(one.measure.goal)}: "
        f"{one.measure.printed_percent}."
    )


def _never_reported(plan: OperatingPlan, one: Standing, before: Iterable[Past]) -> str:
    if one.measure.state != State.NO_REPORT or any(then.reported for then in before):
        return ""
    silent = [str(then.year) for then in before if then.goal is not None]
    return f"Sin reporte en {' ni en '.join([str(plan.year), *silent])}."


def _unchanged(one: Standing, before: Iterable[Past], since: Iterable[int]) -> str:
    goals = {then.year: then.goal for then in before}
    if any(goals.get(year) != one.measure.due_goal for year in since):
        return ""
    first = min(since, default=None)
    return f"Meta de {_number(one.measure.goal)} desde {first}." if first else ""


def _only_training(named: _Named) -> str:
    """Both the line and what is measured of it speak of training."""
    texts = (fold(named.line) or "", fold(named.name) or "")
    trains = all(any(root in text for root in TRAINING) for text in texts)
    return f"La línea: «{named.line}»" if trains else ""


def _number(quantity: Quantity | None) -> str:
    return f"{quantity or 0:,.2f}".removesuffix(".00")


# --- What is read ---------------------------------------------------------------------------


def _named(plan: OperatingPlan) -> Mapping[int, _Named]:
    rows = plan.indicators.filter(line__isnull=False).values_list(
        "pk", "line__name", "name", "line", "unit", "number"
    )
    return {pk: _Named(line, name, tuple(same)) for pk, line, name, *same in rows}  # type: ignore[arg-type]


def _past(plans: QuerySet[OperatingPlan]) -> dict[Same, list[Past]]:
    """The nearest year first."""
    past: dict[Same, list[Past]] = {}
    indicators = (
        Indicator.objects.filter(plan__in=plans, line__isnull=False)
        .with_executed()
        .annotate(year=F("plan__year"))
        .order_by("-year")
    )
    for one in indicators:
        past.setdefault((one.line_id, one.unit_id, one.number), []).append(
            Past(one.year, one.measure.due_goal, one.measure.reported)  # type: ignore[attr-defined]
        )
    return past
