"""The plan that a workbook proposes: each row understood and checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from cnlctf.lib.workbook_reading import ReadCell, address
from members.models import Entity
from poa.choices import GoalKind, ParticipationRole
from poa.models import Unit
from poa.models.milestone import check_milestones
from poa.plan_import.catalogue import GOAL_KINDS, Catalogue
from poa.plan_import.cells import institution_names, percentages, quantity, shape_state, words
from poa.plan_import.findings import Findings
from poa.plan_import.layouts import key
from poa.plan_import.raw import Code, Named, RawIndicator, RawPlan, dotted
from poa.plan_import.technical import QUARTERS, Technical, technical
from poa.plan_import.words import said
from poa.progress import State, percent, printed_percent

RESPONSIBLE, INVOLVED = ParticipationRole.RESPONSIBLE, ParticipationRole.INVOLVED
# «12.3 %» and «12 %» are both said of 12.31 %.
ROUNDING = Decimal(1)
PLACES = Decimal("0.01")
MOST = Decimal(10) ** 10


@dataclass
class ProposedIndicator:
    """``goal_kind`` is None where the sheet does not tell; ``roles`` are in the printed order.

    ``responsible_only``: the sheet lists no others, as the annex of an objective's own.
    ``bold_lost``: who is responsible is a guess.
    """

    source: RawIndicator
    code: Code
    number: int
    name: str
    unit: Unit | None = None
    goal_kind: GoalKind | None = None
    goal: Decimal | None = None
    mark: str = ""
    roles: list[tuple[Entity, ParticipationRole]] = field(default_factory=list)
    responsible_only: bool = False
    bold_lost: bool = False
    executed: Decimal | None = None
    activity: bool | None = None
    technical: Technical = field(default_factory=Technical)

    @property
    def label(self) -> str:
        return f"{dotted(self.code)}-{self.number}"

    @property
    def cell(self) -> ReadCell:
        return self.source.cells["name"]

    def same_as(self, other: "ProposedIndicator") -> bool:
        return (
            key(self.name) == key(other.name)
            and (self.unit, self.goal, self.executed) == (other.unit, other.goal, other.executed)
            and [one for one, _ in self.roles] == [one for one, _ in other.roles]
        )


@dataclass
class Proposal:
    raw: RawPlan
    indicators: dict[tuple[Code, int], ProposedIndicator] = field(default_factory=dict)
    remarks: dict[Code, tuple[str, ReadCell, str]] = field(default_factory=dict)


def propose(raw: RawPlan, catalogue: Catalogue, findings: Findings) -> Proposal:
    proposal = Proposal(raw)
    for row in raw.indicators:
        one = _Row(row, raw, catalogue, findings).understood()
        if one is not None:
            _add(proposal, one, findings)
    for code, cells in raw.remarks.items():
        _remarks(proposal, code, cells, findings)
    _check_footnotes(proposal, findings)
    return proposal


def _add(proposal: Proposal, one: ProposedIndicator, findings: Findings) -> None:
    """A row that says again what another said is named, and counted once."""
    known = proposal.indicators.setdefault((one.code, one.number), one)
    if known is one:
        return
    sheet, first = known.source.sheet, address(known.cell.row, known.cell.column)
    where = first if sheet == one.source.sheet else f"{sheet}!{first}"
    if known.same_as(one):
        findings.warning(
            one.source.sheet,
            one.cell,
            f"Repetida: ¿es la misma que la de {where}?",
            f"Se importa una sola vez como indicador {one.label}.",
        )
    else:
        findings.error(
            one.source.sheet,
            one.cell,
            f"El indicador {one.label} ya está en {where}, con otros datos.",
            "Deje una sola de las dos filas, o corrija su código o su número.",
        )


def _remarks(
    proposal: Proposal, code: Code, cells: list[tuple[str, ReadCell]], findings: Findings
) -> None:
    """All the passages of a line; what a repeated row repeats is left out."""
    (sheet, first), *others = cells
    texts = [clean_lines(first.text)]
    for other_sheet, cell in others:
        text = clean_lines(cell.text)
        before = key(" ".join(texts))
        if key(text) in before:
            continue
        if before in key(text):
            texts = [text]
            continue
        texts.append(text)
        if cell.row - first.row > 1:
            findings.warning(
                other_sheet,
                cell,
                f"La línea {dotted(code)} ya tiene otras observaciones más arriba.",
                "Se conservan las dos.",
            )
    proposal.remarks[code] = sheet, first, "\n".join(texts)


def clean_lines(text: str) -> str:
    """Line by line, without blank ones nor spaces at their ends."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _check_footnotes(proposal: Proposal, findings: Findings) -> None:
    raw = proposal.raw
    for one in proposal.indicators.values():
        if one.mark and one.mark not in raw.footnotes:
            findings.error(
                one.source.sheet,
                one.source.cells.get("goal"),
                f"La meta lleva la nota «{one.mark}» y el libro no dice su texto.",
                f"Escriba debajo de la tabla «{one.mark} …».",
            )


