"""What an acta says of the operating plan: the text proposed for 4.1.4, and the matrix as an annex.

Both are of the plan that the session evaluates.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from django.db.models import Prefetch, Q, QuerySet

from cnlctf.lib.grid import Block
from poa.choices import ParticipationRole, PlanState
from poa.evaluating.collecting import content_of, figures
from poa.models import Evaluation, Indicator, OperatingPlan, Participation
from poa.plan_matrix import annex_block, annex_heading
from poa.progress import State, Summary
from sessions.annex_sources import Offer
from sessions.annexes import numbered_by_source
from sessions.models import Session
from sessions.proposals import Occasion, Pattern, Proposal

PATTERNS = (
    Pattern(
        "poa-titulo",
        "Plan operativo: título del informe",
        "Sobre la evaluación del cumplimiento de las actividades realizadas del Plan Operativo "
        "Anual {anio} de la {sigla}",
        ("anio", "sigla"),
    ),
    Pattern(
        "poa-cifras",
        "Plan operativo: las tres cifras",
        "Se informó el cumplimiento de metas de las líneas de acción correspondientes al Plan "
        "Operativo Anual {anio}: {alcanzadas} de {total} metas alcanzadas, {avance} de avance "
        "promedio y {con_reporte} de {total} indicadores con reporte.{ver_anexo}",
        ("anio", "alcanzadas", "total", "avance", "con_reporte", "ver_anexo"),
    ),
    Pattern(
        "poa-sin-reporte",
        "Plan operativo: los indicadores sin reporte",
        "Están pendientes de reporte:",
    ),
    Pattern(
        "poa-indicador",
        "Plan operativo: cada indicador sin reporte",
        "{linea}, {indicador}: {instituciones}.",
        ("linea", "indicador", "instituciones"),
    ),
)


def plans_of(session: Session) -> QuerySet[OperatingPlan]:
    """Those that the session evaluates, then that of its year and the one before it.

    A draft is not evaluated.
    """
    year = session.day.year
    plans = OperatingPlan.objects.exclude(state=PlanState.DRAFT)
    return plans.filter(Q(evaluated_in=session) | Q(year__in=[year - 1, year]))


def plan_of(session: Session) -> OperatingPlan | None:
    """That which it evaluates; or else that of the year, or of the year before, by the season.

    Until the end of March a session looks back at the year that ended.
    """
    plans = list(plans_of(session))
    looked_at = session.day - datetime.timedelta(days=90)
    evaluated = [plan for plan in plans if plan.evaluated_in_id == session.pk]
    of_year = [plan for plan in plans if plan.year == looked_at.year]
    return next(iter([*evaluated, *of_year, *plans]), None)


def report(occasion: Occasion) -> Iterator[Proposal]:
    """The three figures together, and the indicators that nobody has reported on, with whom.

    Those of the evaluation that the session sees, where there is one.
    """
    evaluation = evaluations_of(occasion.session).last()
    plan = evaluation.plan if evaluation else plan_of(occasion.session)
    if plan is None:
        return
    indicators = list(
        plan.indicators.of_lines()
        .with_progress()
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("entity"))
        )
    )
    if evaluation:
        content = content_of(evaluation)
        summary = content.figures
        silent = {row.indicator for row in content.rows if row.state == State.NO_REPORT}
    else:
        summary = figures(Summary.of(one.measure for one in indicators))
        silent = {one.pk for one in indicators if one.measure.state == State.NO_REPORT}
    title = occasion.patterns("poa-titulo", anio=plan.year, sigla=occasion.letterhead.acronym)
    if not (title and summary.total):
        return
    numbers = numbered_by_source(occasion.acta)
    number = (evaluation and numbers.get(evaluation.document_name)) or numbers.get(_slug(plan))
    told = occasion.patterns(
        "poa-cifras",
        anio=plan.year,
        alcanzadas=summary.met,
        total=summary.total,
        avance=summary.printed_mean,
        con_reporte=summary.reported,
        ver_anexo=f" Ver anexo {number}." if number else "",
    )
    unreported = [one for one in indicators if one.pk in silent]
    heading = occasion.patterns("poa-sin-reporte") if unreported else ""
    lines = [f"- {words}" for words in (told, heading) if words]
    if heading:
        lines += [f"  - {_named(occasion, one)}" for one in unreported]
    if lines:
        texts = {"title": title, "body": "\n".join(lines)}
        yield Proposal("poa", f"4.1.4. Estado del {plan}", "informe", texts, place=4)


def _named(occasion: Occasion, indicator: Indicator) -> str:
    responsible = [
        one.entity.list_name
        for one in indicator.participations.all()
        if one.role == ParticipationRole.RESPONSIBLE
    ]
    return occasion.patterns(
        "poa-indicador",
        linea=indicator.line.code if indicator.line else "",
        indicador=f"«{indicator.name.rstrip('.')}»",
        instituciones=", ".join(responsible) or "sin institución responsable",
    )


def evaluations_of(session: Session) -> QuerySet[Evaluation]:
    """What the session saw or approves: what was approved in it, and drafts meant for it."""
    return (
        Evaluation.objects.filter(session=session)
        .select_related("plan", "session", "version", "follows__plan")
        .order_by("plan__year", "number")
    )


def evaluations(session: Session) -> Iterator[Offer]:
    """Each as it was frozen; a draft as its data are now, and called so."""
    for one in evaluations_of(session):
        mark = "" if one.is_approved else " (borrador)"
        yield Offer(
            slug=one.document_name,
            name=f"{one}{mark}",
            title=f"{annex_heading(one.plan)}{mark.upper()}",
            build=partial(_evaluation_block, one),
        )


def _evaluation_block(evaluation: Evaluation) -> Block:
    content = content_of(evaluation)
    if not content.is_draft:
        return content.block
    heading = f"{content.block.heading} (BORRADOR)"
    said = "**Borrador:** la comisión todavía no ha aprobado esta evaluación."
    prose = "\n".join(filter(None, [said, content.block.prose]))
    return replace(content.block, heading=heading, prose=prose)


def matrices(session: Session) -> Iterator[Offer]:
    """The matrix of each plan that the session may evaluate, as the commission annexes it."""
    for plan in plans_of(session):
        yield Offer(
            slug=_slug(plan),
            name=f"Matriz de evaluación del {plan}",
            title=annex_heading(plan),
            build=partial(annex_block, plan),
        )


def _slug(plan: OperatingPlan) -> str:
    return f"poa-matriz-{plan.year}"
