"""What a workbook in the annex's layout says was done, against what is registered."""

from cnlctf.lib.text import escape, to_plain
from cnlctf.lib.workbook_reading import ReadCell
from poa.choices import GoalKind, ObservationLayout
from poa.models import ActionLine, Execution, Indicator, Observation
from poa.plan_import.changes import Changes, FieldChange
from poa.plan_import.existing import Existing
from poa.plan_import.proposal import Proposal, ProposedIndicator, clean_lines
from poa.plan_import.words import said, shortened


class ExecutionComparison:
    def __init__(self, existing: Existing, proposal: Proposal, changes: Changes) -> None:
        self.existing, self.proposal, self.changes = existing, proposal, changes
        self.findings = changes.findings
        self.plan = existing.plan

    def quantities(self, one: ProposedIndicator, known: Indicator) -> None:
        was = known.executed if known.pk else None
        execution = getattr(known, "execution", None) if known.pk else None
        if one.executed is None:
            if was is not None and self.proposal.raw.has_figures:
                self.changes.skip(
                    f"Ejecución de {one.label}",
                    one.source.sheet,
                    one.cell,
                    f"El libro no trae lo ejecutado: se conserva {said(was)}.",
                    of_plan=False,
                )
            return
        activity = one.activity if was == one.executed else self._activity(one, execution)
        done = execution.activity_done if execution else None
        same_activity = activity is None or bool(activity) == bool(done)
        if was == one.executed and same_activity:
            return
        fields = []
        if was != one.executed:
            fields.append(FieldChange("ejecutado", said(was), said(one.executed)))
            declared = execution.declared if execution else None
            if was is not None and declared is None:
                self.findings.warning(
                    one.source.sheet,
                    one.source.cells["executed"],
                    f"Los eventos registrados suman {said(was)}.",
                    f"Se declara {said(one.executed)}, que vale más que la suma.",
                )
        if not same_activity:
            fields.append(FieldChange("¿hubo actividad?", said(done), said(activity)))
        what, cell = f"Ejecución de {one.label}", one.source.cells["executed"]
        if execution is None:
            execution = Execution(indicator=known, declared=one.executed, activity_done=activity)
            self.changes.create(execution, what, one.source.sheet, cell, of_plan=False)
            return
        if was != one.executed:
            execution.declared, execution.no_report_cause = one.executed, ""
        if not same_activity:
            execution.activity_done = activity
        self.changes.update(
            execution,
            what,
            one.source.sheet,
            cell,
            ["declared", "activity_done", "no_report_cause"],
            fields,
            of_plan=False,
        )

    def _activity(self, one: ProposedIndicator, execution: Execution | None) -> bool | None:
        """With 0 executed, whether something was done: its shape tells, or its remarks suggest."""
        if one.executed != 0 or one.activity is not None:
            return one.activity
        if execution and execution.activity_done is not None:
            return None
        due = one.goal and one.goal_kind != GoalKind.NOT_DUE
        if one.code in self.proposal.remarks and due:
            self.findings.warning(
                one.source.sheet,
                one.source.cells["executed"],
                "Con 0 ejecutado, el libro no dice si se realizó actividad.",
                "Se entiende que sí, porque la línea tiene observaciones.",
            )
            return True
        return None

    def remarks(self, line: ActionLine, sheet: str, cell: ReadCell, text: str) -> None:
        what = f"Observaciones de {line.code}"
        passages = self.existing.observations.get(line.pk, []) if line.pk else []
        was = clean_lines(to_plain(self.existing.remarks.get(line.pk, ""))) if passages else ""
        if was == text:
            return
        if not was:
            taken = max((one.position for one in passages), default=0)
            passage = Observation(
                plan=self.plan, line=line, position=taken + 1, preface=escape(text)
            )
            self.changes.create(passage, what, sheet, cell, of_plan=False)
        elif _is_plain(passages):
            passages[0].preface = escape(text)
            field = FieldChange("observaciones", shortened(was), shortened(text))
            self.changes.update(passages[0], what, sheet, cell, ["preface"], [field], of_plan=False)
        else:
            self.changes.skip(
                what,
                sheet,
                cell,
                "El programa las escribe a partir de los eventos registrados: se conservan.",
                of_plan=False,
            )


def _is_plain(passages: list[Observation]) -> bool:
    """Words and nothing else, which other words can replace."""
    return len(passages) == 1 and not (
        passages[0].layout == ObservationLayout.PLACES
        or passages[0].description
        or passages[0].closing
        or passages[0].contributions.all()
    )
