"""What an import would do to the database, said before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Model, OneToOneField

from cnlctf.lib.workbook_reading import ReadCell, address
from members.models import Entity
from poa.choices import ParticipationRole
from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Execution,
    Footnote,
    Indicator,
    Milestone,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    Strategy,
)
from poa.plan_import.findings import Findings

# What others point at goes first.
ORDER: tuple[type[Model], ...] = (
    OperatingPlan,
    Objective,
    Axis,
    Strategy,
    ActionLine,
    Footnote,
    Indicator,
    Milestone,
    Execution,
    Observation,
    Event,
    Contribution,
)
Role = tuple[Entity, ParticipationRole]
BATCH = 500


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One row of the database: ``fields`` say what changes in it, or why it is left alone.

    ``of_plan`` tells the plan itself from its execution.
    """

    action: Action
    what: str
    sheet: str
    cell: str
    fields: tuple[FieldChange, ...] = ()
    of_plan: bool = True
    reason: str = ""


@dataclass
class Changes:
    """Gathers them, with the rows as they will be saved."""

    findings: Findings
    said: list[Change] = field(default_factory=list)
    new: dict[type[Model], list[Any]] = field(default_factory=dict)
    changed: dict[type[Model], dict[int, Any]] = field(default_factory=dict)
    columns: dict[type[Model], set[str]] = field(default_factory=dict)
    gone: list[Any] = field(default_factory=list)
    roles: list[tuple[Indicator, tuple[Role, ...], int]] = field(default_factory=list)
    unchanged: int = 0

    def create(
        self, row: Any, what: str, sheet: str, cell: ReadCell, *, of_plan: bool = True
    ) -> None:
        if self._clean(row, sheet, cell):
            self.new.setdefault(type(row), []).append(row)
            place = address(cell.row, cell.column)
            self.said.append(Change(Action.CREATE, what, sheet, place, of_plan=of_plan))

    def create_quietly(self, row: Any) -> None:
        """A part of what was said already: the plan itself, a passage that will list events."""
        self.new.setdefault(type(row), []).append(row)

    def take_part(self, indicator: Indicator, roles: Iterable[Role], after: int = 0) -> None:
        """The institutions of an indicator that was said already, in their order."""
        self.roles.append((indicator, tuple(roles), after))

    def update(
        self,
        row: Any,
        what: str,
        sheet: str,
        cell: ReadCell,
        columns: Iterable[str],
        fields: Iterable[FieldChange],
        *,
        of_plan: bool = True,
    ) -> None:
        if self._clean(row, sheet, cell):
            self.save(row, columns)
            place = address(cell.row, cell.column)
            self.said.append(
                Change(Action.UPDATE, what, sheet, place, tuple(fields), of_plan=of_plan)
            )

    def save(self, row: Any, columns: Iterable[str]) -> None:
        """Save columns of a row that is there already."""
        wanted = set(columns)
        if wanted:
            self.changed.setdefault(type(row), {})[row.pk] = row
            self.columns.setdefault(type(row), set()).update(wanted)

    def skip(
        self, what: str, sheet: str, cell: ReadCell, reason: str, *, of_plan: bool = True
    ) -> None:
        place = address(cell.row, cell.column)
        self.said.append(Change(Action.SKIP, what, sheet, place, of_plan=of_plan, reason=reason))

    def _clean(self, row: Any, sheet: str, cell: ReadCell) -> bool:
        """Try what a form would try but for the questions to the database: it asks at the end."""
        try:
            row.full_clean(
                exclude=_foreign_keys(type(row)), validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = "" if name == NON_FIELD_ERRORS else _label(type(row), name)
                for message in messages:
                    self.findings.error(sheet, cell, f"{label}{message}", "Corríjalo en el libro.")
            return False
        return True

    def of(self, action: Action) -> list[Change]:
        return [one for one in self.said if one.action == action]

    @property
    def writes(self) -> list[Change]:
        return [one for one in self.said if one.action != Action.SKIP]

    def write(self) -> None:
        """Save it all, each kind in a few statements; the caller holds the transaction."""
        for model, pks in _by_model(self.gone).items():
            model._default_manager.filter(pk__in=pks).delete()
        for model in ORDER:
            if rows := list(self.changed.get(model, {}).values()):
                columns = sorted(self.columns[model])
                model._default_manager.bulk_update(rows, columns, batch_size=BATCH)
            if rows := self.new.get(model, []):
                model._default_manager.bulk_create(rows, batch_size=BATCH)
            if model is Indicator:
                self._write_roles()

    def _write_roles(self) -> None:
        """A batch at a time: they are three times as many as all other rows."""
        rows = (
            Participation(indicator=indicator, entity=entity, role=role, position=position)
            for indicator, roles, after in self.roles
            for position, (entity, role) in enumerate(roles, after + 1)
        )
        while batch := list(islice(rows, BATCH)):
            Participation.objects.bulk_create(batch)


def _by_model(rows: Iterable[Any]) -> dict[type[Model], list[int]]:
    found: dict[type[Model], list[int]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row.pk)
    return found


def _foreign_keys(model: type[Model]) -> set[str]:
    """Each would ask the database whether its row is there."""
    return {one.name for one in model._meta.fields if isinstance(one, ForeignKey | OneToOneField)}


def _label(model: type[Model], name: str) -> str:
    return f"{str(model._meta.get_field(name).verbose_name).capitalize()}: "  # type: ignore[union-attr]
