"""Closed lists of words; outside the models, because constraints name them."""

from django.db.models import TextChoices


class SessionKind(TextChoices):
    """Each kind has a numbering of its own: SO N° 120, SE N° 3."""

    ORDINARY = "SO", "Ordinaria"
    EXTRAORDINARY = "SE", "Extraordinaria"


class Modality(TextChoices):
    IN_PERSON = "in_person", "Presencial"
    VIRTUAL = "virtual", "Virtual"
    MIXED = "mixed", "Mixta"


class SessionState(TextChoices):
    SCHEDULED = "scheduled", "Programada"
    HELD = "held", "Realizada"
    FAILED = "failed", "Sin quórum"
    SUSPENDED = "suspended", "Suspendida"
    CANCELLED = "cancelled", "Cancelada"
    # Known because an acta cites it; its own acta is not in the program.
    REFERRED = "referred", "Anterior al registro"


class Office(TextChoices):
    """Who is named in the acta's data table, whether or not they attended."""

    CHAIR = "chair", "Conducción de la sesión"
    PRESIDENT = "president", "Presidencia de la comisión"
    SECRETARY = "secretary", "Secretaría Técnica de la comisión"
    # Whoever keeps the acta of one session where the Secretaría Técnica is absent.
    CLERK = "clerk", "Secretaría ad hoc de la sesión"


# Those known before the session is held.
EXPECTED_OFFICES = (Office.CHAIR, Office.PRESIDENT, Office.SECRETARY)


class Presence(TextChoices):
    PRESENT = "present", "Presente"
    EXCUSED = "excused", "Con justificación"
    ABSENT = "absent", "Ausente"


class AgendaKind(TextChoices):
    APPROVAL = "approval", "Para aprobación"
    INFORMATION = "information", "Informativo"


class ActaState(TextChoices):
    DRAFT = "draft", "Borrador"
    IN_REVIEW = "in_review", "En revisión"
    APPROVED = "approved", "Aprobada"


class ActaStep(TextChoices):
    SUBMITTED = "submitted", "Enviada a revisión"
    REJECTED = "rejected", "Devuelta a borrador"
    APPROVED = "approved", "Aprobada"
    REOPENED = "reopened", "Reabierta"


# Step → the state that it starts from, and the one where it leads.
ACTA_TRANSITIONS = {
    ActaStep.SUBMITTED: (ActaState.DRAFT, ActaState.IN_REVIEW),
    ActaStep.REJECTED: (ActaState.IN_REVIEW, ActaState.DRAFT),
    ActaStep.APPROVED: (ActaState.IN_REVIEW, ActaState.APPROVED),
    ActaStep.REOPENED: (ActaState.APPROVED, ActaState.IN_REVIEW),
}


class AgendaState(TextChoices):
    PROPOSED = "proposed", "Propuesto"
    ACCEPTED = "accepted", "En el orden del día"
    DECLINED = "declined", "No incluido"


class PetitionOrigin(TextChoices):
    SECRETARIAT = "secretariat", "Presidencia y Secretaría Técnica"
    MEMBERS = "members", "Integrantes"


class Adoption(TextChoices):
    CONSENSUS = "consensus", "Por consenso"
    UNANIMITY = "unanimity", "Por unanimidad"
    VOTE = "vote", "Por votación"
    NOT_RECORDED = "not_recorded", "No consignada en el acta"


class Sense(TextChoices):
    FAVOR = "favor", "A favor"
    AGAINST = "against", "En contra"
    ABSTENTION = "abstention", "Abstención"


# The chair breaks a tie one way or the other.
CASTING_SIDES = (Sense.FAVOR, Sense.AGAINST)


class AgreementState(TextChoices):
    PENDING = "pending", "Pendiente"
    FULFILLED = "fulfilled", "Cumplido"
    WITHDRAWN = "withdrawn", "Dejado sin efecto"


class SummonsKind(TextChoices):
    SUMMONS = "summons", "Convocatoria"
    RECTIFICATION = "rectification", "Rectificación"
    CANCELLATION = "cancellation", "Cancelación"


class Answer(TextChoices):
    PENDING = "pending", "Sin respuesta"
    YES = "yes", "Asistirá"
    NO = "no", "No asistirá"


class CirculationStep(TextChoices):
    OPENED = "opened", "Abierta"
    EXTENDED = "extended", "Ampliada"
    CLOSED = "closed", "Cerrada"
    REOPENED = "reopened", "Reabierta"


class RemarkState(TextChoices):
    OPEN = "open", "Por atender"
    ACCEPTED = "accepted", "Aceptada"
    ANSWERED = "answered", "Respondida"
    WITHDRAWN = "withdrawn", "Retirada"
