from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from poa.models import OperatingPlan
from poa.plan_workbook import plan_workbook


class Command(BaseCommand):
    help = "Escribe la matriz de un plan operativo anual en un archivo de Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", metavar="AÑO", help="El del plan: 2019.")
        parser.add_argument(
            "-o", "--output", metavar="ARCHIVO", type=Path, required=True, help="Dónde escribirla."
        )

    def handle(self, *args: Any, year: str, output: Path, **options: Any) -> None:
        # As text: also «19» or «dos mil» are years without a plan.
        plan = OperatingPlan.objects.filter(year=year).first() if year.isdecimal() else None
        if plan is None:
            raise CommandError(f"No hay un plan operativo del año «{year}».")
        try:
            output.write_bytes(plan_workbook(plan))
        except OSError as error:
            raise CommandError(
                f"No se puede escribir «{output}»: revise la carpeta y sus permisos."
            ) from error
        self.stdout.write(f"{output}: {plan}.")
