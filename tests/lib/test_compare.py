import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnlctf.lib.compare import MOST_WORDS, PILCROW, Change, Paragraph, Piece, compare

SIGNS = {Change.SAME: "{}", Change.GONE: "[-{}-]", Change.COME: "[+{}+]"}


def shown(old: list[str], new: list[str]) -> list[str]:
    return [
        "".join(SIGNS[piece.change].format(piece.text) for piece in paragraph.pieces)
        for paragraph in compare(old, new)
    ]


def side(paragraphs: list[Paragraph], gone: Change) -> str:
    """One of the two texts, its paragraphs run together."""
    return "".join(
        piece.text
        for paragraph in paragraphs
        for piece in paragraph.pieces
        if piece.change is not gone
    ).replace(PILCROW, "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        (["Uno.", "Dos."], ["Uno.", "Dos."], ["Uno.", "Dos."]),
        (["Uno."], ["Uno.", "Dos."], ["Uno.", "[+Dos.+]"]),
        (["Uno.", "Dos."], ["Dos."], ["[-Uno.-]", "Dos."]),
        (
            ["hasta el día jueves 23 de enero"],
            ["hasta el día viernes 24 de enero"],
            ["hasta el día[- jueves 23-][+ viernes 24+] de enero"],
        ),
        (["Aprobar."], ["Aprobar por consenso."], ["Aprobar[+ por consenso+]."]),
        (["a", "b", "c"], ["a", "B", "c"], ["a", "[-b-][+B+]", "c"]),
        (["Uno.", "Dos."], ["Uno. Dos."], ["Uno.[- ¶-]", "[-Dos-][+ Dos+]."]),
    ],
)
def test_word_by_word(old, new, expected):
    assert shown(old, new) == expected


def test_a_paragraph_that_stays_is_one_piece():
    assert compare(["Uno. Dos."], ["Uno. Dos."]) == [Paragraph((Piece(Change.SAME, "Uno. Dos."),))]
    assert [paragraph.is_same for paragraph in compare(["a", "b"], ["a", "c"])] == [True, False]


LINES = st.lists(st.text("ab .", min_size=1, max_size=12), max_size=6)


@given(LINES, LINES)
def test_both_texts_are_in_it_whole(old, new):
    found = compare(old, new)
    assert side(found, Change.COME) == "".join(old)
    assert side(found, Change.GONE) == "".join(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["a " * 100_000], ["b " * 100_000]),
        (["a"] * 100_000, ["b", *["a"] * 99_999, "c"]),
        ([f"{n % 90}" for n in range(1_990)], [f"{n * 7 % 90}" for n in range(1_990)]),
        (
            [" ".join(f"{n % 90}" for n in range(900))],
            [" ".join(f"{n * 7 % 90}" for n in range(900))],
        ),
    ],
)
def test_long_texts_take_seconds_at_most(old, new):
    start = time.process_time()
    compare(old, new)
    assert time.process_time() - start < 5


def test_what_is_too_long_goes_and_comes_whole():
    old, new = ("x " * MOST_WORDS + "fin", "y " * MOST_WORDS + "fin")
    assert [piece.change for piece in compare([old], [new])[0].pieces] == [
        Change.GONE,
        Change.COME,
        Change.SAME,
    ]
