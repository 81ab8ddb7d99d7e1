"""The acta's markup is shown by a script as the server shows it: two readers of one language."""

import random

import pytest

from cnlctf.lib.text import inline_html, to_html

pytestmark = pytest.mark.browser

PIECES = (
    *("**", "_", "[", "](https://a.pe/x_(y))", "](mailto:a@b.pe)", "](ftp://a)", "\\", "*", "-"),
    *("- ", "  - ", "\n", "\n\n", " ", "año", "Ñ", "2019.", "a/", "<b>", "&amp;", "(", ")", "]"),
)
SHOW = """async ([address, sources]) => {
  const { show } = await import(address);
  const element = document.createElement("div");
  return sources.map((source) => [false, true].map((isTitle) => {
    show(element, source, isTitle);
    return element.innerHTML;
  }));
}"""
# How the server spells what a browser writes back without need of it.
SPELT = {"&#x27;": "'", "&quot;": '"'}


def sources() -> list[str]:
    chance = random.Random(120)  # noqa: S311  (the same texts each time)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(4000)]


def spelt(html: str) -> str:
    for code, sign in SPELT.items():
        html = html.replace(code, sign)
    return html


def test_a_script_and_the_server_show_the_same(context_of, site: str):
    page = context_of("").new_page()
    page.goto("/")
    texts = sources()
    shown = page.evaluate(SHOW, [f"{site}/static/js/editor/markup.js", texts])
    page.close()
    expected = [[spelt(to_html(text)), spelt(inline_html(text))] for text in texts]
    differing = [
        (text, ours, theirs)
        for text, ours, theirs in zip(texts, shown, expected, strict=True)
        if ours != theirs
    ]
    assert differing == []
