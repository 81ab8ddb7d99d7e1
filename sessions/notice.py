"""How many days ahead a session is convened, and how many the norm asks: plain arithmetic.

Rule: domain.md § 2, rule 8.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """Calendar days from the day of sending, not counted, to that of the session, counted.

    ``required`` days by the norm as cited, a ValueError where negative.
    """

    sent_on: datetime.date
    held_on: datetime.date
    required: int
    citation: str

    def __post_init__(self) -> None:
        if self.required < 0:
            raise ValueError(f"The days cannot be negative: {self.required}")

    @property
    def days(self) -> int:
        """Days left; negative once the session's day has passed."""
        return (self.held_on - self.sent_on).days

    @property
    def is_enough(self) -> bool:
        return self.days >= self.required

    @property
    def sentence(self) -> str:
        """«Faltan 10 días; se piden 2.»"""
        match self.days:
            case 0:
                left = "La sesión es hoy"
            case 1:
                left = "Falta 1 día"
            case days if days > 1:
                left = f"Faltan {days:,} días"
            case -1:
                left = "La sesión era ayer"
            case days:
                left = f"La sesión era hace {-days:,} días"
        return f"{left}; {'se pide 1' if self.required == 1 else f'se piden {self.required}'}."
