"""From the bytes of a workbook to what would change, and then to the change itself."""

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cnlctf.lib import workbook_reading
from cnlctf.lib.workbook_reading import ReadCell, UnreadableWorkbook
from poa.choices import PlanState
from poa.legend import legend_entries
from poa.models import NationalPlan, OperatingPlan
from poa.plan_import.annex import read_annex
from poa.plan_import.catalogue import Catalogue
from poa.plan_import.changes import Action, Change, Changes
from poa.plan_import.comparison import Comparison
from poa.plan_import.events import compare_events
from poa.plan_import.existing import Existing
from poa.plan_import.findings import Finding, Findings, Severity
from poa.plan_import.layouts import ANNEX, PLAN, Layout, find_layout
from poa.plan_import.proposal import propose
from poa.plan_import.raw import RawPlan
from poa.plan_import.template import read_execution, read_plan

# States in which what is done is written down; the plan itself changes only as a draft.
EXECUTING = (PlanState.DRAFT, PlanState.IN_FORCE)


@dataclass
class Preview:
    """What importing the workbook would do; nothing has been written."""

    year: int
    plan: OperatingPlan
    changes: Changes
    findings: Findings

    @property
    def errors(self) -> list[Finding]:
        return self.findings.errors

    @property
    def warnings(self) -> list[Finding]:
        return self.findings.warnings

    @property
    def is_new(self) -> bool:
        return bool(self.changes.new.get(OperatingPlan))

    @property
    def created(self) -> list[Change]:
        return self.changes.of(Action.CREATE)

    @property
    def updated(self) -> list[Change]:
        return self.changes.of(Action.UPDATE)

    @property
    def skipped(self) -> list[Change]:
        return self.changes.of(Action.SKIP)

    @property
    def writes(self) -> bool:
        return self.is_new or bool(self.changes.writes)

    @property
    def summary(self) -> str:
        """«3 registros nuevos y 1 cambiado»."""
        created, updated = len(self.created) + self.is_new, len(self.updated)
        parts = [
            f"{created:,} {'registro nuevo' if created == 1 else 'registros nuevos'}",
            f"{updated:,} {'cambiado' if updated == 1 else 'cambiados'}",
        ]
        return " y ".join(parts)

    @cached_property
    def digest(self) -> str:
        """The same as long as importing would do the same."""
        said = [repr(one) for one in (*self.changes.said, *self.findings.found)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


class Outdated(Exception):  # noqa: N818 - it says what happened
    """The plan changed after the preview: there is another one to read."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hundreds of thousands of cells and rows, none in a cycle: looking for cycles is a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_uncollected()
def preview(content: bytes, year: int) -> Preview:
    """Read, check and compare; UnreadableWorkbook where there is nothing to compare.

    ``content`` has passed ``cnlctf.lib.upload``. ValidationError where the year can have no plan.
    """
    plan, national = _plan(year)
    findings = Findings()
    raw = _read(content, plan, findings)
    proposal = propose(raw, Catalogue.load(), findings)
    changes = Changes(findings)
    if plan.pk is None:
        changes.create_quietly(plan)
    existing = Existing(plan, national)
    Comparison(existing, proposal, national, changes).compare()
    compare_events(raw.events, existing, changes)
    _check_state(plan, changes)
    return Preview(year, plan, changes, findings)


@_uncollected()
@transaction.atomic
def carry_out(content: bytes, year: int, *, digest: str | None = None) -> Preview:
    """Import the workbook, all of it or nothing; a workbook with errors changes nothing.

    Raises Outdated where ``digest`` is not that of the preview any more.
    """
    # Locked, so that nobody approves the plan meanwhile.
    OperatingPlan.objects.select_for_update().filter(year=year).first()
    found = preview(content, year)
    if digest is not None and digest != found.digest:
        raise Outdated
    if found.errors:
        return found
    try:
        with transaction.atomic():
            found.changes.write()
    except IntegrityError:
        found.findings.error(
            "", None, "La base de datos no admite el plan que resulta.", "Nada se importó."
        )
    return found


def _plan(year: int) -> tuple[OperatingPlan, NationalPlan]:
    plan = OperatingPlan.objects.filter(year=year).select_related("national_plan").first()
    if plan:
        return plan, plan.national_plan
    national = NationalPlan.objects.in_force_on(date(year, 12, 31)).first()
    if national is None:
        raise ValidationError(
            f"No hay un plan nacional vigente a fines de {year}: regístrelo antes de importar."
        )
    plan = OperatingPlan(year=year, national_plan=national)
    plan.full_clean(exclude=["national_plan"])
    return plan, national


def _read(content: bytes, plan: OperatingPlan, findings: Findings) -> RawPlan:
    layouts = [
        layout
        for sheet in workbook_reading.read(content)
        if (layout := find_layout(sheet)) is not None
    ]
    if not layouts:
        raise UnreadableWorkbook(
            "En el libro no se encuentra ninguna tabla con los encabezados del Anexo 1 ni de la "
            "plantilla del programa."
        )
    raw = RawPlan()
    wordings = [entry.wording for entry in legend_entries(plan)]
    for layout in layouts:
        if layout.missing:
            _say_missing(layout, findings)
            continue
        _check_formulas(layout, findings)
        if layout.kind == ANNEX:
            read_annex(layout, raw, findings, legend=wordings, year=plan.year)
        elif layout.kind == PLAN:
            read_plan(layout, raw, findings)
        else:
            read_execution(layout, raw)
        for cell in layout.unknown:
            findings.warning(
                layout.sheet.title,
                cell,
                "La columna no es de las del plan.",
                "No se importa.",
            )
    return raw


def _say_missing(layout: Layout, findings: Findings) -> None:
    names = ", ".join(f"«{heading}»" for heading in layout.missing_headings)
    findings.error(
        layout.sheet.title,
        None,
        f"Faltan las columnas {names}.",
        "Compare los encabezados con los de la plantilla.",
    )


def _check_formulas(layout: Layout, findings: Findings) -> None:
    """A value that was computed is taken as it was saved; one that failed is no value."""
    columns = {column: name for name, column in layout.columns.items()}
    formulas: Counter[int] = Counter()
    first: dict[int, ReadCell] = {}
    title = layout.sheet.title
    for number, row in layout.sheet.rows.items():
        if number < layout.body:
            continue
        for column, cell in row.items():
            if column not in columns or not (cell.is_formula or cell.error):
                continue
            if cell.error:
                findings.error(
                    title, cell, "La celda tiene un error de Excel.", "Escriba el valor."
                )
            elif cell.value == "":
                findings.error(
                    title,
                    cell,
                    "La fórmula no tiene un valor guardado.",
                    "Ábralo en Excel y guárdelo, o escriba el valor en lugar de la fórmula.",
                )
            else:
                formulas[column] += 1
                first.setdefault(column, cell)
    for column, count in formulas.items():
        many = "una fórmula" if count == 1 else f"{count:,} fórmulas"
        findings.warning(
            title,
            first[column],
            f"Hay {many} en la columna en lugar de valores.",
            "Se toma el valor que Excel guardó; la fórmula no se calcula.",
        )


def _check_state(plan: OperatingPlan, changes: Changes) -> None:
    """An approved plan changes by adjustments with their reason, never by a workbook."""
    state = PlanState(plan.state)
    for one in changes.writes:
        if one.of_plan and state != PlanState.DRAFT:
            problem = f"El POA {plan.year} está «{state.label.lower()}» y cambiaría: {one.what}"
            mend = (
                "Un plan aprobado cambia por ajustes con su motivo: quite la diferencia del libro."
            )
        elif not one.of_plan and state not in EXECUTING:
            problem = f"El POA {plan.year} está «{state.label.lower()}» y cambiaría: {one.what}"
            mend = "La ejecución se importa mientras el plan está vigente."
        else:
            continue
        differs = "; ".join(f"{each.label}: {each.old} → {each.new}" for each in one.fields)
        changes.findings.found.append(_error_at(one, f"{problem} ({differs or 'es nuevo'}).", mend))


def _error_at(change: Change, problem: str, mend: str) -> Finding:
    return Finding(Severity.ERROR, change.sheet, change.cell, "", problem, mend)
