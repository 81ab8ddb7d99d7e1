"""The national plan's tree: what each kind of node is, where it goes, and its codes as printed."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Prefetch, ProtectedError, QuerySet

from poa.models import ActionLine, Axis, NationalPlan, Objective, Strategy


@dataclass(frozen=True)
class Kind:
    """A level of the tree: ``parent`` is the column of the node above, if any."""

    word: str
    model: type[Model]
    parent: str
    new: str
    parts: int


KINDS = {
    kind.word: kind
    for kind in (
        Kind("plan", NationalPlan, "", "Nuevo plan nacional", 0),
        Kind("objetivo", Objective, "plan", "Nuevo objetivo específico", 1),
        Kind("eje", Axis, "plan", "Nuevo eje estratégico", 1),
        Kind("estrategia", Strategy, "objective", "Nueva estrategia", 2),
        Kind("linea", ActionLine, "strategy", "Nueva línea de acción", 3),
    )
}
CODE = re.compile(r"(?:(?:OE|EE|E|LA)\.?\s*)?(\d{1,3}(?:\.\d{1,3}){0,2})\.?", re.IGNORECASE)


def code_parts(text: str) -> tuple[int, ...]:
    """``LA 1.4.7`` → (1, 4, 7); ValidationError for what is no code."""
    match = CODE.fullmatch(text.strip())
    parts = tuple(int(part) for part in match.group(1).split(".")) if match else ()
    if not parts or 0 in parts:
        raise ValidationError("Escriba el código con números y puntos: 1.4.7.")
    return parts


def home_of(kind: Kind, plan: NationalPlan, prefix: tuple[int, ...]) -> Model | None:
    """The node of the plan that a code beginning so belongs to: of 1.4.7, the strategy 1.4."""
    if kind.word == "estrategia":
        return plan.objectives.filter(number=prefix[0]).first()
    return Strategy.objects.filter(
        objective__plan=plan, objective__number=prefix[0], number=prefix[1]
    ).first()


def plan_of(node: Any) -> NationalPlan:
    match node:
        case NationalPlan():
            return node
        case ActionLine():
            return node.strategy.objective.plan
        case Strategy():
            return node.objective.plan
        case _:
            return node.plan


def tree(plan: NationalPlan) -> QuerySet[Objective]:
    """Objectives with their strategies and lines, and how many indicators use each line."""
    lines = ActionLine.objects.order_by("number").annotate(uses=Count("indicators"))
    strategies = Strategy.objects.order_by("number").select_related("axis", "objective")
    return plan.objectives.prefetch_related(
        Prefetch("strategies", strategies), Prefetch("strategies__lines", lines)
    )


def remove_node(node: Model) -> None:
    """Take out what nothing hangs from; ValidationError where something does."""
    try:
        node.delete()
    except ProtectedError as error:
        raise ValidationError(
            "No se puede quitar: de esto dependen otras partes del árbol o planes operativos."
        ) from error
