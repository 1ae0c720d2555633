"""The program that draws a sent file anew: it reads bytes that may be hostile, so it may do nothing else.

It runs for one file and ends. Before it looks at the file it takes away from itself: memory and time beyond a
measure, the making of other programs, and the opening of any further file, socket or pipe.
"""

import io
import json
import sys
from typing import Any

Said = tuple[dict[str, Any], list[bytes]]
MEGABYTE = 1024 * 1024


class Refused(Exception):
    """The file cannot be taken; holds a code of pictures.CODES, and nothing of the file."""


def main() -> None:
    """Draw what stands on standard input, of the kind that the call names, within the limits that it gives.

    Answers on standard output: one line of JSON, then the pictures one after the other.
    """
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    _load(kind)
    data = sys.stdin.buffer.read()
    _lock(limits)
    try:
        head, bodies = _draw(kind, data, limits)
    except Refused as reason:
        head, bodies = {"refused": str(reason)}, []
    except MemoryError:
        head, bodies = {"refused": "heavy"}, []
    except Exception:
        # Its words would hold something of the file.
        head, bodies = {"refused": "damaged"}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(bodies))
    sys.stdout.buffer.flush()


def _load(kind: str) -> None:
    """Load all that reading takes, by drawing something of our own: nothing can be opened any more afterwards."""
    from PIL import Image, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    Image.preinit()
    for ours, mode in (("GIF", "P"), ("PNG", "RGBA"), ("WEBP", "RGBA"), ("JPEG", "RGB")):
        out = io.BytesIO()
        Image.new(mode, (2, 2)).save(out, ours)
        _fitting(_picture(ours.lower(), out.getvalue(), {"side": 2, "points": 4}), MEGABYTE)
    if kind == "pdf":
        import pypdfium2

        page = pypdfium2.PdfDocument.new().new_page(72, 72)
        _page_of_pdf(page, 2)


def _lock(limits: dict[str, int]) -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, limits["megabytes"] * MEGABYTE),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        # What is open stays open; every number for something new is too high.
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _draw(kind: str, data: bytes, limits: dict[str, int]) -> Said:
    pages = _pages_of_pdf(data, limits) if kind == "pdf" else [_picture(kind, data, limits)]
    most = min(limits["bytes"], limits["all_bytes"] // len(pages))
    drawn = [_fitting(page, most) for page in pages]
    sizes = [[width, height, len(body)] for width, height, body in drawn]
    return {"pages": sizes}, [body for _, _, body in drawn]


def _picture(kind: str, data: bytes, limits: dict[str, int]) -> Any:
    """Give the first picture of a file, upright, small enough, without anything but its points."""
    from PIL import Image

    side = limits["side"]
    # The limit on points is checked before any of them is read.
    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(io.BytesIO(data), formats=[kind.upper()])
    if image.width * image.height > limits["points"]:
        raise Refused("points")
    turn = _orientation(image)
    # A JPEG is read at a half or a quarter of its size at once, where that is enough.
    image.draft("RGB", (side, side))
    image.load()
    image = _plain(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image.transpose(turn) if turn is not None else image


def _orientation(image: Any) -> Any:
    from PIL.Image import Transpose

    try:
        said = image.getexif().get(0x0112)
    except Exception:
        # What the camera wrote cannot be read; the picture may be fine.
        return None
    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return turns.get(said)


def _plain(image: Any) -> Any:
    """Give the points alone, on white, in a new picture: what else the file said stays behind with the old one."""
    from PIL import Image

    if image.mode.startswith("I;16") or image.mode == "I":
        # Sixteen bits a point: the upper eight are what a screen shows.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        clean = Image.new("RGB", image.size, "white")
        clean.paste(image, mask=image.getchannel("A"))
        return clean
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    return clean


def _pages_of_pdf(data: bytes, limits: dict[str, int]) -> list[Any]:
    """Draw each page. No form is opened for filling in, and no script engine is there to run anything."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Refused("locked" if "assword" in str(fault) else "damaged") from None
    if len(document) > limits["pages"]:
        raise Refused("pages")
    if not len(document):
        raise Refused("damaged")
    for page in document:
        # What was written into a form, and notes upon the page, become part of it: they are seen on paper too.
        pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
        page.close()
    return [_page_of_pdf(page, limits["side"]) for page in document]


def _page_of_pdf(page: Any, side: int) -> Any:
    width, height = page.get_size()
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise Refused("damaged")
    # 200 points an inch are enough for small print; a page is never drawn larger than its side allows.
    bitmap = page.render(scale=min(side / max(width, height), 200 / 72), may_draw_forms=False)
    return _plain(bitmap.to_pil())


def _fitting(image: Any, most: int) -> tuple[int, int, bytes]:
    """Give a JPEG of at most so many bytes: as good as fits, and smaller where none of that size does."""
    from PIL import Image

    while max(image.size) >= 300:
        for quality in (85, 75, 65, 55):
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= most:
                return image.width, image.height, out.getvalue()
        size = (max(1, image.width * 3 // 4), max(1, image.height * 3 // 4))
        image = image.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=75)
    if out.tell() > most:
        raise Refused("heavy")
    return image.width, image.height, out.getvalue()


if __name__ == "__main__":
    main()
