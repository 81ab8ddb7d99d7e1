"""What the database has of a plan, before a workbook is compared with it."""

from poa.models import (
    ActionLine,
    Footnote,
    Indicator,
    NationalPlan,
    Observation,
    OperatingPlan,
    Strategy,
)
from poa.observations import lines_observations
from poa.plan_import.raw import Code


class Existing:
    """All of a plan that an import may touch, in a constant number of queries."""

    def __init__(self, plan: OperatingPlan, national: NationalPlan) -> None:
        self.plan = plan
        self.objectives = {one.number: one for one in national.objectives.all()}
        self.axes = {one.number: one for one in national.axes.all()}
        self.strategies: dict[Code, Strategy] = {}
        for strategy in Strategy.objects.filter(objective__plan=national).select_related(
            "objective", "axis"
        ):
            self.strategies[strategy.objective.number, strategy.number] = strategy
        self.lines: dict[Code, ActionLine] = {}
        for line in ActionLine.objects.filter(strategy__objective__plan=national).select_related(
            "strategy__objective"
        ):
            self.lines[line.strategy.objective.number, line.strategy.number, line.number] = line
        self.footnotes: dict[str, Footnote] = {}
        self.indicators: dict[tuple[Code, int], Indicator] = {}
        self.observations: dict[int, list[Observation]] = {}
        self.remarks: dict[int, str] = {}
        if plan.pk:
            self._load(plan)

    def _load(self, plan: OperatingPlan) -> None:
        self.footnotes = {one.mark: one for one in plan.footnotes.all()}
        indicators = plan.indicators.with_progress()
        for indicator in indicators.prefetch_related("participations__entity", "milestones"):
            self.indicators[indicator_code(indicator), indicator.number] = indicator
        for observation in plan.observations.order_by("position").prefetch_related("contributions"):
            self.observations.setdefault(observation.line_id, []).append(observation)
        self.remarks = lines_observations(plan)


def indicator_code(indicator: Indicator) -> Code:
    if indicator.line is None:
        return (indicator.objective.number,)  # type: ignore[union-attr]
    strategy = indicator.line.strategy
    return strategy.objective.number, strategy.number, indicator.line.number
