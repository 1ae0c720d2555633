"""Writes a small XLSX file: texts, numbers, true dates, sheets and merged cells."""

import zipfile
from datetime import date
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_APP = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write(path, sheets, merged=""):
    """Write sheets (name → rows); `merged` is a range such as A2:A3, merged in each sheet."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        parts = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
        parts += [(f"sheet{number}.xml", "worksheet") for number in range(1, len(names) + 1)]
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{_APP}.{kind}+xml"/>' for name, kind in parts
        )
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        packed.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{rels}{overrides}</Types>')
        packed.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "workbook.xml")]))
        links = [(f"rId{n}", "worksheet", f"sheet{n}.xml") for n in range(1, len(names) + 1)]
        packed.writestr("_rels/workbook.xml.rels", _relations([*links, ("rIdS", "styles", "styles.xml")]))
        entries = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
        )
        packed.writestr(
            "workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>',
        )
        formats = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        packed.writestr("styles.xml", f'<styleSheet xmlns="{_MAIN}">{formats}</styleSheet>')
        for number, name in enumerate(names, 1):
            packed.writestr(f"sheet{number}.xml", _sheet(sheets[name], merged))
    return path


def _relations(entries):
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{_RELS}">{inner}</Relationships>'


def _sheet(rows, merged):
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(number, place, cell) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
        if row
    )
    more = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{more}</worksheet>'


def _cell(number, place, cell):
    at = f"{chr(ord('A') + place)}{number}"
    if isinstance(cell, date):
        return f'<c r="{at}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, (int, float)):
        return f'<c r="{at}"><v>{cell}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
