import time
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from cnlctf.lib.text import (
    Bullet,
    Paragraph,
    Run,
    escape,
    inline_html,
    parse,
    runs,
    to_html,
    to_plain,
)

LITERALS = [
    "2019.",
    "a/ Considera el número de víctimas",
    "* Noviembre: • Evento 1 (18/11/2019): Ucayali – Coronel Portillo",
    "I. DATOS DE LA SESIÓN",
    "1.1. Informes",
    "Informe N° 004-2019-EEBs",
    "acta_final_v2.pdf y SO_120_",
    "2 * 3 ** 4 * 5",
    "un _ suelto y otro _ más",
    "** nada **, **** y __init__",
    "_a__ y otra",
    "[sic] y (https://gob.pe)",
    "[nada](javascript:alert(1))",
    "[](https://gob.pe)",
    r"C:\actas\2020",
    "-sin espacio",
    "   - tres espacios",
    "0 ^{a/}",
    "<b>&amp;</b>",
]


@pytest.mark.parametrize("line", LITERALS)
def test_what_actas_hold_stays_literal(line):
    assert parse(line) == (Paragraph((Run(line),)),)
    assert to_plain(line) == line


def test_runs():
    assert runs(r"Los **doce _indicadores_** de [la \_web_](https://gob.pe/a_b_(c)).") == (
        Run("Los "),
        Run("doce ", bold=True),
        Run("indicadores", bold=True, italic=True),
        Run(" de "),
        Run("la _web_", href="https://gob.pe/a_b_(c)"),
        Run("."),
    )


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("**a _b_ c**", "<strong>a <em>b</em> c</strong>"),
        ("**a _b** c_", "<strong>a _b</strong> c_"),
        ("** a **b**", "** a <strong>b</strong>"),
        ("**a **b** c**", "<strong>a b c</strong>"),
        ("_a_b_", "<em>a_b</em>"),
        ("(_a_), «_b_»", "(<em>a</em>), «<em>b</em>»"),
        (r"\**a** \_b_ \[c](https://x)", "**a** _b_ [c](https://x)"),
        ("[a [b](https://x)](https://y)", '[a <a href="https://x">b</a>](https://y)'),
        ("[**a**](mailto:a@b.pe)", '<a href="mailto:a@b.pe"><strong>a</strong></a>'),
        ('[a](https://x/?a=1&b="2")', '<a href="https://x/?a=1&amp;b=&quot;2&quot;">a</a>'),
        ("[a](HTTPS://X)", '<a href="HTTPS://X">a</a>'),
        (
            "**[[c](mailto:x)** [d](mailto:y)",
            '<strong>[</strong><a href="mailto:x"><strong>c</strong></a> <a href="mailto:y">d</a>',
        ),
        ("**a [b** c](https://x)", "<strong>a [b</strong> c](https://x)"),
        ("<script>'\"&", "&lt;script&gt;&#x27;&quot;&amp;"),
        ("a\nb", "a<br>b"),
        ("- a", "- a"),
    ],
)
def test_inline_html(line, html):
    assert inline_html(line) == html


def test_blocks():
    source = "Uno\r\n\r\n- a\n  - a1\n  - a2\n\n- **b**\nDos\n  - c\n  "
    assert parse(source)[2:4] == (Bullet(1, (Run("a"),)), Bullet(2, (Run("a1"),)))
    assert to_html(source) == (
        "<p>Uno</p>"
        "<ul><li>a<ul><li>a1</li><li>a2</li></ul></li><li><strong>b</strong></li></ul>"
        "<p>Dos</p><ul><li>c</li></ul>"
    )
    assert to_plain(source) == "Uno\n\n- a\n  - a1\n  - a2\n\n- b\nDos\n  - c\n  "
    assert to_html("") == ""


def test_an_escaped_hyphen_opens_no_bullet():
    assert to_html("\\- a\n  \\- b") == "<p>- a</p><p>  - b</p>"


MARKS = st.text(st.sampled_from("\\*_[]()- ab\n1./h<"))


@given(st.text() | MARKS)
def test_escaped_text_reads_as_it_was(plain):
    plain = plain.replace("\r", "\n")
    assert to_plain(escape(plain)) == plain
    assert all(isinstance(line, Paragraph) for line in parse(escape(plain)))


@given(st.lists(st.sampled_from(["**", "_", "[", "](https://x)", "a", " ", "\\", "- "])))
def test_pieces_join_into_runs_without_repeats(pieces):
    found = runs("".join(pieces))
    assert all(run.text for run in found)
    looks = [(run.bold, run.italic, run.href) for run in found]
    assert all(one != next_ for one, next_ in pairwise(looks))


def test_escape_touches_only_what_would_be_markup():
    assert escape("a_b * c [d] **e**") == r"a_b * c \[d] \*\*e\*\*"
    assert escape("- a\n  - b\n   - c") == "\\- a\n  \\- b\n   - c"


@pytest.mark.parametrize(
    "unit",
    [
        "**a ",
        "a** ",
        "**a** ",
        "_a ",
        "[",
        "[ ](https://x)",
        "[a](https://x) **b ",
        "](https://",
        "](https://a(",
        "[a](https://a()()",
        "**a **b _c [d ",
        "\\",
        "- \n",
        " ",
        "*",
        "_",
    ],
)
def test_hostile_text_takes_linear_time(unit):
    source = (unit * 200_000)[:200_000]
    start = time.process_time()
    to_html(source)
    escape(source)
    # A quadratic step would take minutes; the margin is for slow machines.
    assert time.process_time() - start < 10


def test_filters():
    template = Template(
        "{% load markup %}{{ t|markup }}|{{ t|markup_inline }}|{{ t|markup_plain }}"
    )
    assert template.render(Context({"t": "**a** < b"})) == (
        "<p><strong>a</strong> &lt; b</p>|<strong>a</strong> &lt; b|a &lt; b"
    )
