"""Closed lists of words; outside the models, because constraints name them."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draft", "Borrador"
    ADJUSTING = "adjusting", "Aprobado con cargo a ajustes"
    IN_FORCE = "in_force", "Vigente"
    EVALUATED = "evaluated", "Evaluado"
    CLOSED = "closed", "Cerrado"


class PlanStep(TextChoices):
    APPROVED_TO_ADJUST = "to_adjust", "Aprobado con cargo a ajustes"
    APPROVED = "approved", "Aprobado"
    EXTENDED = "extended", "Plazo de ajustes ampliado"
    CONSOLIDATED = "consolidated", "Consolidado"
    EVALUATED = "evaluated", "Evaluado"
    CLOSED = "closed", "Cerrado"


# Step → the state that it starts from, and the one where it leads.
PLAN_TRANSITIONS = {
    PlanStep.APPROVED_TO_ADJUST: (PlanState.DRAFT, PlanState.ADJUSTING),
    PlanStep.APPROVED: (PlanState.DRAFT, PlanState.IN_FORCE),
    PlanStep.EXTENDED: (PlanState.ADJUSTING, PlanState.ADJUSTING),
    PlanStep.CONSOLIDATED: (PlanState.ADJUSTING, PlanState.IN_FORCE),
    PlanStep.EVALUATED: (PlanState.IN_FORCE, PlanState.EVALUATED),
    PlanStep.CLOSED: (PlanState.EVALUATED, PlanState.CLOSED),
}


class ChangeSubject(TextChoices):
    """The columns of a plan that change after its approval, one thing at a time."""

    GOAL = "goal", "Meta"
    ADDED = "added", "Institución que se suma"
    REMOVED = "removed", "Institución que se retira"
    ROLE = "role", "Papel de una institución"


class ChangeState(TextChoices):
    SENT = "sent", "Por decidir"
    ACCEPTED = "accepted", "Aceptado"
    DECLINED = "declined", "No aceptado"
    WITHDRAWN = "withdrawn", "Retirado"


class Direction(TextChoices):
    UP = "up", "Sube"
    DOWN = "down", "Baja"
    STEADY = "steady", "Se mantiene"


class Counting(TextChoices):
    """How what is reported of an indicator adds up."""

    SUM = "sum", "Se suma lo de cada evento"
    PERSONS_REPEAT = "persons_repeat", "Se suma; una persona puede contarse más de una vez"
    DISTINCT_REGIONS = "distinct_regions", "Cada región cuenta una sola vez"


class GoalKind(TextChoices):
    NUMERIC = "numeric", "Numérica"
    NOT_DUE = "not_due", "No corresponde este año"
    TO_BE_DEFINED = "to_be_defined", "Por definir"


class ParticipationRole(TextChoices):
    RESPONSIBLE = "responsible", "Responsable"
    INVOLVED = "involved", "Involucrada"


class NoReportCause(TextChoices):
    NOT_ASKED = "not_asked", "No se pidió"
    IN_TIME = "in_time", "Pedido, dentro del plazo"
    OVERDUE = "overdue", "Pedido, plazo vencido"


class RequestState(TextChoices):
    DRAFT = "draft", "Borrador"
    SENT = "sent", "Remitido"
    WITHDRAWN = "withdrawn", "Dejado sin efecto"


class ReportState(TextChoices):
    DRAFT = "draft", "En preparación"
    SENT = "sent", "Recibido"
    RETURNED = "returned", "Devuelto"
    ACCEPTED = "accepted", "Aceptado"


class ReportStep(TextChoices):
    SENT = "sent", "Enviado"
    RETURNED = "returned", "Devuelto"
    ACCEPTED = "accepted", "Aceptado"
    # The Secretaría takes an accepted report out of the figures, for its entity to mend it.
    REOPENED = "reopened", "Reabierto"


# Step → the states that it starts from, and the one where it leads.
REPORT_TRANSITIONS = {
    ReportStep.SENT: ((ReportState.DRAFT, ReportState.RETURNED), ReportState.SENT),
    ReportStep.RETURNED: ((ReportState.SENT,), ReportState.RETURNED),
    ReportStep.ACCEPTED: ((ReportState.SENT,), ReportState.ACCEPTED),
    ReportStep.REOPENED: ((ReportState.ACCEPTED,), ReportState.RETURNED),
}


class EvaluationKind(TextChoices):
    """Only the final one closes the year: it is what takes a plan to «evaluado»."""

    PARTIAL = "partial", "Evaluación parcial"
    FINAL = "final", "Evaluación del año"
    ADDENDUM = "addendum", "Adenda"


class EvaluationState(TextChoices):
    DRAFT = "draft", "Borrador"
    APPROVED = "approved", "Aprobada"


class ObservationLayout(TextChoices):
    EVENTS = "events", "Eventos por mes"
    PLACES = "places", "Lugares en una oración"


class Region(TextChoices):
    """Peru's 24 departments, Callao, and the region that is the city of Lima."""

    AMAZONAS = "AMA", "Amazonas"
    ANCASH = "ANC", "Áncash"
    APURIMAC = "APU", "Apurímac"
    AREQUIPA = "ARE", "Arequipa"
    AYACUCHO = "AYA", "Ayacucho"
    CAJAMARCA = "CAJ", "Cajamarca"
    CALLAO = "CAL", "Callao"
    CUSCO = "CUS", "Cusco"
    HUANCAVELICA = "HUV", "Huancavelica"
    HUANUCO = "HUC", "Huánuco"
    ICA = "ICA", "Ica"
    JUNIN = "JUN", "Junín"
    LA_LIBERTAD = "LAL", "La Libertad"
    LAMBAYEQUE = "LAM", "Lambayeque"
    LIMA = "LIM", "Lima"
    LIMA_METROPOLITANA = "LMT", "Lima Metropolitana"
    LORETO = "LOR", "Loreto"
    MADRE_DE_DIOS = "MDD", "Madre de Dios"
    MOQUEGUA = "MOQ", "Moquegua"
    PASCO = "PAS", "Pasco"
    PIURA = "PIU", "Piura"
    PUNO = "PUN", "Puno"
    SAN_MARTIN = "SAM", "San Martín"
    TACNA = "TAC", "Tacna"
    TUMBES = "TUM", "Tumbes"
    UCAYALI = "UCA", "Ucayali"