class _Row:
    """One indicator's cells, each tried by itself: all of its problems are said at once."""

    def __init__(
        self, row: RawIndicator, raw: RawPlan, catalogue: Catalogue, findings: Findings
    ) -> None:
        self.row, self.raw, self.catalogue, self.findings = row, raw, catalogue, findings
        self.cells = row.cells

    def understood(self) -> ProposedIndicator | None:
        before = len(self.findings.errors)
        one = ProposedIndicator(self.row, self.row.code, self.row.number or 1, self.row.name)
        self._unit(one)
        self._goal(one)
        self._institutions(one)
        self._execution(one)
        self._technical(one)
        return None if len(self.findings.errors) > before else one

    def _error(self, what: str, problem: str, mend: str = "") -> None:
        cell = self.cells.get(what) or self.cells["name"]
        self.findings.error(self.row.sheet, cell, problem, mend)

    def _warning(self, what: str, problem: str, mend: str = "") -> None:
        cell = self.cells.get(what) or self.cells["name"]
        self.findings.warning(self.row.sheet, cell, problem, mend)

    def _unit(self, one: ProposedIndicator) -> None:
        cell = self.cells.get("unit")
        if cell is None:
            self._error("unit", "Falta la unidad de medida.", "Escríbala a su derecha.")
            return
        one.unit = self.catalogue.unit(words(cell))
        if one.unit is None:
            mend = self.catalogue.like_unit(words(cell))
            self._error("unit", f"No hay una unidad de medida «{words(cell)}».", mend)

    def _goal(self, one: ProposedIndicator) -> None:
        cell = self.cells.get("goal")
        kind = self.cells.get("kind")
        if kind:
            one.goal_kind = GOAL_KINDS.get(key(words(kind)))
            if one.goal_kind is None:
                self._error("kind", "No es una clase de meta.", "Elíjala de la lista.")
        if cell is None and one.goal_kind != GoalKind.TO_BE_DEFINED:
            self._error("goal", "Falta la meta física.", "Escríbala, o «Por definir».")
            return
        if cell:
            before = len(self.findings.errors)
            one.goal, one.mark = self._number("goal")
            if len(self.findings.errors) > before or (cell.is_formula and not words(cell)):
                return
            if one.goal is None and not words(cell).casefold().startswith("por definir"):
                self._error("goal", "La meta no se entiende.", "Escriba un número o «Por definir».")
        self._note(one)
        if one.goal is None:
            one.goal_kind = GoalKind.TO_BE_DEFINED
        elif one.goal == 0 and not one.mark:
            self._error(
                "goal",
                "Una meta 0 lleva una nota al pie que la explica.",
                "Escriba «0 a/» y la nota debajo de la tabla, o corrija la meta.",
            )

    def _note(self, one: ProposedIndicator) -> None:
        """The template's own column: «a/ Desde el año 2020.»."""
        cell = self.cells.get("footnote")
        if cell is None:
            return
        mark, _, text = words(cell).partition(" ")
        if not mark.endswith(("/", ")")) or len(mark) > 5:
            self._error("footnote", "La nota no empieza con su llamada.", "Escriba «a/ …».")
            return
        one.mark = mark
        if text:
            self.raw.footnotes.setdefault(mark, Named(self.row.sheet, cell, text))

    def _number(self, what: str) -> tuple[Decimal | None, str]:
        """A quantity, 0 or more, with two decimals at most."""
        cell = self.cells.get(what)
        if cell is None:
            return None, ""
        try:
            number, mark = quantity(cell)
        except ValueError as error:
            self._error(what, f"El valor {error}.", "Escriba solo la cantidad: 1234.50.")
            return None, ""
        if number is None:
            return None, mark
        if number < 0:
            self._error(what, "La cantidad es negativa.", "Escriba 0 o más.")
        elif number >= MOST:
            self._error(what, "La cantidad es demasiado grande.", "Revise cuántas cifras tiene.")
        elif number != number.quantize(PLACES):
            self._error(what, "La cantidad tiene más de dos decimales.", "Redondéela.")
        else:
            return number, mark
        return None, mark

    # --- Institutions -------------------------------------------------------------------------

    def _institutions(self, one: ProposedIndicator) -> None:
        if cell := self.cells.get("institutions"):
            self._listed(one, cell)
        else:
            for what, role in (("responsible", RESPONSIBLE), ("involved", INVOLVED)):
                if cell := self.cells.get(what):
                    one.roles += [(entity, role) for entity, _ in self._entities(what, cell)]
            one.responsible_only = len(one.code) == 1 and "involved" not in self.cells
        once: dict[int, tuple[Entity, ParticipationRole]] = {}
        for entity, role in one.roles:
            if entity.pk in once:
                self._warning("institutions", f"{entity.list_name} está dos veces.", "Va una vez.")
            once.setdefault(entity.pk, (entity, role))
        one.roles = list(once.values())
        one.roles = list(
            {entity.pk: (entity, role) for entity, role in reversed(one.roles)}.values()
        )
        one.roles.reverse()

    def _listed(self, one: ProposedIndicator, cell: ReadCell) -> None:
        """Responsible ones are bold; where no name is, the first one."""
        found = list(self._entities("institutions", cell))
        if not any(bold for _, bold in found) and found:
            if len(found) > 1:
                one.bold_lost = True
            found[0] = found[0][0], True
        one.roles = [(entity, RESPONSIBLE if bold else INVOLVED) for entity, bold in found]

    def _entities(self, what: str, cell: ReadCell) -> Iterable[tuple[Entity, bool]]:
        for name, bold in institution_names(cell):
            entity = self.catalogue.entity(name)
            if entity is None:
                mend = self.catalogue.like_entity(name)
                self._error(what, f"No hay una institución «{name[:80]}».", mend)
            else:
                yield entity, bold

    # --- Technical sheet ----------------------------------------------------------------------

    def _technical(self, one: ProposedIndicator) -> None:
        one.technical = technical(self.cells, self._error)
        told = {number: self._number(what)[0] for what, number in QUARTERS.items()}
        goals = {number: goal for number, goal in told.items() if goal is not None}
        try:
            check_milestones([goals.get(number) for number in QUARTERS.values()], one.goal)
        except ValidationError as error:
            self._error("quarter-1", " ".join(error.messages), "Corríjalos.")
        one.technical.milestones = goals

    # --- Execution ----------------------------------------------------------------------------

    def _execution(self, one: ProposedIndicator) -> None:
        one.executed, _ = self._number("executed")
        try:
            shares = {
                what: percentages(self.cells[what])
                for what in ("percent", "pending-percent")
                if what in self.cells
            }
        except ValueError as error:
            cell = "percent" if "percent" in self.cells else "pending-percent"
            self._error(cell, f"El valor {error}.", "Escriba el porcentaje: 26 %.")
            return
        pending, _ = self._number("pending")
        self._told_by_shape(one)
        due = one.goal if one.goal and one.goal_kind != GoalKind.NOT_DUE else None
        if one.executed is None and "executed" in self.cells:
            return
        if one.executed is None:
            if shares.get("percent") or pending is not None:
                self._error(
                    "percent",
                    "Hay un porcentaje o un pendiente sin la cantidad ejecutada.",
                    "Escriba lo ejecutado, o borre lo demás.",
                )
            return
        if not due:
            return
        exact = percent(one.executed, due)
        assert exact is not None  # noqa: S101 - both are numbers, and the goal is not 0
        figures = f"{said(one.executed)}/{said(due)}"
        found = shares.get("percent")
        if found and not any(abs(share - exact) < ROUNDING for share in found):
            self._error(
                "percent",
                f"{_share(found)} no coincide con {figures}.",
                f"Debe decir {printed_percent(one.executed, due)}, o corrija meta o ejecución.",
            )
        rest = max(due - one.executed, Decimal(0))
        if pending is not None and pending != rest:
            self._error(
                "pending",
                f"El pendiente {said(pending)} no coincide con {figures}.",
                f"Debe decir {said(rest)}.",
            )
        left, lacking = shares.get("pending-percent"), max(100 - exact, Decimal(0))
        if left and not any(abs(share - lacking) < ROUNDING for share in left):
            self._error("pending-percent", f"{_share(left)} pendiente no coincide con {figures}.")

    def _told_by_shape(self, one: ProposedIndicator) -> None:
        cell = self.cells.get("percent")
        state = shape_state(cell) if cell else None
        if state == State.NOT_APPLICABLE and one.goal and one.goal_kind is None:
            one.goal_kind = GoalKind.NOT_DUE
        elif one.executed == 0 and state in (State.ACTIVE, State.NOT_DONE):
            one.activity = state == State.ACTIVE


def _share(found: Iterable[Decimal]) -> str:
    *_, last = found
    return f"{said(last)} %"
