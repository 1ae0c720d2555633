"""QR codes as one SVG path: no picture file, no style attribute."""

from dataclasses import dataclass

QUIET_ZONE = 4


@dataclass(frozen=True)
class Qr:
    """A QR code as one SVG path: `size` squares each way, quiet zone included."""

    size: int
    path: str


def qr_of(text: str) -> Qr:
    """Draw a QR code at error correction M."""
    import segno

    code = segno.make(text, error="m", boost_error=False, micro=False)
    steps = []
    for row, modules in enumerate(code.matrix_iter(border=QUIET_ZONE)):
        column, line = 0, list(modules)
        while column < len(line):
            end = column
            while end < len(line) and line[end]:
                end += 1
            if end > column:
                steps.append(f"M{column} {row}.5h{end - column}")
            column = end + 1
    return Qr(int(code.symbol_size(border=QUIET_ZONE)[0]), "".join(steps))
