"""Every page in Chromium: WCAG 2.2 AA by axe, on a desk and on a phone, by day and by night."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

SECRETARY, REPRESENTATIVE, OBSERVER, ADMIN = "secretaria", "representante", "observador", "admin"
PAGES = [
    ("", "/", 200),
    ("", "/sesiones/", 200),
    ("", "/sesiones/so-120/", 200),
    ("", "/sesiones/so-120/acta/", 200),
    ("", "/sesiones/so-120/acta/versiones/", 200),
    ("", "/sesiones/so-120/acta/versiones/comparar/?de=1&a=1", 200),
    (SECRETARY, "/sesiones/so-120/acta/", 200),
    (SECRETARY, "/sesiones/so-120/acta/versiones/", 200),
    (SECRETARY, "/sesiones/so-120/acta/reabrir/", 200),
    (SECRETARY, "/sesiones/so-120/acta/erratas/", 200),
    (SECRETARY, "/sesiones/so-120/acuerdos/1/certificado/", 200),
    (SECRETARY, "/sesiones/so-121/acta/enviar/", 200),
    (SECRETARY, "/sesiones/so-121/acta/propuestas/", 200),
    (SECRETARY, "/sesiones/so-121/acta/", 200),
    (SECRETARY, "/sesiones/so-121/acta/editar/", 200),
    (SECRETARY, "/sesiones/so-121/acta/revision/", 200),
    (SECRETARY, "/sesiones/so-121/acta/observaciones/", 200),
    (SECRETARY, "/sesiones/so-121/acta/observaciones/circular/", 200),
    (SECRETARY, "/sesiones/so-121/convocatoria/", 200),
    (SECRETARY, "/sesiones/so-121/convocatoria/enviar/", 200),
    (SECRETARY, "/sesiones/so-121/anexos/", 200),
    (SECRETARY, "/sesiones/so-121/anexos/agregar/poa-matriz-2019/", 200),
    ("", "/miembros/", 200),
    ("", "/miembros/minjus/", 200),
    ("", "/miembros/oit/", 200),
    ("", "/poa/2019/", 200),
    ("", "/poa/2019/?unidad=persona", 200),
    ("", "/poa/2019/?eje=verde", 200),
    ("", "/poa/2019/calculo/?region=cusco", 200),
    ("", "/poa/2019/instituciones/sunafil/", 200),
    ("", "/poa/2019/proyector/?por=eje", 200),
    (OBSERVER, "/poa/2019/ambicion/", 200),
    ("", "/poa/2019/matriz/", 200),
    ("", "/poa/2019/matriz/?estado=verde", 200),
    (SECRETARY, "/poa/2019/importar/", 200),
    ("", "/poa/2019/lineas/2.1.4/", 200),
    ("", "/poa/2019/lineas/1.4.4/", 200),
    ("", "/poa/arbol/", 200),
    ("", "/poa/2022/versiones/", 200),
    ("", "/poa/2022/versiones/1/1/", 200),
    (SECRETARY, "/poa/arbol/", 200),
    (SECRETARY, "/poa/arbol/plan/nuevo/", 200),
    (SECRETARY, "/poa/nuevo/", 200),
    (SECRETARY, "/poa/2021/", 200),
    (SECRETARY, "/poa/2021/editar/", 200),
    (SECRETARY, "/poa/2021/editar/2.1.4-1/", 200),
    (SECRETARY, "/poa/2021/aprobar/", 200),
    (SECRETARY, "/poa/2022/ajustes/", 200),
    (SECRETARY, "/poa/2022/ajustes/2.1.4-1/", 200),
    (SECRETARY, "/poa/2022/consolidar/", 200),
    (REPRESENTATIVE, "/poa/2022/ajustes/", 200),
    (SECRETARY, "/poa/2022/requerimientos/", 200),
    (SECRETARY, "/poa/2022/requerimientos/nuevo/", 200),
    (REPRESENTATIVE, "/poa/2022/reportes/", 200),
    (REPRESENTATIVE, "/poa/2022/reportes/nuevo/", 200),
    ("", "/poa/2019/evaluaciones/", 200),
    (SECRETARY, "/poa/2019/evaluaciones/nueva/", 200),
    (SECRETARY, "/poa/2022/lineas/2.1.4/observaciones/", 200),
    ("", "/ingresar/", 200),
    ("", "/no-existe/", 404),
    (SECRETARY, "/", 200),
    (SECRETARY, "/sesiones/", 200),
    (SECRETARY, "/sesiones/?anio=1990", 200),
    (SECRETARY, "/sesiones/so-119/", 200),
    (SECRETARY, "/sesiones/so-121/", 200),
    (SECRETARY, "/sesiones/so-121/asistencia/?persona=ca", 200),
    (OBSERVER, "/sesiones/so-121/tablero/", 200),
    (SECRETARY, "/sesiones/nueva/", 200),
    (SECRETARY, "/sesiones/nueva/?clase=ordinaria&fecha=2020-05-21", 200),
    (SECRETARY, "/sesiones/so-121/editar/", 200),
    (SECRETARY, "/sesiones/so-121/cancelar/", 200),
    (SECRETARY, "/sesiones/so-121/agenda/", 200),
    (REPRESENTATIVE, "/sesiones/so-121/agenda/proponer/", 200),
    (SECRETARY, "/acuerdos/", 200),
    (SECRETARY, "/miembros/minjus/", 200),
    (REPRESENTATIVE, "/", 200),
    (REPRESENTATIVE, "/acuerdos/?estado=cumplido", 200),
    (REPRESENTATIVE, "/acuerdos/?estado=verde", 200),
    (REPRESENTATIVE, "/admin/", 403),
    (OBSERVER, "/", 200),
    (ADMIN, "/", 200),
]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# By night only the colours are others.
COLOURS = ["color-contrast", "link-in-text-block"]

FINDINGS = """async (rules) => {
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}"""


@pytest.mark.parametrize(("username", "path", "status"), PAGES)
def test_page(open_page, username, path, status):
    page = open_page(path, username, status)
    page.evaluate(AXE_SCRIPT)
    found = {}
    for place, viewport in (("desk", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(viewport)
        for scheme, rules in (("light", WCAG), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found[place, scheme] = page.evaluate(FINDINGS, rules)
    assert {where: what for where, what in found.items() if what} == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
