from poa.management.plan_file import PlanFileCommand
from poa.models import OperatingPlan
from poa.plan_workbook import plan_workbook


class Command(PlanFileCommand):
    help = "Escribe la matriz de un plan operativo anual en un archivo de Excel."

    def content(self, plan: OperatingPlan) -> bytes:
        return plan_workbook(plan)
