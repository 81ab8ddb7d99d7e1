"""Closed lists of words; outside the models, because constraints name them."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a user may do: each is a group of the same name."""

    SECRETARY = "Secretaría Técnica", "Secretaría Técnica"
    REPRESENTATIVE = "Representante", "Representante"
    OBSERVER = "Observador", "Observador"
    ADMIN = "Administración", "Administración"


class Gender(TextChoices):
    FEMININE = "F", "Femenino"
    MASCULINE = "M", "Masculino"


class EntityKind(TextChoices):
    MINISTRY = "ministry", "Ministerio"
    AUTONOMOUS = "autonomous", "Organismo constitucional autónomo"
    PUBLIC_BODY = "public_body", "Organismo público"
    BRANCH = "branch", "Poder del Estado"
    SUBNATIONAL = "subnational", "Gobiernos regionales y locales"
    UNIT = "unit", "Órgano o unidad"
    INTERNATIONAL = "international", "Organismo internacional"


class MembershipKind(TextChoices):
    MEMBER = "member", "Miembro"
    OBSERVER = "observer", "Observador"


class Capacity(TextChoices):
    """In what quality somebody sits; the codes are those of the acta's column T/A."""

    PRESIDENT = "P", "Presidencia"
    ALTERNATE_PRESIDENT = "PA", "Presidencia alterna"
    SECRETARY = "ST", "Secretaría Técnica"
    HOLDER = "T", "Titular"
    ALTERNATE = "A", "Alterno"
    OBSERVER = "O", "Observador"
    GUEST = "G", "Invitado"

    def title_for(self, gender: str) -> str:
        """The quality as said of a person: «Secretaria Técnica», «Presidente alterno»."""
        return CAPACITY_TITLES[self][0 if gender == Gender.FEMININE else 1]


CAPACITY_TITLES = {
    Capacity.PRESIDENT: ("Presidenta", "Presidente"),
    Capacity.ALTERNATE_PRESIDENT: ("Presidenta alterna", "Presidente alterno"),
    Capacity.SECRETARY: ("Secretaria Técnica", "Secretario Técnico"),
    Capacity.HOLDER: ("Titular", "Titular"),
    Capacity.ALTERNATE: ("Alterna", "Alterno"),
    Capacity.OBSERVER: ("Observadora", "Observador"),
    Capacity.GUEST: ("Invitada", "Invitado"),
}

# One person at a time holds each of these in an entity; observers and guests are as many as come.
SINGLE_SEATS = [
    Capacity.PRESIDENT,
    Capacity.ALTERNATE_PRESIDENT,
    Capacity.SECRETARY,
    Capacity.HOLDER,
    Capacity.ALTERNATE,
]


class NormKind(TextChoices):
    SUPREME_DECREE = "ds", "Decreto Supremo"
    MINISTERIAL_RESOLUTION = "rm", "Resolución Ministerial"
    PROSECUTOR_RESOLUTION = "rfn", "Resolución de la Fiscalía de la Nación"
    CHIEF_RESOLUTION = "rj", "Resolución Jefatural"
    SUPERINTENDENCE_RESOLUTION = "rs", "Resolución de Superintendencia"
    OFFICIAL_LETTER = "oficio", "Oficio"


class Channel(TextChoices):
    LETTER = "letter", "Oficio"
    EMAIL = "email", "Correo electrónico"
    GAZETTE = "gazette", "Diario oficial"
    PAPER = "paper", "Mesa de partes"
