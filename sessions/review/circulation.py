"""Rules on what was said of the draft while it circulated."""

from collections.abc import Iterator

from sessions.review.facts import Facts
from sessions.review.finding import Remark, beginning


def open_remarks(facts: Facts) -> Iterator[Remark]:
    for said in facts.open_remarks:
        yield Remark(
            said.block,
            f"{said.author} lo observó y todavía no se le responde.",
            "Acepte la observación o respóndala antes de aprobar.",
            f"{said.number}\n{said.words}",
            beginning(said.words),
        )
