"""How Word documents look: every named style, as data. Used by make_template.py only; the renderer just names the styles.

Lengths in Word's units: twentieths of a point ("twips"), half points for letters, eighths of a point for lines.
"""

from __future__ import annotations

from typing import NamedTuple

from app.documents.colours import ACCENT, INK, OPEN, PALE, QUIET, RULE
from app.documents.model import SealKind

TEXT_WIDTH = 9866
BODY = 22  # the size of running text
FONT, FALLBACK = "Calibri", "Carlito"


class Style(NamedTuple):
    """One paragraph style: its id, its name in Word's list, the insides of w:pPr and w:rPr (in schema order), and the style that follows it."""

    id: str
    name: str
    paragraph: str = ""
    letters: str = ""
    next: str = ""
    based: str = "Normal"


def spacing(before: int, after: int, line: int = 0) -> str:
    """Space before, after and between lines (240 = single)."""
    between = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{between}/>'


def letters(size: int = 0, colour: str = "", bold: bool = False) -> str:
    """Letters: size in half points, colour, weight."""
    heavy = "<w:b/><w:bCs/>" if bold else ""
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    height = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    return heavy + tint + height


def line(side: str, size: int = 4, space: int = 0, colour: str = RULE, look: str = "single") -> str:
    """A line on one side of a paragraph, table or cell."""
    return f'<w:{side} w:val="{look}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _frame(kind: SealKind) -> str:
    """The frame of a seal."""
    look, size, fill = SEALS[kind]
    sides = "".join(line(side, size, 5, ACCENT, look) for side in ("top", "left", "bottom", "right"))
    return borders(sides) + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")


def seal_style(kind: SealKind) -> str:
    """The id of the style of a seal."""
    return "Seal" + kind.title().replace("_", "")


def borders(*lines: str) -> str:
    """The lines of a paragraph."""
    return f"<w:pBdr>{''.join(lines)}</w:pBdr>"


def tabs(*stops: tuple[str, str, int]) -> str:
    """Tab stops: kind, leader, position."""
    return "<w:tabs>" + "".join(f'<w:tab w:val="{kind}" w:leader="{leader}" w:pos="{at}"/>' for kind, leader, at in stops) + "</w:tabs>"


def indent(left: int, hanging: int = 0, right: int = 0) -> str:
    """Indents from the text's edges."""
    return f'<w:ind w:left="{left}" w:right="{right}"' + (f' w:hanging="{hanging}"/>' if hanging else "/>")


def numbered(list_id: int) -> str:
    """The list a style belongs to."""
    return f'<w:numPr><w:numId w:val="{list_id}"/></w:numPr>'


def outline(level: int) -> str:
    """The outline level of a heading, from 0."""
    return f'<w:outlineLvl w:val="{level}"/>'


KEEP = "<w:keepNext/><w:keepLines/>"
NO_HYPHENS = "<w:suppressAutoHyphens/>"
BOX = borders(*(line(side, 4, 8, ACCENT) for side in ("top", "left", "bottom", "right")))
PALE_FILL = f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'
BULLETS, NUMBERS = 1, 2
# At the right, beside the name or the logo. In the paragraph, not in its style: LibreOffice does not read it there.
SEAL_PLACE = '<w:framePr w:w="3200" w:hSpace="284" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="1"/>'
CENTRED = '<w:jc w:val="center"/>'
# A frame of its own for each kind of seal, so that they are told apart in black and white: kind of line, its size, fill.
SEALS: dict[SealKind, tuple[str, int, str]] = {
    "draft": ("dashed", 8, ""),
    "proposal": ("single", 8, ""),
    "adopted": ("single", 24, PALE),
    "in_force": ("double", 12, PALE),
    "replaced": ("dotted", 12, ""),
    "lapsed": ("dotted", 12, ""),
}

