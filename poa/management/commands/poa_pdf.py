from poa.dashboard_document import pdf_of
from poa.management.plan_file import PlanFileCommand
from poa.models import OperatingPlan


class Command(PlanFileCommand):
    help = "Escribe el tablero de un plan operativo anual en PDF."

    def content(self, plan: OperatingPlan) -> bytes:
        return pdf_of(plan)
