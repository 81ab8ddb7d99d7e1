from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cnlctf.lib.output import OutputError, write_file
from cnlctf.lib.pdf import PdfError
from sessions.acta_document import pdf_of
from sessions.management.named_acta import named_acta


class Command(BaseCommand):
    help = "Escribe en un archivo el acta de una sesión en PDF: «acta_pdf so-120 -o acta.pdf»."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="SESIÓN", help="El nombre de la sesión: so-120, se-3.")
        parser.add_argument(
            "-o",
            "--output",
            metavar="ARCHIVO",
            type=Path,
            help="Dónde escribirla; si no se indica, acta-so-120.pdf en la carpeta actual.",
        )

    def handle(self, *args: Any, name: str, output: Path | None, **options: Any) -> None:
        acta = named_acta(name)
        path = output or Path(f"acta-{acta.session.slug}.pdf")
        try:
            write_file(path, pdf_of(acta))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (PdfError, OutputError) as error:
            raise CommandError(str(error)) from error
        state = "" if acta.is_approved else " (borrador)"
        self.stdout.write(f"{path}: {acta}{state}.")