STYLES = (
    Style(
        "Heading1",
        "heading 1",
        KEEP + borders(line("bottom", 20, 4, ACCENT)) + NO_HYPHENS + spacing(20, 140, 216) + outline(0),
        letters(50, ACCENT, True),
        "Normal",
    ),
    Style("CoverName", "RusOff Cover Name", NO_HYPHENS + spacing(0, 0, 240), letters(20, QUIET, True)),
    *(
        Style(seal_style(kind), f"RusOff Seal {kind}", _frame(kind) + NO_HYPHENS + spacing(0, 0, 240) + CENTRED, letters(20, ACCENT))
        for kind in SEALS
    ),
    Style("Heading2", "heading 2", KEEP + NO_HYPHENS + spacing(190, 40, 240) + outline(1), letters(30, ACCENT, True), "Normal"),
    Style("Heading3", "heading 3", KEEP + NO_HYPHENS + spacing(170, 30, 240) + outline(2), letters(24, INK, True), "Normal"),
    Style("Heading4", "heading 4", KEEP + NO_HYPHENS + spacing(140, 30, 240) + outline(3), letters(22, ACCENT, True), "Normal"),
    # A heading within a section of the first level. Not Word's own: of those the table of contents is made.
    Style("Subheading", "RusOff Subheading", KEEP + NO_HYPHENS + spacing(170, 30, 240) + outline(2), letters(24, INK, True), "Normal"),
    Style("Lead", "RusOff Lead", spacing(200, 160, 276), letters(25, QUIET)),
    Style("OwnWords", "RusOff Own Words", borders(line("left", 18, 12, ACCENT)) + spacing(40, 120) + indent(284)),
    Style("Note", "RusOff Note", "<w:keepLines/>" + BOX + PALE_FILL + spacing(140, 160) + indent(200, right=200)),
    Style("ListBullet", "List Bullet", numbered(BULLETS) + spacing(0, 10) + indent(340, 255)),
    Style("ListNumber", "List Number", numbered(NUMBERS) + spacing(0, 10) + indent(340, 340)),
    Style("ListNumberFine", "RusOff List Number Fine", spacing(0, 10, 235), letters(18), based="ListNumber"),
    Style("ListBulletFine", "RusOff List Bullet Fine", spacing(0, 10, 235), letters(18), based="ListBullet"),
    Style("CheckList", "RusOff Check List", spacing(0, 30) + indent(340, 312)),
    Style("Caption", "caption", KEEP + NO_HYPHENS + spacing(120, 50, 240), letters(20, ACCENT, True)),
    Style("Figure", "RusOff Figure", "<w:keepNext/>" + spacing(80, 80, 240)),
    Style("ChartKey", "RusOff Chart Key", tabs(("left", "none", 397)) + spacing(0, 0, 228) + indent(737, 737), letters(18)),
    Style("TableText", "RusOff Table Text", spacing(0, 0, 240), letters(20)),
    Style("TableRowHead", "RusOff Table Row Head", "", letters(0, "", True), based="TableText"),
    Style("TableFine", "RusOff Table Fine", spacing(0, 0, 235), letters(18), based="TableText"),
    Style("TableHead", "RusOff Table Head", "<w:keepNext/>" + spacing(0, 0, 240), letters(19, ACCENT, True), based="TableText"),
    Style("BoardHead", "RusOff Board Head", "<w:keepNext/>" + NO_HYPHENS + spacing(0, 0, 240), letters(20), based="TableText"),
    Style("TableMark", "RusOff Table Mark", spacing(0, 0, 240) + '<w:jc w:val="center"/>', letters(24), based="TableText"),
    Style("TableMarkHead", "RusOff Table Mark Head", NO_HYPHENS + '<w:jc w:val="center"/>', letters(16), based="TableHead"),
    Style("AfterTable", "RusOff After Table", spacing(0, 0, 170), letters(12)),
    Style(
        "Fact",
        "RusOff Fact",
        borders(*(line(side, 4, 4) for side in ("bottom", "between"))) + tabs(("left", "none", 2552)) + spacing(0, 0, 240) + indent(2552, 2552),
    ),
    Style("Origin", "RusOff Origin", spacing(160, 0), letters(18, QUIET)),
    Style("TOCHeading", "TOC Heading", KEEP + spacing(200, 50, 240), letters(24, ACCENT, True), "Normal"),
    Style("TOC2", "toc 2", tabs(("right", "dot", TEXT_WIDTH)) + spacing(20, 0, 240), letters(21)),
    Style("TOC3", "toc 3", tabs(("right", "dot", TEXT_WIDTH)) + spacing(0, 0, 235) + indent(284), letters(19, QUIET)),
    Style("FieldInline", "RusOff Field Inline", tabs(("right", "underscore", TEXT_WIDTH)) + spacing(150, 0)),
    Style("FieldLabel", "RusOff Field Label", "<w:keepNext/>" + spacing(90, 0)),
    Style("FieldLine", "RusOff Field Line", tabs(("right", "underscore", TEXT_WIDTH)) + spacing(0, 0, 400), letters(0, QUIET)),
    # One paragraph for each party, with line breaks: kept whole by every reader, which a chain of paragraphs is not.
    Style(
        "Signature",
        "RusOff Signature",
        "<w:keepLines/>" + tabs(("left", "underscore", 4252), ("left", "none", 4536), ("right", "underscore", TEXT_WIDTH)) + spacing(120, 100, 264),
    ),
    Style("Logo", "RusOff Logo", spacing(0, 240, 240)),
    Style("Header", "header", tabs(("right", "none", TEXT_WIDTH)) + spacing(0, 0, 240) + indent(0, right=0), letters(17, QUIET)),
    Style("Footer", "footer", borders(line("top", 4, 8)) + tabs(("right", "none", TEXT_WIDTH)) + spacing(0, 0, 240), letters(17, QUIET)),
)

