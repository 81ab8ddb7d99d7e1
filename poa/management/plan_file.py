import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cnlctf.lib.output import OutputError, write_file
from cnlctf.lib.pdf import PdfError
from poa.models import OperatingPlan


class PlanFileCommand(BaseCommand):
    """Write the file that ``content`` makes of a year's plan; CommandError, in Spanish, if not."""

    def content(self, plan: OperatingPlan) -> bytes:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", metavar="AÑO", help="El del plan: 2019.")
        parser.add_argument(
            "-o", "--output", metavar="ARCHIVO", type=Path, required=True, help="Dónde escribirlo."
        )

    def handle(self, *args: Any, year: str, output: Path, **options: Any) -> None:
        # As text: also «19» or «dos mil» are years without a plan.
        known = re.fullmatch(r"[0-9]{4}", year)
        plan = OperatingPlan.objects.filter(year=year).first() if known else None
        if plan is None:
            raise CommandError(f"No hay un plan operativo del año «{year}».")
        try:
            write_file(output, self.content(plan))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (PdfError, OutputError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{output}: {plan}.")
