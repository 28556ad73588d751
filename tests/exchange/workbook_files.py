"""Makes workbooks of the least that a reader of spreadsheets needs."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    merged: str = "",
    hidden: Sequence[str] = (),
    cell: str = "",
) -> Path:
    """A workbook of Excel; `merged` is a range of the first sheet, `cell` more of its XML."""
    names = list(enumerate(sheets, 1))
    books = "".join(_listed(at, name, name in hidden) for at, name in names)
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in names
    )
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>')
        file.writestr(
            "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'
        )
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{books}</sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
        for at, name in names:
            rows = "".join(map(_xlsx_row, range(1, len(sheets[name]) + 1), sheets[name]))
            ranges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged and at == 1 else ""
            file.writestr(
                f"xl/worksheets/sheet{at}.xml",
                f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}{cell}</sheetData>{ranges}</worksheet>',
            )
    return path


def _listed(at: int, name: str, is_hidden: bool) -> str:
    state = ' state="hidden"' if is_hidden else ""
    return f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"{state}/>'


def _xlsx_row(number: int, cells: Sequence[Cell]) -> str:
    return (
        f'<row r="{number}">{"".join(map(_xlsx_cell, range(len(cells)), cells, [number] * len(cells)))}</row>'
    )


def _xlsx_cell(column: int, value: Cell, row: int) -> str:
    at = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, float | int):
        return f'<c r="{at}"><v>{value}</v></c>'
    if value.startswith("="):
        return f'<c r="{at}"><f>{value[1:]}</f><v></v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def ods(path: Path, rows: Sequence[Sequence[Cell]], *, repeated: int = 1) -> Path:
    """A workbook of OpenDocument; its last cell is there so often."""
    cells = "".join("<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows)
    more = f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_OPEN_DOCUMENT}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        file.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{_OPEN_DOCUMENT}:office:1.0" '
            f'xmlns:table="{_OPEN_DOCUMENT}:table:1.0" xmlns:text="{_OPEN_DOCUMENT}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Codes">{cells}'
            f"<table:table-row>{more}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, float | int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
