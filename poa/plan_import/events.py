"""The template's sheet of execution against the events and quantities that there are."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from cnlctf.lib import typed_values
from poa.choices import Region
from poa.models import Contribution, Event, Execution, Indicator, Observation
from poa.plan_import.catalogue import REGIONS, like_region
from poa.plan_import.cells import quantity, words
from poa.plan_import.changes import Changes, FieldChange
from poa.plan_import.existing import Existing
from poa.plan_import.layouts import key
from poa.plan_import.proposal import MOST, PLACES
from poa.plan_import.raw import Code, RawEvent, dotted
from poa.plan_import.words import said

MAX_KEY = 60
_ANSWERS = {"si": True, "s": True, "x": True, "verdadero": True, "no": False, "falso": False}
_EVENT_LABELS = {
    "name": "qué se realizó",
    "held_on": "fecha",
    "region": "región",
    "place": "lugar",
    "report_number": "informe",
}
_PART_LABELS = {
    "quantity": "cantidad",
    "counts": "cuenta para la meta",
    "why_not": "por qué no cuenta",
    "wording": "cómo se dice",
}


def compare_events(rows: list[RawEvent], existing: Existing, changes: Changes) -> None:
    if rows:
        _Events(existing, changes).compare(rows)


class _Refused(Exception):  # noqa: N818 - the row has said why
    pass


class _Events:
    def __init__(self, existing: Existing, changes: Changes) -> None:
        self.existing, self.changes, self.findings = existing, changes, changes.findings
        self.plan = existing.plan
        self.events: dict[str, Event] = {}
        self.parts: dict[tuple[str, tuple[Code, int]], Contribution] = {}
        self.seen: set[tuple[str, tuple[Code, int]]] = set()
        self.checked: dict[str, RawEvent] = {}
        self.passages: dict[Code, Observation] = {}
        by_pk = {one.pk: place for place, one in existing.indicators.items() if one.pk}
        if self.plan.pk:
            self.events = {one.key: one for one in self.plan.events.all()}
            for part in Contribution.objects.filter(event__plan=self.plan).select_related("event"):
                self.parts[part.event.key, by_pk[part.indicator_id]] = part

    def compare(self, rows: list[RawEvent]) -> None:
        for row in rows:
            try:
                place = self._place(row)
                indicator = self.existing.indicators[place]
                if "date" in row.cells:
                    self._event(row, place, indicator)
                else:
                    self._declared(row, place, indicator)
            except _Refused:
                continue

    def _refuse(self, row: RawEvent, what: str, problem: str, mend: str = "") -> _Refused:
        cell = row.cells.get(what) or next(iter(row.cells.values()))
        self.findings.error(row.sheet, cell, problem, mend)
        return _Refused()

    def _place(self, row: RawEvent) -> tuple[Code, int]:
        text = words(row.cells["code"]) if "code" in row.cells else ""
        prefix, _, number = text.removeprefix("LA ").removeprefix("OE ").partition("-")
        digits = [*prefix.split("."), number]
        if len(digits) in (2, 4) and all(one.isdecimal() and len(one) < 6 for one in digits):
            *code, last = map(int, digits)
            if (tuple(code), last) in self.existing.indicators:
                return tuple(code), last
        raise self._refuse(
            row,
            "code",
            f"El plan no tiene un indicador «{text}»." if text else "Falta el código.",
            "Escríbalo como «1.3.3-1»: línea de acción, guion y número del indicador.",
        )

    def _quantity(self, row: RawEvent) -> Decimal:
        if "quantity" not in row.cells:
            raise self._refuse(row, "quantity", "Falta la cantidad.", "Escríbala; puede ser 0.")
        try:
            number, _ = quantity(row.cells["quantity"])
        except ValueError as error:
            raise self._refuse(row, "quantity", f"El valor {error}.") from error
        if number is None or number < 0 or number >= MOST or number != number.quantize(PLACES):
            raise self._refuse(
                row,
                "quantity",
                "La cantidad no vale.",
                "Escriba 0 o más, con dos decimales o menos.",
            )
        return number

    def _answer(self, row: RawEvent, what: str) -> bool | None:
        cell = row.cells.get(what)
        if cell is None:
            return None
        answer = cell.value if isinstance(cell.value, bool) else _ANSWERS.get(key(words(cell)))
        if answer is None:
            raise self._refuse(row, what, "No es ni «Sí» ni «No».", "Elija de la lista.")
        return answer

    def _text(self, row: RawEvent, what: str) -> str:
        return words(row.cells[what]) if what in row.cells else ""

    # --- Declared quantities ------------------------------------------------------------------

    def _declared(self, row: RawEvent, place: tuple[Code, int], indicator: Indicator) -> None:
        if row.cells.keys() <= {"code", "indicator", "activity"}:
            return
        number, activity = self._quantity(row), self._answer(row, "activity")
        label = _label(place)
        if ("", place) in self.seen:
            raise self._refuse(row, "code", f"La cantidad de {label} ya está más arriba.")
        self.seen.add(("", place))
        execution = getattr(indicator, "execution", None)
        what, cell = f"Ejecución de {label}", row.cells["quantity"]
        if execution is None:
            execution = Execution(indicator=indicator, declared=number, activity_done=activity)
            self.changes.create(execution, what, row.sheet, cell, of_plan=False)
            return
        fields = []
        if execution.declared != number:
            fields.append(FieldChange("cantidad declarada", said(execution.declared), said(number)))
            execution.declared, execution.no_report_cause = number, ""
        if activity is not None and activity != execution.activity_done:
            old = said(execution.activity_done)
            fields.append(FieldChange("¿hubo actividad?", old, said(activity)))
            execution.activity_done = activity
        if fields:
            columns = ["declared", "activity_done", "no_report_cause"]
            self.changes.update(execution, what, row.sheet, cell, columns, fields, of_plan=False)
        else:
            self.changes.unchanged += 1

    # --- Events -------------------------------------------------------------------------------

    def _event(self, row: RawEvent, place: tuple[Code, int], indicator: Indicator) -> None:
        values = {
            "name": self._text(row, "name"),
            "held_on": self._day(row),
            "region": self._region(row),
            "place": self._text(row, "place"),
            "report_number": self._text(row, "report-number"),
        }
        event_key = self._text(row, "key") or _key(values)
        if (event_key, place) in self.seen:
            raise self._refuse(
                row,
                "code",
                f"El mismo evento ya está más arriba para {_label(place)}: ¿es el mismo?",
                "Deje una sola fila, o distíngalos por el lugar o por lo que se realizó.",
            )
        self.seen.add((event_key, place))
        event = self._kept(row, event_key, values)
        self._contribution(row, place, indicator, event)

    def _kept(self, row: RawEvent, event_key: str, values: dict[str, Any]) -> Event:
        """The event of that key, made or changed by its first row; the others must agree."""
        event = self.events.get(event_key)
        cell = row.cells["date"]
        if event is None:
            event = Event(plan=self.plan, key=event_key, **values)
            self.events[event_key] = event
            self.changes.create(
                event, f"Evento del {said(event.held_on)}", row.sheet, cell, of_plan=False
            )
        else:
            fields = [
                FieldChange(_EVENT_LABELS[name], said(getattr(event, name)), said(value))
                for name, value in values.items()
                if _flat(getattr(event, name)) != _flat(value)
            ]
            if fields and event_key in self.checked:
                raise self._refuse(
                    row,
                    "key",
                    "Otra fila del mismo evento dice otra cosa: "
                    + "; ".join(f"{one.label}, {one.old}" for one in fields)
                    + ".",
                    "Escriba lo mismo en las dos, o borre la clave de esta.",
                )
            if fields and event.report_id:
                raise self._refuse(
                    row,
                    "key",
                    "El evento viene del reporte de una institución, ya aceptado.",
                    "Corríjalo en el reporte.",
                )
            if fields:
                for name, value in values.items():
                    setattr(event, name, value)
                what = f"Evento del {said(event.held_on)}"
                self.changes.update(
                    event, what, row.sheet, cell, values.keys(), fields, of_plan=False
                )
        self.checked.setdefault(event_key, row)
        return event

    def _contribution(
        self, row: RawEvent, place: tuple[Code, int], indicator: Indicator, event: Event
    ) -> None:
        counts = self._answer(row, "counts")
        values = {
            "quantity": self._quantity(row),
            "counts": counts is not False,
            "why_not": self._text(row, "why-not"),
            "wording": self._text(row, "wording"),
        }
        if not values["counts"] and not values["why_not"]:
            raise self._refuse(row, "counts", "No cuenta para la meta.", "Diga por qué.")
        part = self.parts.get((event.key, place))
        what, cell = f"Aporte a {_label(place)} del {said(event.held_on)}", row.cells["quantity"]
        if part is None:
            part = Contribution(
                event=event, indicator=indicator, observation=self._passage(place), **values
            )
            self.changes.create(part, what, row.sheet, cell, of_plan=False)
            return
        fields = [
            FieldChange(_PART_LABELS[name], said(getattr(part, name)), said(value))
            for name, value in values.items()
            if _flat(getattr(part, name)) != _flat(value)
        ]
        if not fields:
            self.changes.unchanged += 1
            return
        if event.report_id:
            raise self._refuse(
                row,
                "quantity",
                "El aporte viene del reporte de una institución, ya aceptado.",
                "Corríjalo en el reporte.",
            )
        for name, value in values.items():
            setattr(part, name, value)
        self.changes.update(part, what, row.sheet, cell, values.keys(), fields, of_plan=False)

    def _passage(self, place: tuple[Code, int]) -> Observation | None:
        """The last passage of the line's Observaciones, where its events are listed."""
        code, _ = place
        if len(code) == 1:
            return None
        line = self.existing.lines[code]
        passages = self.existing.observations.setdefault(line.pk, []) if line.pk else []
        if passages:
            return passages[-1]
        if code not in self.passages:
            self.passages[code] = Observation(plan=self.plan, line=line, position=1)
            self.changes.create_quietly(self.passages[code])
        return self.passages[code]

    def _day(self, row: RawEvent) -> date:
        value = row.cells["date"].value
        if not isinstance(value, date):
            try:
                value = typed_values.day(words(row.cells["date"]))
            except ValueError as error:
                raise self._refuse(
                    row, "date", f"La fecha {error}.", "Escríbala como 18/11/2019."
                ) from error
        if value.year != self.plan.year:
            raise self._refuse(
                row, "date", f"La fecha no es del año {self.plan.year}.", "Corríjala."
            )
        return value

    def _region(self, row: RawEvent) -> str:
        text = self._text(row, "region")
        region = REGIONS.get(key(text)) if text else None
        if text and region is None:
            raise self._refuse(
                row, "region", f"No hay una región «{text[:60]}».", like_region(text)
            )
        return region.value if region else ""


def _key(values: dict[str, Any]) -> str:
    """From what tells events apart, so that the same row gives the same one every time."""
    where = Region(values["region"]).label if values["region"] else values["place"]
    day = values["held_on"].isoformat()
    words_of = slugify(f"{values['name'][:30]} {where}")[: MAX_KEY - len(day) - 1].strip("-")
    return f"{words_of or 'evento'}-{day}"


def _label(place: tuple[Code, int]) -> str:
    code, number = place
    return f"{dotted(code)}-{number}"


def _flat(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
