"""An evaluation from the plan's data as of its cut-off date: only what was done by then counts."""

import datetime
from dataclasses import replace

from cnlctf.lib.frozen import thaw
from cnlctf.lib.grid import Block
from poa.choices import EvaluationKind, GoalKind, NoReportCause
from poa.evaluating.content import EvaluatedRow, EvaluationContent, Figures, changes
from poa.legend import legend_entries, wordings
from poa.models import Evaluation, Indicator, OperatingPlan
from poa.models.version import goal_of
from poa.plan_content import quantity_text
from poa.plan_matrix import annex_heading, plan_legend, plan_notes, plan_parts, plan_table
from poa.progress import Measure, State, Summary
from poa.reporting.causes import no_report_causes
from sessions.acta_document import heading_of, letterhead_on


def content_of(evaluation: Evaluation) -> EvaluationContent:
    """What an approved one was frozen with; of a draft, what the data say now."""
    return published(evaluation) if evaluation.is_approved else collect(evaluation)


def published(evaluation: Evaluation) -> EvaluationContent:
    return thaw(evaluation.document.data, EvaluationContent)  # type: ignore[union-attr]


def collect(evaluation: Evaluation) -> EvaluationContent:
    """In a number of queries that does not grow with the plan.

    Raise ValidationError where no letterhead is in force.
    """
    plan, on = evaluation.plan, evaluation.cut_off_on
    session = evaluation.session
    version = evaluation.version or plan.versions.without_content().last()
    parts = plan_parts(plan, on=on)
    indicators = [one for part in parts for one in part.indicators]
    content = EvaluationContent(
        title=str(evaluation),
        kind=EvaluationKind(evaluation.kind),
        is_draft=not evaluation.is_approved,
        heading=heading_of(
            letterhead_on(
                session.day if session else on, "No hay membrete vigente en la fecha de corte."
            )
        ),
        year=plan.year,
        cut_off_on=on,
        session=session.long_name if session else "",
        version=version.number if version else None,
        follows=str(evaluation.follows or ""),
        reasons=evaluation.reasons,
        figures=figures(Summary.of(one.measure for one in indicators)),
        rows=tuple(_rows(plan, indicators, on)),
        block=Block(
            heading=annex_heading(plan),
            prose=evaluation.introduction,
            table=plan_table(plan, parts, on),
            legend=plan_legend(plan, on),
            notes=plan_notes(plan),
        ),
        colours={entry.state: entry.colour for entry in legend_entries(plan, on)},
    )
    if evaluation.follows:
        before = published(evaluation.follows)
        content = replace(content, changes=tuple(changes(before, content)))
    return content


def figures(summary: Summary) -> Figures:
    return Figures(summary.met, summary.total, str(summary.printed_mean), summary.reported)


def _rows(
    plan: OperatingPlan, indicators: list[Indicator], on: datetime.date
) -> list[EvaluatedRow]:
    words = wordings(plan, on)
    causes = no_report_causes(plan, indicators, on)
    return [_row(one, words, causes.get(one.pk)) for one in indicators]


def _row(
    indicator: Indicator, words: dict[State, str], cause: NoReportCause | None
) -> EvaluatedRow:
    measure = indicator.measure
    return EvaluatedRow(
        indicator=indicator.pk,
        code=indicator.code,
        place=indicator.place,
        name=indicator.name,
        unit=indicator.unit.name,
        goal=str(goal_of(indicator)),
        executed="" if indicator.executed is None else quantity_text(indicator.executed),
        percent=str(measure.printed_percent),
        state=measure.state,
        wording=words[measure.state],
        cause=str(cause.label) if cause else "",
        why=why(indicator, cause),
    )


def why(indicator: Indicator, cause: NoReportCause | None) -> str:
    """The reason of its colour, with the figures: «Ejecutado: 21 de 80 personas (26 %). …»."""
    measure = indicator.measure
    if measure.state == State.NOT_APPLICABLE:
        if indicator.goal_kind == GoalKind.TO_BE_DEFINED or not indicator.footnote:
            return "No tiene una meta con la cual compararse: está por definir."
        return f"No tiene meta exigible este año. {indicator.footnote}"
    if indicator.executed is None or indicator.goal is None:
        return f"Sin reporte: {str(cause.label).lower() if cause else 'no se pidió'}."
    unit = indicator.unit.name if indicator.goal == 1 else indicator.unit.plural
    done, goal = quantity_text(indicator.executed), quantity_text(indicator.goal)
    what = f"{done} de {goal} {unit.lower()} ({measure.printed_percent})"
    return f"Ejecutado: {what}. {_verdict(measure)}"


def _verdict(measure: Measure) -> str:
    match measure.state:
        case State.MET if measure.executed == measure.goal:
            return "La meta se alcanzó."
        case State.MET:
            return "La meta se superó."
        case State.NOT_DONE:
            return "No consta que se realizara actividad."
        case _ if measure.executed:
            return "Hubo actividad y la meta no se alcanzó."
    return "La meta no avanzó, pero se declaró que hubo actividad."
