import json
from decimal import Decimal

import pytest

from cnlctf.lib.frozen import freeze, thaw
from cnlctf.lib.grid import Align, Block, Cell, LegendItem, Row, Table

BLOCK = Block(
    heading="Anexo",
    prose="Una línea.",
    table=Table(
        caption="Metas",
        widths=(1, 2),
        head=(Row((Cell("Línea", header=True), Cell("%", header=True))),),
        body=(Row((Cell("LA 1.3.3"), Cell("150%", number=Decimal("1.50"), align=Align.END))),),
    ),
    legend=(LegendItem("met", "●", "Meta alcanzada"),),
    notes=("a/ Una nota.",),
)


def test_a_block_comes_back_from_json_as_it_was():
    assert thaw(json.loads(json.dumps(freeze(BLOCK))), Block) == BLOCK


def test_a_decimal_keeps_its_digits():
    assert freeze(Cell("150%", number=Decimal("1.50")))["number"] == "1.50"


def test_what_does_not_fit_is_refused():
    with pytest.raises(Exception, match="Block"):
        thaw({"prose": "sin título"}, Block)
