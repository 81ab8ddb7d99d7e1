"""Closed lists of words; outside the models, because constraints name them."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draft", "Borrador"
    ADJUSTING = "adjusting", "Aprobado con cargo a ajustes"
    IN_FORCE = "in_force", "Vigente"
    EVALUATED = "evaluated", "Evaluado"
    CLOSED = "closed", "Cerrado"


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
