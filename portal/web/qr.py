"""QR codes for a page: as one SVG path, sharp in print, or as a small picture, light on the wire."""

from dataclasses import dataclass
from itertools import groupby

QUIET_ZONE = 4


@dataclass(frozen=True)
class Qr:
    """A QR code of `size` squares each way, quiet zone included: as one SVG path, and as the address of a picture."""

    size: int
    path: str
    picture: str


def qr_of(text: str, error: str = "m") -> Qr:
    """Draw a QR code. `error` is how much may be lost: m for what is printed, l for what only stands on a screen."""
    import segno

    code = segno.make(text, error=error, boost_error=False, micro=False)
    steps = []
    for row, modules in enumerate(code.matrix_iter(border=QUIET_ZONE)):
        pen, column = 0, 0
        for dark, run in groupby(modules, bool):
            length = len(list(run))
            if dark:
                # Steps from the last square, not from the edge: they repeat, so that a page stays small on the wire.
                steps.append(f"m{column - pen} 0h{length}" if pen else f"M{column} {row}.5h{length}")
                pen = column + length
            column += length
    picture = code.png_data_uri(scale=1, border=QUIET_ZONE)
    return Qr(int(code.symbol_size(border=QUIET_ZONE)[0]), "".join(steps), picture)
