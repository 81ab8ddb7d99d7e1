"""The styles, lists and pages of the DOCX that ``cnlctf.lib.docx`` writes."""

from itertools import product
from typing import Any, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

# Faces that Word has, and LibreOffice its twins of the same width.
FONT = "Calibri"
SERIF = "Cambria"
BRAND = "741C2B"
LANGUAGE = "es-PE"
MARGIN = Mm(24)
NARROW_MARGIN = Mm(12)
BULLETS, DECIMALS = 1, 2
INDENT = 440  # twentieths of a point


class _Look(NamedTuple):
    """Sizes and the room before and after are in points."""

    style: str
    font: str
    size: float
    before: float
    after: float
    bold: bool = False
    capitals: bool = False
    colour: str = "1A1614"


_LOOKS = (
    _Look("Normal", SERIF, 11, 0, 6),
    _Look("Caption", FONT, 9, 0, 10),
    _Look("Subtitle", FONT, 10, 10, 0, bold=True, capitals=True),
    _Look("Title", SERIF, 18, 4, 16, bold=True, capitals=True),
    _Look("Heading 1", FONT, 12.5, 18, 6, bold=True, capitals=True, colour=BRAND),
    _Look("Heading 2", FONT, 11.5, 12, 4, bold=True),
    _Look("Heading 3", SERIF, 11, 8, 3, bold=True),
    _Look("Header", FONT, 8, 0, 0, colour=BRAND),
    _Look("Footer", FONT, 8, 0, 0),
)

FIELD = (
    '<w:fldSimple {ns} w:instr="{field}"><w:r><w:rPr><w:noProof/></w:rPr><w:t>1</w:t></w:r>'
    "</w:fldSimple>"
)
_LEVEL = """
<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{sign}"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>
"""
_WATERMARK = """
<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>
<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom"
 o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:92pt;rotation:315;
 z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;
 mso-position-vertical:center;mso-position-vertical-relative:margin"
 o:allowincell="f" fillcolor="#e6cdd0" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="{words}"/>
</v:shape></w:pict></w:r>
"""


def watermark(words: str) -> Any:
    return parse_xml(_WATERMARK.format(ns=nsdecls("w"), words=words))


def define_lists(numbering: Any) -> None:
    """Instead of the template's lists, one of bullets and one of numbers, in levels."""
    for child in list(numbering):
        numbering.remove(child)
    signs = {
        BULLETS: [("bullet", sign) for sign in ("•", "–", "–")],
        DECIMALS: [("decimal", "%1."), ("decimal", "%1.%2.")],
    }
    for key, levels in signs.items():
        xml = "".join(
            _LEVEL.format(
                level=level,
                format=kind,
                sign=sign,
                left=INDENT * (level + 1) + (200 * level if key == DECIMALS else 0),
                hanging=INDENT if kind == "bullet" else INDENT + 200 * level,
            )
            for level, (kind, sign) in enumerate(levels)
        )
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">'
                f'<w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>'
            )
        )
    start_list(numbering, BULLETS, of=BULLETS)
    start_list(numbering, DECIMALS)


def start_list(numbering: Any, list_id: int, of: int = DECIMALS) -> None:
    restart = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for level in (0, 1)
        if of == DECIMALS
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{of}"/>'
            f"{restart}</w:num>"
        )
    )


def put_in_list(paragraph: Paragraph, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(level, 2)
    properties.get_or_add_numId().val = list_id


def set_styles(styles: Any) -> None:
    defaults = styles.element.find(qn("w:docDefaults"))
    next(defaults.iter(qn("w:lang"))).set(qn("w:val"), LANGUAGE)
    for look in _LOOKS:
        style = styles[look.style]
        # The template's letter spacing, rules and room around.
        _drop(style.element, "w:spacing", "w:pBdr")
        _set_font(style, look.font, look.size)
        style.font.bold, style.font.italic, style.font.all_caps = look.bold, False, look.capitals
        style.font.color.rgb = RGBColor.from_string(look.colour)
        style.paragraph_format.space_before = Pt(look.before)
        style.paragraph_format.space_after = Pt(look.after)
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for family, level in product(("List Bullet", "List Number", "List Continue"), (1, 2, 3)):
        style = styles[style_name(family, level)]
        _drop(style.element, "w:numPr", "w:contextualSpacing")
        style.paragraph_format.space_after = Pt(4)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(BRAND)
    link.font.underline = True


def _set_font(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    faces = style.element.rPr.rFonts
    for attribute in list(faces.attrib):
        # The theme's face would win over the named one.
        if attribute.endswith("Theme"):
            del faces.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{script}"), font)


def _drop(element: Any, *tags: str) -> None:
    for tag in tags:
        for found in list(element.iter(qn(tag))):
            found.getparent().remove(found)


def set_page(section: Any, margin: int, *, turned: bool = False) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    sides = (Mm(297), Mm(210)) if turned else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = min(margin, Mm(22))


def style_name(family: str, level: int) -> str:
    return family if level == 1 else f"{family} {level}"