CHARACTERS = (
    ("Strong", "Strong", "<w:b/><w:bCs/>"),
    ("OpenPoint", "RusOff Open Point", f'<w:b/><w:bCs/><w:u w:val="single"/><w:shd w:val="clear" w:color="auto" w:fill="{OPEN}"/>'),
    ("FactName", "RusOff Fact Name", letters(20, QUIET)),
    ("DraftMark", "RusOff Draft Mark", f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/><w:bdr w:val="single" w:sz="6" w:space="0" w:color="{ACCENT}"/>'),
    ("SealWords", "RusOff Seal Words", letters(26, ACCENT, True)),
    ("Hyperlink", "Hyperlink", '<w:u w:val="single"/>'),
)


def _margins(sides: int, top: int = 35) -> str:
    """Room inside the cells of a table."""
    room = (("top", top), ("left", sides), ("bottom", top + 10), ("right", sides))
    return "<w:tblCellMar>" + "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in room) + "</w:tblCellMar>"


_HEAD = (
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", 10, 0, ACCENT)}</w:tcBorders>'
    '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
)
TABLES = (
    ("PolicyTable", "RusOff Table", line("top", 4) + line("bottom", 4) + line("insideH", 4), _margins(100, 28)),
    ("BoardTable", "RusOff Board", line("bottom", 4) + line("insideH", 4), _margins(110, 30)),
    ("FormTable", "RusOff Form", "".join(line(s, 4) for s in ("top", "left", "bottom", "right", "insideH", "insideV")), _margins(50)),
)


def styles_xml(language: str) -> str:
    """The whole styles part, with `language` (as nb-NO) as the language of everything that names none."""
    fonts = "".join(f' w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>{letters(BODY, INK)}"
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing(0, 70, 242)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
    )
    return defaults + normal + "".join(map(_paragraph, STYLES)) + "".join(map(_character, CHARACTERS)) + "".join(map(_table, TABLES))


def _paragraph(style: Style) -> str:
    follow = f'<w:next w:val="{style.next}"/>' if style.next else ""
    shape = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    look = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="{style.based}"/>{follow}'
        f"<w:qFormat/>{shape}{look}</w:style>"
    )


def _character(style: tuple[str, str, str]) -> str:
    id, name, look = style
    return (
        f'<w:style w:type="character" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )


def _table(style: tuple[str, str, str, str]) -> str:
    id, name, rules, margins = style
    return (
        f'<w:style w:type="table" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders>{margins}</w:tblPr>{_HEAD}</w:style>"
    )
