"""The plan that a workbook proposes against the one that there is."""

from collections.abc import Iterable
from decimal import Decimal

from poa.choices import GoalKind, ParticipationRole
from poa.models import Footnote, Indicator, Milestone, NationalPlan
from poa.plan_import.changes import Changes, FieldChange
from poa.plan_import.execution import ExecutionComparison
from poa.plan_import.existing import Existing
from poa.plan_import.layouts import key
from poa.plan_import.proposal import RESPONSIBLE, Proposal, ProposedIndicator
from poa.plan_import.tree import Tree
from poa.plan_import.words import said
from poa.progress import DASH

MAX_ABBREVIATIONS = 250


class Comparison:
    """Walks the proposal and says to ``changes`` what is new and what differs."""

    def __init__(
        self, existing: Existing, proposal: Proposal, national: NationalPlan, changes: Changes
    ) -> None:
        self.existing, self.proposal = existing, proposal
        self.changes, self.findings = changes, changes.findings
        self.raw = proposal.raw
        self.plan = existing.plan
        self.tree = Tree(existing, proposal.raw, national, changes)
        self.execution = ExecutionComparison(existing, proposal, changes)

    def compare(self) -> None:
        if self.raw.has_plan:
            self._notes()
        for (code, _), one in sorted(self.proposal.indicators.items(), key=lambda pair: pair[0]):
            if self.tree.has_place(code, one):
                self._indicator(one)
        for code, (sheet, cell, text) in self.proposal.remarks.items():
            if code in self.existing.lines:
                self.execution.remarks(self.existing.lines[code], sheet, cell, text)

    # --- Notes below the table ----------------------------------------------------------------

    def _notes(self) -> None:
        for mark, named in self.raw.footnotes.items():
            known = self.existing.footnotes.get(mark)
            if known is None:
                known = Footnote(plan=self.plan, mark=mark, text=named.name)
                self.existing.footnotes[mark] = known
                self.changes.create(known, f"Nota {mark}", named.sheet, named.cell)
            elif self._differs(known.text, named.name):
                field = FieldChange("texto", known.text, named.name)
                known.text = named.name
                self.changes.update(
                    known, f"Nota {mark}", named.sheet, named.cell, ["text"], [field]
                )
        if not self.raw.abbreviations:
            return
        first = self.raw.abbreviations[0]
        text = " ".join(one.name for one in self.raw.abbreviations)
        if len(text) > MAX_ABBREVIATIONS:
            self.findings.warning(
                first.sheet,
                first.cell,
                "El texto debajo de la tabla es demasiado largo para ser las abreviaturas.",
                "No se importa.",
            )
        elif self._differs(self.plan.abbreviations, text):
            field = FieldChange("abreviaturas", self.plan.abbreviations, text)
            self.plan.abbreviations = text
            if self.plan.pk:
                self.changes.update(
                    self.plan, str(self.plan), first.sheet, first.cell, ["abbreviations"], [field]
                )

    def _differs(self, old: str, new: str) -> bool:
        """Once approved, a plan is not another for a full stop more or less."""
        if self.plan.state == "draft":
            return " ".join(old.split()) != " ".join(new.split())
        return key(old) != key(new)

    # --- Indicators ---------------------------------------------------------------------------

    def _indicator(self, one: ProposedIndicator) -> None:
        known = self.existing.indicators.get((one.code, one.number))
        if known is None:
            self._create(one)
            return
        before = len(self.changes.said)
        if self.raw.has_plan:
            self._update(one, known)
        self.execution.quantities(one, known)
        if len(self.changes.said) == before:
            self.changes.unchanged += 1

    def _create(self, one: ProposedIndicator) -> None:
        own = len(one.code) == 1
        kind = one.goal_kind
        if kind is None:
            kind = GoalKind.NOT_DUE if one.goal == 0 else GoalKind.NUMERIC
        indicator = Indicator(
            plan=self.plan,
            objective=self.existing.objectives[one.code[0]] if own else None,
            line=None if own else self.existing.lines[one.code],
            number=one.number,
            name=one.name,
            unit=one.unit,
            goal_kind=kind,
            goal=one.goal,
            footnote=self.existing.footnotes.get(one.mark),
            **one.technical.values,
        )
        self.existing.indicators[one.code, one.number] = indicator
        self.changes.create(indicator, f"Indicador {one.label}", one.source.sheet, one.cell)
        if one.bold_lost:
            self._warn_of_bold(one, one.roles[0][0].list_name)
        if not one.roles:
            self.findings.warning(
                one.source.sheet,
                one.cell,
                "El indicador no tiene instituciones.",
                "Se importa sin responsable: agréguela antes de aprobar el plan.",
            )
        self.changes.take_part(indicator, one.roles)
        self._take_milestones(one, indicator)
        self.execution.quantities(one, indicator)

    def _update(self, one: ProposedIndicator, known: Indicator) -> None:
        columns: list[str] = []
        fields: list[FieldChange] = []

        def change(column: str, label: str, value: object, old: str, new: str) -> None:
            setattr(known, column, value)
            columns.append(column)
            fields.append(FieldChange(label, old, new))

        if self._differs(known.name, one.name):
            change("name", "indicador", one.name, known.name, one.name)
        if one.unit and known.unit_id != one.unit.pk:
            change("unit", "unidad", one.unit, known.unit.name, one.unit.name)
        kind = _kind(one, known)
        footnote = self.existing.footnotes.get(one.mark)
        old, new = _goal_words(known), _words(kind, one.goal, one.mark)
        if known.goal != one.goal:
            change("goal", "meta física", one.goal, old, new)
        if known.goal_kind != kind:
            labels = GoalKind(known.goal_kind).label, kind.label
            change("goal_kind", "clase de meta", kind, *labels)
        if (known.footnote.mark if known.footnote else "") != one.mark:
            mark = known.footnote.mark if known.footnote else DASH
            change("footnote", "nota", footnote, mark, one.mark or DASH)
        self._technical(one, known, columns, fields)
        if field := self._participations(one, known):
            fields.append(field)
        if fields:
            self.changes.update(
                known, f"Indicador {one.label}", one.source.sheet, one.cell, columns, fields
            )

    def _technical(
        self,
        one: ProposedIndicator,
        known: Indicator,
        columns: list[str],
        fields: list[FieldChange],
    ) -> None:
        for column, differs in one.technical.changes(known):
            setattr(known, column, one.technical.values[column])
            columns.append(column)
            fields.append(differs)
        if field := one.technical.quarters(known):
            self.changes.gone += known.milestones.all()
            self._take_milestones(one, known)
            fields.append(field)

    def _take_milestones(self, one: ProposedIndicator, indicator: Indicator) -> None:
        for quarter, goal in one.technical.milestones.items():
            self.changes.create_quietly(Milestone(indicator=indicator, quarter=quarter, goal=goal))

    def _participations(self, one: ProposedIndicator, known: Indicator) -> FieldChange | None:
        there = sorted(known.participations.all(), key=lambda each: each.position)
        mine = [each for each in there if not one.responsible_only or each.role == RESPONSIBLE]
        if "institutions" not in one.source.cells:
            # The template's two columns: responsible ones go first.
            mine.sort(key=lambda each: each.role != RESPONSIBLE)
        old = [(each.entity_id, each.role) for each in mine]
        new = [(entity.pk, str(role)) for entity, role in one.roles]
        if old == new:
            return None
        if (one.bold_lost or len(new) == 1) and [pk for pk, _ in old] == [pk for pk, _ in new]:
            # The sheet lost the bold words; the program did not.
            return None
        if one.bold_lost:
            self._warn_of_bold(one, one.roles[0][0].list_name)
        self.changes.gone += mine
        kept = (each.position for each in there if each not in mine)
        position = max(kept, default=0)
        self.changes.take_part(known, one.roles, after=position)
        return FieldChange(
            "instituciones",
            _listed((each.entity.list_name, each.role) for each in mine),
            _listed((entity.list_name, role) for entity, role in one.roles),
        )

    def _warn_of_bold(self, one: ProposedIndicator, first: str) -> None:
        self.findings.warning(
            one.source.sheet,
            one.source.cells["institutions"],
            "Ninguna institución está en negrita: no se sabe cuál es la responsable.",
            f"Se toma a la primera: {first}.",
        )


def _kind(one: ProposedIndicator, known: Indicator) -> GoalKind:
    """Of a goal whose kind the sheet does not tell, the kind that it has if it can keep it."""
    if one.goal_kind is not None:
        return one.goal_kind
    if known.goal_kind == GoalKind.NOT_DUE and one.mark:
        return GoalKind.NOT_DUE
    if known.goal_kind == GoalKind.TO_BE_DEFINED and one.goal == 0:
        return GoalKind.NOT_DUE
    return GoalKind.NUMERIC


def _goal_words(known: Indicator) -> str:
    mark = known.footnote.mark if known.footnote else ""
    return _words(GoalKind(known.goal_kind), known.goal, mark)


def _words(kind: GoalKind, goal: Decimal | None, mark: str) -> str:
    words = GoalKind.TO_BE_DEFINED.label if goal is None else said(goal)
    return f"{words} {mark}".strip()


def _listed(roles: Iterable[tuple[str, str]]) -> str:
    """«SUNAFIL (responsable), MTPE»."""
    names = [
        f"{name} (responsable)" if role == ParticipationRole.RESPONSIBLE else name
        for name, role in roles
    ]
    return ", ".join(names) or DASH
