"""Every word of the seed's acta is in its PDF, in its place: six neighbouring words at a time."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cnlctf.documents.models import IssuedDocument
from tests.poa.annex import annex_rows

# pytest-django makes the database for whom it finds to ask for one before the run.
pytestmark = pytest.mark.django_db

SEED = (Path(__file__).parents[1] / "data" / "acta-so-120.txt").read_text(encoding="utf-8")
SEQUENCE = 6

# --- What is left out -----------------------------------------------------------------------

# Of the PDF: the running head, each page's number, the head of a table that goes on.
FURNITURE = re.compile(
    r"Comisión Nacional para la Lucha contra el Trabajo Forzoso \(CNLCTF\) "
    r"Acta de la Sesión Ordinaria N° 120\nPágina \d+ de \d+|Página 1 de \d+"
    r"(\nNOMBRES Y APELLIDOS ENTIDAD QUE REPRESENTA)?"
)
# Of the seed: what its page breaks repeat, and the stamp; in their places what the PDF computes.
NOISE = [
    # L8: two marks run together.
    (r"(?<=Empleo)(?=Alianza)", " "),
    # L158–164, in the middle of agreement 3: the three marks.
    (r"(?<=por correos\n)\s*PERÚ.*?Trabajo Forzoso\n", ""),
    # L186–193, in the middle of the signatures: the marks and the head of the table.
    (r"(?<=LEÓN VILELA\t\n)\s*PERÚ.*?FIRMA\n", ""),
    # L168–171: the stamp "SOP", and two agreements left without their numbers.
    (r"\nSOP\n", "\n"),
    (r"\n- (?=Aprobar el envío)", "\n4. "),
    (r"\n- (?=Aprobar que la Sesión Ordinaria N° 121)", "\n5. "),
]

# The seed writes the indicators of a line in one cell, and their institutions; in the PDF each
# indicator has its row.
TWO_IN_ONE = r" (?=2\. |Secretaría Técnica de la CNLCTF-MTPE/)"

HEADINGS = [
    "I. DATOS DE LA SESIÓN",
    "II. PARTICIPANTES",
    "III. VERIFICACIÓN DEL QUÓRUM",
    "IV. INFORMES",
    "V. PEDIDOS",
    "VI. ORDEN DEL DÍA",
    "VII. ACUERDOS",
    "VIII. SUSCRIPCIÓN DEL ACTA",
    "ANEXO 1:",
]
SECTIONS = ["Membrete", *HEADINGS[:-1]]


def words(text: str) -> list[str]:
    """Words and figures, capitals and accents kept; a word divided at a line's end is one."""
    return re.findall(r"\w+", re.sub("\N{HYPHEN}\\s+", "", text))


def sections(text: str) -> list[str]:
    """The text cut before each of the headings."""
    places = [text.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def sequences(found: list[str]) -> list[tuple[str, ...]]:
    return [tuple(found[i : i + SEQUENCE]) for i in range(len(found) - SEQUENCE + 1)]


@pytest.fixture(scope="module")
def printed(issued_so_120: IssuedDocument) -> list[str]:
    pages = PdfReader(BytesIO(issued_so_120.content)).pages
    text = "\n".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ")
    return sections(FURNITURE.sub("", text))


@pytest.fixture(scope="module")
def seed() -> list[str]:
    text = SEED
    for noise, instead in NOISE:
        text, count = re.subn(noise, instead, text, flags=re.DOTALL)
        assert count == 1, noise
    return sections(text)


@pytest.mark.parametrize("section", range(len(SECTIONS)), ids=SECTIONS)
def test_every_word_of_a_section(printed: list[str], seed: list[str], section: int) -> None:
    wanted, found = sequences(words(seed[section])), set(sequences(words(printed[section])))

    missing = [" ".join(sequence) for sequence in wanted if sequence not in found]

    assert missing == []


def test_every_word_of_the_annex_cell_by_cell(printed: list[str]) -> None:
    found = words(printed[-1])
    runs, alone = set(sequences(found)), set(found)
    cells = [
        words(part)
        for _, row in annex_rows()
        for cell in row
        for part in re.split(TWO_IN_ONE, cell)
    ]
    assert len(cells) == 121
    wanted = [run for cell in cells for run in sequences(cell)]
    short = {word for cell in cells if len(cell) < SEQUENCE for word in cell}

    missing = [" ".join(run) for run in wanted if run not in runs]

    assert short <= alone
    assert missing == []


def test_the_head_the_notes_and_the_legend_of_the_annex(printed: list[str]) -> None:
    # Together: the extraction puts no space between the cells of different lines.
    found = "".join(words(printed[-1]))
    lines = SEED[SEED.index("ANEXO 1:") :].splitlines()
    head = [word for line in lines[2:5] for word in words(line)]
    notes = [
        line for line in lines if line.startswith(("ANEXO 1", "TF=", "a/", "\tMeta", "\tActividad"))
    ]

    assert [word for word in head if word not in found] == []
    assert len(notes) == 6
    assert [line for line in notes if "".join(words(line)) not in found] == []
