"""Rules on who was there, who spoke, who signs, and whether they were enough (domain § 2)."""

import datetime
import re
from collections.abc import Iterator

from cnlctf.lib.calendar import clock
from sessions import quorum
from sessions.review.facts import Attendee, Facts
from sessions.review.finding import Remark, beginning

# As many as a commission may have, for an acta that writes its figures in words.
NUMBERS = (
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    *("once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho"),
    *("diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro"),
)


def seats_at(facts: Facts, moment: datetime.time | None) -> int:
    """The seats present at that hour; without one, those of all who came."""
    sitting = _sitting(facts)
    return quorum.seats_present(quorum.in_the_room(sitting, moment) if moment else sitting)


def _sitting(facts: Facts) -> list[quorum.Attendee]:
    return [
        quorum.Attendee(
            a.entity, a.capacity, a.is_present, a.order, a, arrived=a.arrived_at, left=a.left_at
        )
        for a in facts.attendees
        if a.of_member
    ]


def no_quorum(facts: Facts) -> Iterator[Remark]:
    """At the opening, and from then to the end by arrivals and departures."""
    if facts.failed or facts.day is None:
        return
    if facts.required is None:
        yield Remark(
            facts.quorum,
            "No hay regla del quórum vigente en la fecha de la sesión.",
            "Registre la regla en Administración.",
            str(facts.day),
            is_blocking=True,
        )
        return
    begins, required = facts.starts_at, facts.required
    if (seats := seats_at(facts, begins)) < required:
        when = f"a las {clock(begins)}" if begins else "ese día"
        yield _short(facts, f"Al instalarse, {when}, había {_of(seats, required)}.")
        return
    for left, back in _gaps(facts, required):
        until = f"hasta las {clock(back)}" if back else "hasta el cierre"
        yield _short(
            facts,
            f"Desde las {clock(left)} y {until} hubo {_of(seats_at(facts, left), required)}: "
            "en ese tiempo no pudo acordarse nada.",
            # What is voted is voted at some moment that the acta does not tell, but the end.
            is_blocking=back is None and bool(facts.agreements),
        )


def _gaps(facts: Facts, required: int) -> Iterator[tuple[datetime.time, datetime.time | None]]:
    """From when to when there was no quorum after the opening; None: until the end."""
    moments = {
        moment
        for attendee in _sitting(facts)
        for moment in (attendee.arrived, attendee.left)
        if moment
        and moment > (facts.starts_at or datetime.time.min)
        and moment < (facts.ends_at or datetime.time.max)
    }
    left = None
    for moment in sorted(moments):
        enough = seats_at(facts, moment) >= required
        if enough and left:
            yield left, moment
        left = None if enough else left or moment
    if left:
        yield left, None


def _of(seats: int, required: int) -> str:
    return f"{seats} {'asiento' if seats == 1 else 'asientos'} y el quórum es de {required}"


def _short(facts: Facts, message: str, is_blocking: bool = True) -> Remark:
    return Remark(
        facts.quorum,
        message,
        "Revise la asistencia y sus horas: sin quórum no hay sesión.",
        message,
        is_blocking=is_blocking,
    )


def quorum_without_figures(facts: Facts) -> Iterator[Remark]:
    """The opening speaks of the quorum and does not say how many were needed, and how many came."""
    text = facts.opening.whole
    if not re.search(r"\bqu[oó]rum\b", text, re.IGNORECASE) or facts.required is None:
        return
    present = seats_at(facts, facts.starts_at)
    if all(_says(text, number) for number in (facts.required, present)):
        return
    yield Remark(
        facts.opening.block,
        f"Habla del quórum y no da sus cifras: se requerían {facts.required} asientos y asistieron "
        f"{present}.",
        f"Dígalo en la oración: «…con {present} de {facts.members} miembros presentes, siendo "
        f"{facts.required} los requeridos…».",
        f"{text}\n{facts.required} {present}",
        beginning(text),
    )


def _says(text: str, number: int) -> bool:
    words = [str(number), *NUMBERS[number : number + 1]]
    return re.search(rf"(?<!° )\b(?:{'|'.join(words)})\b", text, re.IGNORECASE) is not None


