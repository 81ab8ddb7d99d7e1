"""The national plan's tree, with the branches that a workbook needs and it does not have."""

from poa.models import ActionLine, Axis, NationalPlan, Objective, Strategy
from poa.plan_import.changes import Changes
from poa.plan_import.existing import Existing
from poa.plan_import.layouts import key
from poa.plan_import.proposal import ProposedIndicator
from poa.plan_import.raw import Code, Named, RawPlan, dotted
from poa.plan_import.words import shortened

_PREFIXES = {1: "OE", 2: "E", 3: "LA"}


class Tree:
    """Finds the place of each indicator, and says to ``changes`` which places are new."""

    def __init__(
        self, existing: Existing, raw: RawPlan, national: NationalPlan, changes: Changes
    ) -> None:
        self.existing, self.raw, self.national = existing, raw, national
        self.changes, self.findings = changes, changes.findings

    def has_place(self, code: Code, one: ProposedIndicator) -> bool:
        """Whether the tree has the place for an indicator, made from the workbook if need be."""
        place = self._objective(code[:1], one)
        if len(code) == 3:
            place = place and self._strategy(code[:2], one) and self._line(code, one)
        return place

    def _objective(self, code: Code, one: ProposedIndicator) -> bool:
        known = self.existing.objectives.get(code[0])
        if known is None:
            named = self._named(code, one)
            if named is None:
                return False
            known = Objective(plan=self.national, number=code[0], name=named.name)
            self.existing.objectives[code[0]] = known
            self.changes.create(known, f"Objetivo {known.code}", named.sheet, named.cell)
        else:
            self._same_name(code, known)
        return True

    def _strategy(self, code: Code, one: ProposedIndicator) -> bool:
        known = self.existing.strategies.get(code)
        if known is not None:
            self._same_name(code, known)
            return True
        named = self._named(code, one)
        axis = self._axis(code, one) if named else None
        if named is None or axis is None:
            return False
        objective = self.existing.objectives[code[0]]
        known = Strategy(objective=objective, axis=axis, number=code[1], name=named.name)
        self.existing.strategies[code] = known
        self.changes.create(known, f"Estrategia {known.code}", named.sheet, named.cell)
        return True

    def _axis(self, code: Code, one: ProposedIndicator) -> Axis | None:
        number = self.raw.axis_of.get(code)
        known = self.existing.axes.get(number) if number else None
        if known or number is None:
            if known is None:
                self._missing(code, one, f"No se sabe de qué eje es E {dotted(code)}.")
            return known
        named = self.raw.axes.get(number)
        if named is None:
            self._missing(code, one, f"El eje EE {number} no está en el plan nacional.")
            return None
        known = Axis(plan=self.national, number=number, name=named.name)
        self.existing.axes[number] = known
        self.changes.create(known, f"Eje {known.code}", named.sheet, named.cell)
        return known

    def _line(self, code: Code, one: ProposedIndicator) -> bool:
        known = self.existing.lines.get(code)
        if known is None:
            named = self._named(code, one)
            if named is None:
                return False
            strategy = self.existing.strategies[code[:2]]
            known = ActionLine(strategy=strategy, number=code[2], name=named.name)
            self.existing.lines[code] = known
            self.changes.create(known, f"Línea de acción {known.code}", named.sheet, named.cell)
        else:
            self._same_name(code, known)
        return True

    def _named(self, code: Code, one: ProposedIndicator) -> Named | None:
        named = self.raw.nodes.get(code)
        if named is None:
            what = f"{_PREFIXES[len(code)]} {dotted(code)}"
            self._missing(
                code, one, f"{what} no está en el plan nacional ni el libro dice su nombre."
            )
        return named

    def _missing(self, code: Code, one: ProposedIndicator, problem: str) -> None:
        self.findings.error(
            one.source.sheet,
            one.cell,
            problem,
            "Agregue al libro su código y su nombre, o regístrelo antes en el plan nacional.",
        )

    def _same_name(self, code: Code, known: Objective | Strategy | ActionLine) -> None:
        """The national plan was approved by a norm: a year's workbook does not reword it."""
        named = self.raw.nodes.pop(code, None)
        if named and key(named.name) != key(known.name):
            self.findings.warning(
                named.sheet,
                named.cell,
                f"{known.code} dice otra cosa en el plan nacional: «{shortened(known.name)}».",
                "Se conserva el texto del plan nacional.",
            )
