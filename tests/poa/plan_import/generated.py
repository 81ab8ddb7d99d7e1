"""Plans of any shape, as hypothesis draws them, and the rows that they are in the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from cnlctf.lib.text import escape
from members.models import Entity
from poa.choices import GoalKind, ParticipationRole
from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Execution,
    Footnote,
    Indicator,
    NationalPlan,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    Strategy,
    Unit,
)

YEAR = 2021

words = (
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFF), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
quantities = st.one_of(
    st.integers(0, 5000).map(Decimal),
    st.decimals(0, 5000, places=2, allow_nan=False, allow_infinity=False),
)


@dataclass(frozen=True)
class DrawnGoal:
    kind: GoalKind
    goal: Decimal | None
    note: int | None


@st.composite
def goals(draw: st.DrawFn) -> DrawnGoal:
    kind = draw(st.sampled_from(GoalKind))
    goal = None if kind == GoalKind.TO_BE_DEFINED else draw(quantities)
    needs_note = kind == GoalKind.NOT_DUE or goal == 0
    note = draw(st.integers(0, 1)) if needs_note or draw(st.booleans()) else None
    return DrawnGoal(kind, goal, note)


@dataclass(frozen=True)
class DrawnIndicator:
    name: str
    unit: int
    goal: DrawnGoal
    # Of each institution, whether it is responsible; the first always is.
    institutions: list[tuple[int, bool]]
    declared: Decimal | None
    activity: bool | None
    contributions: list[tuple[int, Decimal, bool]]


indicators = st.builds(
    DrawnIndicator,
    name=words,
    unit=st.integers(0, 5),
    goal=goals(),
    institutions=st.lists(
        st.tuples(st.integers(0, 15), st.booleans()),
        min_size=1,
        max_size=5,
        unique_by=lambda pair: pair[0],
    ),
    declared=st.none() | quantities,
    activity=st.none() | st.booleans(),
    contributions=st.lists(
        st.tuples(st.integers(0, 3), quantities, st.booleans()),
        max_size=3,
        unique_by=lambda one: one[0],
    ),
)


@dataclass(frozen=True)
class DrawnLine:
    objective: int
    strategy: int
    number: int
    name: str
    indicators: list[DrawnIndicator]
    remarks: str


lines = st.builds(
    DrawnLine,
    objective=st.integers(1, 2),
    strategy=st.integers(1, 3),
    number=st.integers(1, 12),
    name=words,
    indicators=st.lists(indicators, min_size=1, max_size=3),
    remarks=st.lists(words, max_size=3).map("\n".join),
)


@dataclass(frozen=True)
class DrawnPlan:
    lines: list[DrawnLine]
    own: list[tuple[int, DrawnIndicator]]
    names: list[str]
    notes: list[str]
    abbreviations: str


plans = st.builds(
    DrawnPlan,
    lines=st.lists(
        lines,
        min_size=1,
        max_size=4,
        unique_by=lambda one: (one.objective, one.strategy, one.number),
    ),
    own=st.lists(st.tuples(st.integers(1, 2), indicators), max_size=4),
    names=st.lists(words, min_size=12, max_size=12),
    notes=st.lists(words, min_size=2, max_size=2),
    abbreviations=st.sampled_from(["", "TF=Trabajo forzoso.", "GL=Gobierno local; OE=Objetivo."]),
)


def save(drawn: DrawnPlan) -> OperatingPlan:
    """The rows of a drawn plan, under the national plan that is there."""
    national = NationalPlan.objects.get()
    plan = OperatingPlan.objects.create(
        year=YEAR, national_plan=national, abbreviations=drawn.abbreviations
    )
    notes = [
        Footnote.objects.create(plan=plan, mark=mark, text=text)
        for mark, text in zip(("a/", "b/"), drawn.notes, strict=True)
    ]
    events = [
        Event.objects.create(
            plan=plan, key=f"evento-{day}", held_on=date(YEAR, 3, 1) + timedelta(day)
        )
        for day in range(4)
    ]
    names = iter(drawn.names)
    objectives = {
        number: Objective.objects.create(plan=national, number=number, name=next(names))
        for number in (1, 2)
    }
    axes = [
        Axis.objects.create(plan=national, number=number, name=f"Eje {number}")
        for number in (1, 2, 3)
    ]
    strategies = {
        (o, s): Strategy.objects.create(
            objective=objective, axis=axes[(o + s) % 3], number=s, name=next(names)
        )
        for o, objective in objectives.items()
        for s in (1, 2, 3)
    }
    for one in drawn.lines:
        line = ActionLine.objects.create(
            strategy=strategies[one.objective, one.strategy], number=one.number, name=one.name
        )
        passage = None
        if one.remarks:
            passage = Observation.objects.create(
                plan=plan, line=line, position=1, preface=escape(one.remarks)
            )
        for number, indicator in enumerate(one.indicators, 1):
            _indicator(plan, indicator, number, notes, events, passage, line=line)
    counts: dict[int, int] = {}
    for objective, indicator in drawn.own:
        counts[objective] = counts.get(objective, 0) + 1
        _indicator(
            plan,
            indicator,
            counts[objective],
            notes,
            events,
            None,
            objective=objectives[objective],
        )
    return plan


def _indicator(
    plan: OperatingPlan,
    drawn: DrawnIndicator,
    number: int,
    notes: list[Footnote],
    events: list[Event],
    passage: Observation | None,
    **place: object,
) -> None:
    units, entities = list(Unit.objects.all()), list(Entity.objects.all())
    note = drawn.goal.note
    row = Indicator(
        plan=plan,
        number=number,
        name=drawn.name,
        unit=units[drawn.unit],
        goal_kind=drawn.goal.kind,
        goal=drawn.goal.goal,
        footnote=None if note is None else notes[note],
        **place,
    )
    row.full_clean()
    row.save()
    for position, (entity, responsible) in enumerate(drawn.institutions, 1):
        role = (
            ParticipationRole.RESPONSIBLE
            if responsible or position == 1
            else ParticipationRole.INVOLVED
        )
        Participation.objects.create(
            indicator=row, entity=entities[entity], role=role, position=position
        )
    if drawn.declared is not None:
        Execution.objects.create(
            indicator=row, declared=drawn.declared, activity_done=drawn.activity
        )
    for event, quantity, counts in drawn.contributions:
        Contribution.objects.create(
            event=events[event],
            indicator=row,
            observation=passage,
            quantity=quantity,
            counts=counts,
            why_not="" if counts else "Es anterior.",
        )
