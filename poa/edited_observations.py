"""The Observaciones of a line, written by the program and then by people: which text stands."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from cnlctf.lib.compare import Paragraph, compare
from members.models import User
from poa.choices import PlanState
from poa.models import ActionLine, EditedObservations, OperatingPlan
from poa.models.report import takes_reports
from poa.observations import proposed_observations

CHANGED = (
    "Otra persona cambió estas observaciones mientras usted escribía: vuelva a abrir la página."
)


@dataclass(frozen=True)
class Observed:
    """``proposal`` is what the program writes now; ``edited`` what somebody wrote instead."""

    plan: OperatingPlan
    line: ActionLine
    proposal: str
    edited: EditedObservations | None

    @property
    def text(self) -> str:
        """What the matrix, its annex and the line's page say."""
        return self.edited.text if self.edited else self.proposal

    @property
    def edits(self) -> int:
        """How often it was edited: 0 says that nobody did, or that the proposal was taken."""
        return self.edited.edits if self.edited else 0

    @property
    def is_stale(self) -> bool:
        """Whether the data changed since somebody edited the text."""
        return self.edited is not None and self.edited.proposed != self.proposal

    @property
    def since(self) -> list[Paragraph]:
        """What the program writes otherwise than when the text was edited, word by word."""
        before = self.edited.proposed if self.edited else self.proposal
        return [one for one in _compared(before, self.proposal) if not one.is_same]

    @property
    def difference(self) -> list[Paragraph]:
        """From the proposal to the text that stands, word by word."""
        return _compared(self.proposal, self.text)


def observed(plan: OperatingPlan, line: ActionLine) -> Observed:
    edited = plan.edited_observations.filter(line=line).select_related("edited_by__person").first()
    return Observed(plan, line, proposed_observations(plan, line).get(line.pk, ""), edited)


def check_open(plan: OperatingPlan) -> None:
    """Raise ValidationError where the plan's Observaciones no longer change, or not yet."""
    if takes_reports(plan):
        return
    if plan.state == PlanState.DRAFT:
        raise ValidationError("El plan está en borrador: todavía no hay nada que observar.")
    raise ValidationError(
        f"El {plan} está en estado «{plan.get_state_display()}»: sus observaciones cambian "
        "mientras se escribe una adenda."
    )


@transaction.atomic
def write(
    plan: OperatingPlan,
    line: ActionLine,
    text: str,
    *,
    edits: int,
    at: datetime.datetime,
    by: User | None,
) -> Observed:
    """Put the text in the proposal's place; the proposal itself puts the program's back.

    ``edits`` is that of the text that was read: raise ValidationError where it is another now, or
    where the plan's state does not allow it.
    """
    plan = OperatingPlan.objects.select_for_update().get(pk=plan.pk)
    check_open(plan)
    found = observed(plan, line)
    if found.edits != edits:
        raise ValidationError(CHANGED)
    text = "\n".join(one.rstrip() for one in text.strip().splitlines())
    if text == found.proposal:
        if found.edited:
            found.edited.delete()
        return observed(plan, line)
    row = found.edited or EditedObservations(plan=plan, line=line, edits=0)
    row.text, row.proposed, row.edits = text, found.proposal, row.edits + 1
    row.edited_at, row.edited_by = at, by
    row.full_clean(exclude={"edited_by"})
    row.save()
    return observed(plan, line)


def _compared(old: str, new: str) -> list[Paragraph]:
    return compare(old.splitlines(), new.splitlines())
