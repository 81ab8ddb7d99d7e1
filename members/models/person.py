from django.db import models

from cnlctf.lib.natural import NaturalKeyModel
from members.choices import Gender


class Person(NaturalKeyModel):
    """Somebody who sits, speaks or signs; address and telephone are never published (Ley 29733)."""

    given_names = models.CharField("nombres", max_length=100)
    surnames = models.CharField("apellidos", max_length=100)
    gender = models.CharField(
        "género",
        max_length=1,
        choices=Gender,
        help_text="Para escribir «la Secretaria Técnica» o «el Secretario Técnico».",
    )
    email = models.EmailField("correo electrónico", blank=True)
    phone = models.CharField("teléfono", max_length=40, blank=True)

    natural_key_fields = ("given_names", "surnames")

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"
        ordering = ["surnames", "given_names"]
        constraints = [
            models.UniqueConstraint(
                fields=["given_names", "surnames"],
                name="person_full_name_unique",
                violation_error_message=(
                    "Ya hay una persona con esos nombres y apellidos. Si es otra, distíngala "
                    "con su segundo nombre o su segundo apellido."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.surnames}"
