from cnlctf.lib import plain
from cnlctf.lib.flow import Flow, Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.grid import Cell, Row, Table


def write(*parts: Part, notice: str = "") -> str:
    return plain.write(Flow("Acta N° 1", "Comisión", ("PERÚ",), notice, parts))


def body(*parts: Part) -> list[str]:
    return write(*parts).splitlines()[4:]


def test_what_heads_it() -> None:
    lines = write().splitlines()
    assert [line.strip() for line in lines] == ["PERÚ", "", "Comisión", "ACTA N° 1"]
    assert {len(line) - len(line.lstrip()) for line in lines if line} == {37, 35, 34}


def test_what_it_still_is_stands_at_both_ends() -> None:
    lines = [line.strip() for line in write(Prose("Uno"), notice="Borrador").splitlines()]
    assert (lines[5], lines[-1]) == ("*** BORRADOR ***", "*** BORRADOR ***")


def test_headings_by_level() -> None:
    assert body(Heading(1, "I. Uno"), Heading(2, "**Dos**"), Heading(3, "Tres")) == [
        "",
        "",
        "I. UNO",
        "======",
        "",
        "Dos",
        "---",
        "",
        "Tres",
    ]


def test_paragraphs_bullets_and_numbers_hang_in_their_margin() -> None:
    words = "palabra " * 12
    assert body(
        Prose(f"Párrafo.\n- {words}\n  - dos"),
        Numbered("1.", f"{words}\n- viñeta"),
        Numbered("1.1.", "Uno uno", level=2),
    ) == [
        "",
        "Párrafo.",
        "- palabra palabra palabra palabra palabra palabra palabra palabra palabra",
        "  palabra palabra palabra",
        "  - dos",
        "",
        "1.   palabra palabra palabra palabra palabra palabra palabra palabra palabra",
        "     palabra palabra palabra",
        "     - viñeta",
        "",
        "    1.1. Uno uno",
    ]


def test_a_narrow_table_is_set_in_columns() -> None:
    table = Table(
        "Gente",
        (1, 1),
        (Row((Cell("Nombre"), Cell("Entidad"))),),
        (Row((Cell("Titulares", colspan=2),)), Row((Cell("Ana"), Cell("MINAM " * 8)))),
    )
    assert body(Grid(table)) == [
        "",
        "Nombre                                  Entidad",
        f"{'-' * 38}  {'-' * 38}",
        "Titulares",
        "Ana                                     MINAM MINAM MINAM MINAM MINAM MINAM",
        "                                        MINAM MINAM",
    ]


def test_a_wide_table_is_told_row_by_row() -> None:
    table = Table(
        "Metas",
        (1, 1, 1, 1, 1),
        (
            Row((Cell("OE", rowspan=2), Cell("Ejecutado", colspan=2), Cell("x", colspan=2))),
            Row((Cell("Abs."), Cell("%"), Cell("y"), Cell("z"))),
        ),
        (
            Row((Cell("OE 1", rowspan=2), Cell("2"), Cell("100 %"), Cell(), Cell("a"))),
            Row((Cell("3"), Cell("150 %"), Cell("b", colspan=2))),
        ),
    )
    assert body(Grid(table), Landscape()) == [
        "",
        "[1]",
        "    OE: OE 1",
        "    Ejecutado / Abs.: 2",
        "    Ejecutado / %: 100 %",
        "    x / z: a",
        "",
        "[2]",
        "    OE: OE 1",
        "    Ejecutado / Abs.: 3",
        "    Ejecutado / %: 150 %",
        "    x / y: b",
        "    x / z: b",
        "",
        "",
    ]
