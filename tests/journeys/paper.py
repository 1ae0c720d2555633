"""Paper as people hold it: printed from the page, its QR codes read from the print, its words copied by hand."""

import io
import re
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from tests.journeys.people import Someone
from tests.pdf_files import text_of

SHARP = 200 / 72


@dataclass(frozen=True)
class Print:
    """One printed paper: what stands on it as one line, what its QR codes say, and how many sheets it took."""

    text: str
    qr: list[str]
    sheets: int

    def says(self, *texts: str) -> bool:
        """Say whether any of these stands on it; a printed page may hold gaps between the letters of a word."""
        return any("".join(text.split()) in "".join(self.text.split()) for text in texts)

    def codes(self, groups: int) -> list[str]:
        """Copy the codes of so many groups of four by hand: the gaps between letters are no spaces."""
        found = re.findall(r"(?:[A-Z2-9]{4}-)+[A-Z2-9]{4}", "".join(self.text.split()))
        return [one for one in found if one.count("-") == groups - 1]


def printed(someone: Someone) -> Print:
    """Print the page that somebody sees, as their browser would, and read the sheets with a camera."""
    data = someone.page.pdf(prefer_css_page_size=True, print_background=False)
    codes: list[str] = []
    with pypdfium2.PdfDocument(io.BytesIO(data)) as file:
        sheets = len(file)
        for sheet in file:
            picture = sheet.render(scale=SHARP).to_pil().convert("L")
            found = zxingcpp.read_barcodes(picture)
            codes += [one.text for one in sorted(found, key=lambda one: one.position.top_left.y)]
    return Print(text_of(data), codes, sheets)
