"""An indicator's ficha técnica, in words: how it counts, its quarters and what it means."""

from collections.abc import Iterator

from cnlctf.lib.calendar import numeric_date
from poa.choices import Counting, Direction
from poa.models import Indicator
from poa.plan_content import quantity_text

QUARTERS = ("primer", "segundo", "tercer", "cuarto")


def technical_sheet(indicator: Indicator) -> list[tuple[str, str]]:
    """What its plan tells of it, each with its name; what goes without saying is left out."""
    return [(name, text) for name, text in _told(indicator) if text]


def _told(indicator: Indicator) -> Iterator[tuple[str, str]]:
    counting, direction = Counting(indicator.counting), Direction(indicator.direction)
    yield "Cómo se cuenta", "" if counting == Counting.SUM else str(counting.label)
    first = indicator.counts_from
    yield "Se cuenta desde", f"El {numeric_date(first)}; lo anterior se informa." if first else ""
    yield "Hitos trimestrales", _milestones(indicator)
    yield "Definición", indicator.definition
    yield "Método de cálculo", indicator.method
    yield "Fuente", indicator.source
    yield "Línea de base", indicator.base_line
    yield "Sentido esperado", "" if direction == Direction.UP else str(direction.label)


def _milestones(indicator: Indicator) -> str:
    """``10 al primer trimestre, 25 al tercer trimestre, acumulados.``"""
    said = [
        f"{quantity_text(one.goal)} al {QUARTERS[one.quarter - 1]} trimestre"
        for one in indicator.milestones.all()
    ]
    return f"{', '.join(said)}, acumulados." if said else ""
