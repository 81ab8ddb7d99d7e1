"""What is said of a draft: making a remark on a text of it, and deciding on the remark."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from cnlctf.lib.compare import Paragraph, compare
from members.models import User
from sessions import block_edits
from sessions.attribution import attribution
from sessions.blocks import KINDS
from sessions.choices import RemarkState
from sessions.draft_texts import DraftText, draft_texts
from sessions.models import Acta, Reader, Remark

LATE = "El plazo para observar el borrador ya terminó."
DECIDED = "La Secretaría Técnica ya atendió esta observación: no se puede cambiar."
CHANGED = "El texto cambió mientras usted escribía. Revise si lo que propone sigue valiendo."
GONE = "Ese texto ya no está en el acta: alguien lo quitó mientras usted escribía."


@dataclass(frozen=True)
class Seen:
    """A remark beside the text that it is about, as that stands now; None where it is gone."""

    remark: Remark
    text: DraftText | None

    @property
    def author(self) -> str:
        """«La representante de la OIT»."""
        return attribution(self.remark.reader.attendance).rstrip(",")

    @property
    def author_within(self) -> str:
        """The same within a sentence: «la representante de la OIT»."""
        return self.author[:1].lower() + self.author[1:]

    @property
    def editor_anchor(self) -> str:
        return f"b-{self.remark.kind}-{self.remark.block}"

    @property
    def is_gone(self) -> bool:
        return bool(self.remark.kind) and self.text is None

    @property
    def has_changed(self) -> bool:
        """Whether the text is not what was remarked on, for another reason than the remark."""
        if self.text is None:
            return False
        return self.text.words not in (
            self.remark.before,
            self.remark.adopted or self.remark.before,
        )

    @cached_property
    def difference(self) -> list[Paragraph]:
        """From the text remarked on to the one proposed, or to the one adopted since."""
        return difference(self.remark.before, self.remark.adopted or self.remark.proposal)


def difference(old: str, new: str) -> list[Paragraph]:
    """Word by word; nothing where there is no new text."""
    return compare(old.split("\n"), new.split("\n")) if new else []


def seen(acta: Acta) -> list[Seen]:
    """Every remark on the acta in the order of the acta; what is about no text of it comes last."""
    texts = draft_texts(acta)
    by_key = {text.key: text for text in texts}
    places = {text.key: number for number, text in enumerate(texts)}
    rows = [
        Seen(remark, by_key.get((remark.kind, remark.block or 0)))
        for remark in Remark.objects.of_acta(acta)
    ]
    end = len(texts)
    return sorted(rows, key=lambda row: places.get(row.text.key, end) if row.text else end)


def for_editor(acta: Acta) -> list[Seen]:
    """The remarks shown beside the texts: to be attended to, or written into them."""
    shown = Remark.objects.of_acta(acta).filter(state__in=(RemarkState.OPEN, RemarkState.ACCEPTED))
    return [Seen(remark, None) for remark in shown.exclude(kind="")]


def text_of(acta: Acta, kind: str, block: int) -> DraftText | None:
    return next((text for text in draft_texts(acta) if text.key == (kind, block)), None)


def hold(reader: Reader, now: datetime.datetime) -> None:
    """Keep the draft as it is until the transaction ends; ValidationError where it is too late."""
    acta = Acta.objects.select_for_update(of=("self",)).select_related("issued")
    reader.circulation.acta = acta.defer("issued__content", "issued__data").get(
        pk=reader.circulation.acta_id
    )
    reader.circulation.refresh_from_db(fields=["deadline", "closed_at"])
    if not reader.circulation.is_open(now):
        raise ValidationError(LATE)


@transaction.atomic
def agree(reader: Reader, now: datetime.datetime) -> None:
    """Record that they have nothing to remark on; ValidationError where they have remarked."""
    hold(reader, now)
    if reader.remarks.exclude(state=RemarkState.WITHDRAWN).exists():
        raise ValidationError("Usted ya hizo observaciones: retírelas para dar su conformidad.")
    reader.agreed_at = now
    reader.full_clean()
    reader.save(update_fields=["agreed_at"])


def record(remark: Remark, now: datetime.datetime) -> None:
    """Save what a reader says; having something to say takes back their «conforme»."""
    remark.made_at = now
    remark.full_clean()
    remark.save()
    if remark.reader.agreed_at:
        remark.reader.agreed_at = None
        remark.reader.save(update_fields=["agreed_at"])


def withdraw(remark: Remark) -> None:
    if not remark.is_open:
        raise ValidationError(DECIDED)
    remark.state = RemarkState.WITHDRAWN
    remark.full_clean()
    remark.save(update_fields=["state"])


def accept(
    remark: Remark,
    acta: Acta,
    *,
    adopted: str,
    version: int,
    answer: str,
    by: User,
    at: datetime.datetime,
) -> None:
    """Write the text over the version that was read, on record as proposed by whom it was.

    Whoever calls holds the acta. Raise RefusedError where the text has changed since or is gone.
    """
    kind = KINDS[remark.kind]
    remark.adopted = adopted
    _decide(remark, RemarkState.ACCEPTED, answer, by, at)
    block_edits.save(kind, acta, remark.block or 0, version, {kind.main: adopted}, by)


def reply(remark: Remark, *, answer: str, by: User, at: datetime.datetime) -> None:
    """Leave the text as it is, and say why."""
    _decide(remark, RemarkState.ANSWERED, answer, by, at)


def _decide(
    remark: Remark, state: RemarkState, answer: str, by: User, at: datetime.datetime
) -> None:
    if not remark.is_open:
        raise ValidationError("Esa observación ya está atendida, o la retiraron.")
    remark.state, remark.answer, remark.decided_by, remark.decided_at = state, answer, by, at
    remark.full_clean()
    remark.save()