def hours_out_of_order(facts: Facts) -> Iterator[Remark]:
    for attendee in facts.attendees:
        arrived, left = attendee.arrived_at, attendee.left_at
        if arrived and facts.ends_at and arrived > facts.ends_at:
            yield _misplaced(
                facts, f"{attendee} llegó a las {clock(arrived)}, terminada ya la sesión."
            )
        if left and facts.starts_at and left < facts.starts_at:
            yield _misplaced(
                facts, f"{attendee} se retiró a las {clock(left)}, antes de la sesión."
            )
        if arrived and left and arrived > left:
            yield _misplaced(facts, f"{attendee} se retiró antes de haber llegado.")


def _misplaced(facts: Facts, message: str) -> Remark:
    return Remark(
        facts.people,
        message,
        "Corrija su hora en la asistencia, o la hora de la sesión.",
        message,
        is_blocking=True,
    )


def absent_speakers(facts: Facts) -> Iterator[Remark]:
    """Who is listed as absent blocks; whoever is not listed at all, the acta may only name so."""
    for turn in facts.turns:
        if turn.speaker:
            if turn.speaker.is_present:
                continue
            message = f"Habla {turn.speaker}, que no figura entre los presentes."
        elif _present_for(facts, turn.entity):
            continue
        elif turn.entity:
            message = f"Habla alguien de {turn.entity}, y nadie de {turn.entity} asistió."
            if kin := _present_for(facts, turn.parent):
                message += f" De {turn.parent}, a la que pertenece, asistió {_names(kin)}."
        else:
            message = "No consta quién habla ni por qué entidad."
        yield Remark(
            turn.passage.block,
            message,
            "Añada a la asistencia a quien habló, o corrija a quién se atribuye lo dicho.",
            f"{turn.passage.attribution}\n{message}",
            beginning(turn.passage.whole),
            is_blocking=turn.speaker is not None,
        )


def unnamed_speakers(facts: Facts) -> Iterator[Remark]:
    for turn in facts.turns:
        people = [] if turn.speaker else _present_for(facts, turn.entity)
        if not people:
            continue
        who = "asistió" if len(people) == 1 else f"asistieron {len(people)} personas:"
        yield Remark(
            turn.passage.block,
            f"No consta quién habla por {turn.entity}; {who} {_names(people)}.",
            "Elija a quien habló entre los asistentes.",
            turn.passage.attribution,
            beginning(turn.passage.whole),
        )


def _present_for(facts: Facts, entity: str) -> list[Attendee]:
    return [a for a in facts.attendees if entity and a.entity == entity and a.is_present]


def _names(people: list[Attendee]) -> str:
    names = [attendee.name for attendee in people]
    return " y ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def seats_without_signature(facts: Facts) -> Iterator[Remark]:
    for attendee in _expected(facts):
        if not attendee.signs and not _left_early(facts, attendee):
            yield Remark(
                facts.signatures,
                f"{attendee}, {attendee.title.lower()}, no está en la tabla de firmas.",
                "Añada su fila a la tabla.",
                str(attendee),
                is_blocking=True,
            )


def signatures_without_seat(facts: Facts) -> Iterator[Remark]:
    expected = _expected(facts)
    holders = {attendee.entity: attendee for attendee in expected}
    for attendee in facts.attendees:
        if not attendee.signs or attendee in expected:
            continue
        holder = holders.get(attendee.entity)
        if not attendee.is_present:
            why = "no asistió"
        elif attendee.capacity in quorum.VOICE_ONLY or not attendee.of_member:
            why = "tiene voz, pero no asiento"
        elif holder:
            why = f"el asiento lo ocupa {holder.name}"
        else:
            why = "no ocupa un asiento"
        yield Remark(
            facts.signatures,
            f"{attendee} está en la tabla de firmas y {why}.",
            "Quite su fila de la tabla."
            if not attendee.is_present
            else "Quite su fila, o anote por qué firma: puede pedirlo quien disiente.",
            f"{attendee} {why}",
            is_blocking=not attendee.is_present,
        )


def _expected(facts: Facts) -> list[Attendee]:
    signatories = quorum.signatories(_sitting(facts))
    return [attendee.who for attendee in signatories]  # type: ignore[misc]


def _left_early(facts: Facts, attendee: Attendee) -> bool:
    left, ends = attendee.left_at, facts.ends_at
    return left is not None and ends is not None and left < ends
