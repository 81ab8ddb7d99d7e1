"""The 20 columns of a plan's matrix: the one list that page, spreadsheet and annex are made from.

Their headings are those of Annex 1 (seed, L207–209).
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal

from cnlctf.lib.grid import Align, Cell, Row
from cnlctf.lib.text import escape
from poa.choices import ParticipationRole
from poa.models import ActionLine, Indicator, Objective, Strategy
from poa.progress import DASH, NO_BREAK_SPACE, Measure, Printed, Quantity, State


@dataclass(frozen=True)
class Entry:
    """A row before merging; None where the objective has nothing more to tell."""

    objective: Objective
    own: Indicator | None
    indicator: Indicator | None
    remarks: str

    @property
    def line(self) -> ActionLine | None:
        return self.indicator.line if self.indicator else None

    @property
    def strategy(self) -> Strategy | None:
        return self.line.strategy if self.line else None


@dataclass(frozen=True)
class Column:
    """Neighbouring rows for which ``same`` is equal share one cell.

    ``label`` says what a cell is where it stands alone; empty where its words do.
    """

    name: str
    heading: str
    label: str
    width: int
    same: Callable[[Entry], Hashable]
    cell: Callable[[Entry], Cell]


def _code(node: Objective | Strategy | ActionLine | None) -> Cell:
    return Cell(node.code if node else "", header=True, align=Align.CENTER)


def _name(node: Objective | Strategy | ActionLine | Indicator | None) -> Cell:
    if isinstance(node, Indicator):
        return Cell(escape(f"{node.number}. {node.name}"))
    return Cell(escape(node.name) if node else "")


def _axis(strategy: Strategy | None) -> Cell:
    return Cell(escape(str(strategy.axis)) if strategy else "")


def _unit(indicator: Indicator | None) -> Cell:
    return Cell(escape(indicator.unit.name) if indicator else "", align=Align.CENTER)


def _goal(indicator: Indicator | None) -> Cell:
    if indicator is None:
        return Cell()
    mark = f" {indicator.footnote.mark}" if indicator.footnote else ""
    cell = _quantity(indicator.goal, empty="Por definir")
    literal = mark.replace('"', '""')
    return replace(
        cell,
        text=cell.text + escape(mark),
        number_format=cell.number_format + (f'"{literal}"' if mark else ""),
    )


def _responsible(indicator: Indicator | None) -> Cell:
    participations = indicator.participations.all() if indicator else ()
    names = (one.entity.list_name for one in participations if one.role == _RESPONSIBLE)
    return Cell(escape("/ ".join(names)))


def _institutions(indicator: Indicator | None) -> Cell:
    names = []
    for participation in indicator.participations.all() if indicator else ():
        name = escape(participation.entity.list_name)
        names.append(f"**{name}**" if participation.role == _RESPONSIBLE else name)
    return Cell("/ ".join(names) + "." if names else "")


def _executed(measure: Measure) -> Cell:
    return _quantity(measure.executed, empty=_no_figure(measure))


def _pending(measure: Measure) -> Cell:
    return _quantity(measure.pending, empty=_no_figure(measure))


def _no_figure(measure: Measure) -> str:
    return DASH if measure.state == State.NOT_APPLICABLE else ""


def _percent(measure: Measure) -> Cell:
    """The one coloured cell: the legend speaks of what was executed against the goal."""
    cell = _percentage(measure.printed_percent, measure.percent)
    return replace(cell, state=measure.state.value)


def _pending_percent(measure: Measure) -> Cell:
    done = measure.percent
    return _percentage(measure.printed_pending_percent, None if done is None else 100 - done)


def _figure(of: Callable[[Measure], Cell]) -> Callable[[Entry], Cell]:
    return lambda entry: of(entry.indicator.measure) if entry.indicator else Cell()


def _quantity(quantity: Quantity | None, *, empty: str) -> Cell:
    if quantity is None:
        return Cell(empty, align=Align.CENTER)
    whole = quantity == int(quantity)
    # The databases disagree about how many decimals a sum has.
    number = Decimal(int(quantity)) if whole else Decimal(quantity).quantize(Decimal("0.01"))
    return Cell(
        f"{number:,f}",
        align=Align.CENTER,
        number=number,
        number_format="#,##0" if whole else "#,##0.00",
    )


def _percentage(printed: Printed, exact: Decimal | None) -> Cell:
    """The spreadsheet holds the printed figure; of «<1 %», which is none, the exact one."""
    number, number_format = None, ""
    if printed.number is not None:
        number, number_format = Decimal(printed.number) / 100, f'0"{NO_BREAK_SPACE}"%'
    elif exact is not None:
        number, number_format = exact / 100, f'"{printed}"'
    return Cell(str(printed), align=Align.CENTER, number=number, number_format=number_format)


# --- Columns --------------------------------------------------------------------------------

_RESPONSIBLE = ParticipationRole.RESPONSIBLE


def _of_objective(entry: Entry) -> Hashable:
    return entry.objective


def _of_own(entry: Entry) -> Hashable:
    return entry.objective, entry.own


def _of_axis(entry: Entry) -> Hashable:
    return entry.objective, entry.strategy and entry.strategy.axis


def _of_strategy(entry: Entry) -> Hashable:
    return entry.objective, entry.strategy


def _of_line(entry: Entry) -> Hashable:
    return entry.objective, entry.line


def _of_indicator(entry: Entry) -> Hashable:
    return entry.objective, entry.indicator


def _of_institutions(entry: Entry) -> Hashable:
    return _of_line(entry), _institutions(entry.indicator)


COLUMNS = (
    Column("objective-code", "ITEM", "", 4, _of_objective, lambda row: _code(row.objective)),
    Column(
        "objective", "OBJETIVO ESPECÍFICO", "", 10, _of_objective, lambda row: _name(row.objective)
    ),
    Column("own", "INDICADOR", "Indicador del objetivo", 12, _of_own, lambda row: _name(row.own)),
    Column(
        "own-unit", "UNIDAD DE MEDIDA", "Unidad de medida", 6, _of_own, lambda row: _unit(row.own)
    ),
    Column("own-goal", "META FÍSICA", "Meta física", 5, _of_own, lambda row: _goal(row.own)),
    Column(
        "own-responsible",
        "RESPONSABLES",
        "Responsables",
        9,
        _of_own,
        lambda row: _responsible(row.own),
    ),
    Column("axis", "EJE ESTRATÉGICO", "", 8, _of_axis, lambda row: _axis(row.strategy)),
    Column("strategy-code", "ITEM", "", 4, _of_strategy, lambda row: _code(row.strategy)),
    Column("strategy", "ESTRATEGIA", "", 13, _of_strategy, lambda row: _name(row.strategy)),
    Column("line-code", "ITEM", "", 5, _of_line, lambda row: _code(row.line)),
    Column("line", "LINEA DE ACCIÓN", "", 13, _of_line, lambda row: _name(row.line)),
    Column(
        "indicator", "INDICADOR", "Indicador", 16, _of_indicator, lambda row: _name(row.indicator)
    ),
    Column(
        "unit",
        "UNIDAD DE MEDIDA",
        "Unidad de medida",
        7,
        _of_indicator,
        lambda row: _unit(row.indicator),
    ),
    Column(
        "goal", "META FÍSICA", "Meta física", 5, _of_indicator, lambda row: _goal(row.indicator)
    ),
    Column(
        "institutions",
        "INSTITUCIONES INVOLUCRADAS (EN NEGRITA LAS RESPONSABLES)",
        "Instituciones involucradas (en negrita las responsables)",
        12,
        _of_institutions,
        lambda row: _institutions(row.indicator),
    ),
    Column("executed", "Abs.", "Ejecutado", 4, _of_indicator, _figure(_executed)),
    Column("percent", "%", "% ejecutado", 5, _of_indicator, _figure(_percent)),
    Column("pending", "Abs.", "Pendiente", 4, _of_indicator, _figure(_pending)),
    Column("pending-percent", "%", "% pendiente", 5, _of_indicator, _figure(_pending_percent)),
    Column(
        "remarks", "Observaciones", "Observaciones", 30, _of_line, lambda row: Cell(row.remarks)
    ),
)


def _head() -> tuple[Row, ...]:
    """The four figures stand under «EJECUCIÓN DE METAS», all other headings from top to bottom."""

    def header(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
        return Cell(text, rowspan, colspan, header=True, bold=True, align=Align.CENTER)

    *left, executed, percent, pending, pending_percent, remarks = COLUMNS
    figures = (executed, percent, pending, pending_percent)
    return (
        Row(
            (
                *(header(column.heading, rowspan=3) for column in left),
                header("EJECUCIÓN DE METAS", colspan=4),
                header(remarks.heading, rowspan=3),
            )
        ),
        Row((header("Ejecutado", colspan=2), header("Pendiente", colspan=2))),
        Row(tuple(header(column.heading) for column in figures)),
    )


HEAD = _head()
