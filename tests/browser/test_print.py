"""What goes to paper: the content without the ways to move about."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/sesiones/", "Sesiones"),
        ("/sesiones/so-120/acta/", "Acta de la Sesión Ordinaria N° 120"),
        ("/poa/2019/", "Plan Operativo Anual 2019"),
        ("/poa/2019/matriz/", "Matriz de cumplimiento"),
    ],
)
def test_paper_has_no_navigation(open_page, path, heading):
    page = open_page(path)
    expect(page.get_by_role("navigation", name="Principal")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    for part in ("navigation", "search", "button", "contentinfo"):
        expect(page.get_by_role(part).filter(visible=True)).to_have_count(0)
