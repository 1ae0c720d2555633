"""Files that people send: what each of many odd and hostile ones becomes, and that nothing but points is kept."""

import io
import os
import re
import subprocess
import sys
import time

import pytest
from PIL import Image

from portal.base import pictures
from portal.base.pictures import CODES, LARGEST, LARGEST_PICTURE, LONGEST_SIDE, CannotTake, is_bare
from portal.config import ROOT
from portal.corrections.rules.proof import LONGEST_NAME, REFUSALS, plain_name
from portal.web.fields import clean_line
from tests.threats import hostile_files as made
from tests.threats.hostile_files import JPEG_END, SCRIPT, SECRET

UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
# What a file is called, how it is made, and what must become of it: pictures and pages that are kept, or a refusal.
CORPUS = [
    ("a photo", made.jpeg, "picture 1"),
    ("a photo that says it is a program", lambda: made.jpeg(), "picture 1"),
    ("a web page named .jpg", lambda: SCRIPT, "unknown"),
    ("a drawing of text (SVG) named .png", lambda: b"<svg xmlns='x' onload='alert(1)'/>", "unknown"),
    ("a script named .jpg", lambda: b"alert(1)//" + bytes(50), "unknown"),
    ("a script of a server named .jpg", lambda: b"<?php system($_GET['c']); ?>", "unknown"),
    ("plain words", lambda: b"It is so, I swear.", "unknown"),
    ("a program", lambda: b"MZ" + bytes(500), "unknown"),
    ("PostScript", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unknown"),
    ("a bitmap", lambda: made.saved(made.drawing(), "BMP"), "unknown"),
    ("a TIFF", lambda: made.saved(made.drawing(), "TIFF"), "unknown"),
    ("an icon", lambda: made.saved(made.drawing(), "ICO"), "unknown"),
    ("a film", lambda: made.begins(b"isom", b"mp42"), "unknown"),
    ("a PDF that begins late", lambda: b"GET / HTTP/1.1\n" + made.pdf(), "unknown"),
    ("nothing", lambda: b"", "empty"),
    ("one byte", lambda: b"\xff", "unknown"),
    ("more than is taken", lambda: made.jpeg() + bytes(LARGEST), "big"),
    ("a photo of another phone", lambda: made.begins(b"mif1", b"heic"), "phone"),
    ("a photo of a phone as it keeps it", made.heic, "phone"),
    ("a photo of a phone whose maker is named first", lambda: made.heic(b"MiHE"), "phone"),
    ("a photo of a phone that is cut off within its brands", lambda: made.heic()[:21], "phone"),
    ("a film with a phone's box of no length", lambda: bytes(4) + b"ftypisom" + b"heic" * 9, "unknown"),
    ("a photo of a newer phone", lambda: made.begins(b"mif1", b"avif"), "phone"),
    ("a document", made.zipped, "document"),
    ("an archive that grows without end", lambda: made.zipped(200_000_000), "document"),
    ("an empty archive", lambda: b"PK\x05\x06" + bytes(18), "document"),
    ("an old document", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "document"),
    ("a rich text", lambda: b"{\\rtf1 {\\object}}", "document"),
    ("the beginning of a photo only", lambda: b"\xff\xd8\xff", "damaged"),
    ("a photo cut off", lambda: made.jpeg()[:-200], "damaged"),
    ("a photo of noise", lambda: b"\xff\xd8\xff\xe0" + os.urandom(5000), "damaged"),
    ("a PNG cut off", lambda: made.saved(made.drawing(), "PNG")[:-30], "damaged"),
    ("a PNG with a wrong sum", made.wrong_sum, "picture 1"),
    ("a GIF cut off", lambda: made.gif()[:30], "damaged"),
    ("a photo and a web page in one", lambda: made.jpeg() + SCRIPT, "picture 1"),
    ("a web page in a photo's comment", lambda: made.segment(0xFE, SCRIPT), "picture 1"),
    ("a photo and a photo behind its end", lambda: made.jpeg() + made.jpeg() + JPEG_END, "picture 1"),
    ("a GIF and an archive in one", lambda: made.gif() + made.zipped(), "picture 1"),
    ("a script that is a GIF", lambda: b"GIF89a=1;alert(1)//" + SECRET, "damaged"),
    ("a PDF and an archive in one", lambda: made.pdf() + made.zipped(), "pdf 1"),
    ("60,000 by 60,000 points", made.png_bomb, "points"),
    ("a PNG that says so", lambda: made.png(60_000, 60_000, 8, 2, made.zeros(9)), "points"),
    ("a photo that says so", lambda: made.jpeg_header(65_500, 65_500), "points"),
    ("a GIF that says so", lambda: made.gif(65_535), "points"),
    ("a WebP that says so", made.huge_webp, "damaged"),
    ("a PNG without points", lambda: made.png(0, 10, 8, 2, made.zeros(9)), "damaged"),
    ("a photo for printing", lambda: made.saved(made.drawing(mode="CMYK"), exif=made.exif(1)), "picture 1"),
    ("a grey photo", lambda: made.saved(made.drawing(mode="L")), "picture 1"),
    ("sixteen bits of grey", lambda: made.saved(made.drawing(mode="I;16"), "PNG"), "picture 1"),
    ("sixteen bits of each colour", made.deep_png, "picture 1"),
    ("black and white", lambda: made.saved(made.drawing(mode="1"), "PNG"), "picture 1"),
    ("a palette with a hole", lambda: made.saved(made.drawing(mode="P"), "PNG", transparency=0), "picture 1"),
    ("see-through", lambda: made.saved(made.drawing(mode="RGBA"), "PNG"), "picture 1"),
    ("a GIF that moves", made.gif, "picture 1"),
    ("a WebP that moves", lambda: made.webp(exif=made.exif(place=True), xmp=made.xmp()), "picture 1"),
    ("a PNG that moves", lambda: made.two("PNG"), "picture 1"),
    ("a photo of two", lambda: made.two("MPO"), "picture 1"),
    ("a place in the camera's notes", lambda: made.jpeg(exif=made.exif(place=True)), "picture 1"),
    ("a place in XMP", lambda: made.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + made.xmp()), "picture 1"),
    ("words in a colour profile", lambda: made.jpeg(icc_profile=made.profile()), "picture 1"),
    ("words of a newspaper", lambda: made.segment(0xED, b"Photoshop 3.0\x008BIM" + SECRET), "picture 1"),
    ("words of a PNG, and a place", made.png_said, "picture 1"),
    ("words of a PNG, packed small", lambda: made.png_said("a" * 80_000_000, packed=True), "damaged"),
    ("notes of five megabytes", made.many_notes, "picture 1"),
    ("notes that are noise", lambda: made.segment(0xE1, b"Exif\0\0" + os.urandom(400)), "picture 1"),
    ("notes that lead back to themselves", made.circular_notes, "picture 1"),
    ("a PDF", made.pdf, "pdf 1"),
    ("a PDF of twenty pages", lambda: made.pdf(20), "pdf 20"),
    ("a PDF of a thousand pages", lambda: made.pdf(1000), "pages"),
    ("a PDF without a page", lambda: made.pdf(0), "damaged"),
    ("a PDF with a script", lambda: made.opens_with("JavaScript", JS="app.alert(1)"), "pdf 1"),
    ("a PDF that starts a program", lambda: made.opens_with("Launch", F="calc.exe"), "pdf 1"),
    ("a PDF that opens a site", lambda: made.opens_with("URI", URI="http://x.example"), "pdf 1"),
    ("a PDF with a file inside", lambda: made.pdf(change=made.with_file), "pdf 1"),
    ("a PDF with a filled-in form", lambda: made.pdf(change=made.with_form), "pdf 1"),
    ("a PDF with a password", lambda: made.locked("open"), "locked"),
    ("a PDF that anybody may open", lambda: made.locked(""), "pdf 1"),
    ("a PDF whose table leads nowhere", made.without_table, "pdf 1"),
    ("a PDF of noise", lambda: b"%PDF-1.7\n" + os.urandom(3000), "damaged"),
    ("a PDF cut off", lambda: made.pdf()[:200], "damaged"),
    ("a PDF whose pages go in a circle", lambda: made.pdf(change=made.in_a_circle), "damaged"),
    ("a PDF page as large as a house", lambda: made.pdf(box=(0, 0, 14_000, 14_000)), "pdf 1"),
    ("a PDF page beyond all size", lambda: made.pdf(change=made.beyond_all_size), "damaged"),
    ("a PDF with a picture that fills the memory", lambda: made.pdf(change=made.with_picture(30_000, 30_000)), "pdf 1"),
]  # fmt: skip


def verdict(data):
    """What becomes of a file, and its pictures."""
    try:
        kept = pictures.redraw(data)
    except CannotTake as fault:
        return fault.code, []
    return f"{kept.kind} {len(kept.pages)}", kept.pages


@pytest.mark.parametrize(("make", "expected"), [one[1:] for one in CORPUS], ids=[one[0] for one in CORPUS])
def test_t24_each_file_becomes_pictures_or_is_refused(make, expected):
    assert len(CORPUS) >= 40
    data = make()
    found, kept = verdict(data)
    assert found == expected
    for page in kept:
        assert is_bare(page.body) and len(page.body) <= LARGEST_PICTURE
        for word in (SECRET, b"GPS", b"Exif", b"xmp", b"script", b"PK\x03\x04", b"MZ"):
            assert word not in page.body
        with Image.open(io.BytesIO(page.body)) as image:
            image.load()
            assert image.format == "JPEG" and max(image.size) <= LONGEST_SIDE
            assert image.size == (page.width, page.height)
            assert not image.getexif() and set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
            }


def test_t24_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setitem(pictures.LIMITS, "seconds", 2)
    begun = time.monotonic()
    assert verdict(made.pdf(change=made.with_endless_drawing)) == ("heavy", [])
    assert time.monotonic() - begun < pictures.SECONDS


def test_t24_nor_does_it_help_to_sleep(monkeypatch):
    """Sleeping costs no time of the processor: then the clock on the wall ends it."""
    monkeypatch.setattr(pictures, "SECONDS", 0.3)
    monkeypatch.setitem(pictures.LIMITS, "seconds", 60)
    assert verdict(made.pdf(change=made.with_endless_drawing)) == ("heavy", [])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_t24_a_photo_stands_upright_and_no_note_says_how_it_was_held(orientation):
    """The same picture in each of the eight ways to hold a phone: its dark corner comes out where it should."""
    turned = made.drawing().transpose(UNDO[orientation]) if orientation > 1 else made.drawing()
    found, kept = verdict(made.saved(turned, quality=95, exif=made.exif(orientation, place=True)))
    assert found == "picture 1" and (kept[0].width, kept[0].height) == (60, 40)
    with Image.open(io.BytesIO(kept[0].body)) as image:
        dark = [image.convert("L").getpixel(place) < 128 for place in ((10, 8), (50, 8), (10, 32), (50, 32))]
    assert dark == [True, False, False, False]


def test_t24_what_was_filled_into_a_form_is_seen():
    kept = pictures.redraw(made.pdf(change=made.with_form)).pages[0]
    with Image.open(io.BytesIO(kept.body)) as image:
        grey = image.convert("L")
        assert grey.getpixel((20, 20)) < 60 < 200 < grey.getpixel((image.width - 20, image.height - 20))


def test_t24_deep_and_see_through_points_keep_their_shades():
    for data in (
        made.deep_png(),
        made.saved(made.drawing(mode="I;16").point(lambda value: value * 257), "PNG"),
    ):
        with Image.open(io.BytesIO(pictures.redraw(data).pages[0].body)) as image:
            assert 10 < image.convert("L").getpixel((25, 15)) < 245
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    with Image.open(io.BytesIO(pictures.redraw(made.saved(clear, "PNG")).pages[0].body)) as image:
        assert image.convert("L").getpixel((9, 9)) > 245


def test_t24_a_large_photo_is_made_small():
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    data = made.saved(noise, quality=95, exif=made.exif(6, place=True))
    assert len(data) > 6_000_000
    page = pictures.redraw(data).pages[0]
    assert len(page.body) <= LARGEST_PICTURE and page.height > page.width >= 600


PADDED = [
    (0xE0, b"JFXX\0\x10" + b"preview"), (0xE1, b"Exif\0\0"), (0xE2, b"ICC_PROFILE\0"), (0xFE, b"words"), (0xE5, b""),
]  # fmt: skip


@pytest.mark.parametrize(("marker", "content"), PADDED)
def test_t24_a_picture_with_room_for_words_is_not_bare(marker, content):
    assert not is_bare(made.segment(marker, content))


def test_t24_neither_is_one_with_something_behind_or_within_its_points():
    bare = pictures.redraw(made.jpeg()).pages[0].body
    assert is_bare(bare)
    for other in (
        bare + b"x",
        bare[:-2],
        bare[:-2] + b"\xff\xfe\0\4zq" + JPEG_END,
        bare + bare,
        b"",
        b"\xff\xd8",
    ):
        assert not is_bare(other)


def test_t24_the_program_that_reads_files_can_open_nothing_start_nothing_and_knows_no_setting():
    tries = """
import json, os, sys
from portal.base import pictures, redrawing
redrawing._load("pdf")
redrawing._lock(pictures.LIMITS)
said = []
for name, act in {
    "file": lambda: open(sys.argv[1]),
    "socket": lambda: __import__("_socket").socket(),
    "pipe": os.pipe,
    "program": lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", "0"], {}) if os.getuid() else 1 / 0,
    "memory": lambda: bytearray(2 * 1024 ** 3),
}.items():
    try:
        act()
        said.append(name)
    except Exception:
        pass
sys.stdout.write(json.dumps([said, [name for name in os.environ if name.startswith("PORTAL")]]))
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", tries, __file__],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[[], []]"


NAMES = [
    ("power bill.pdf", "power bill.pdf"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\Sina\\bill.jpg", "bill.jpg"),
    ("bill\r\nContent-Type: text/html\r\n.jpg", "html .jpg"),
    ("bill\0.exe.jpg", "bill.exe.jpg"),
    ("photo\u202egpj.exe", "photogpj.exe"),
    ("<script>alert(1)<script>.jpg", "<script>alert(1)<script>.jpg"),
    ('"; filename="x.html', '"; filename="x.html'),
    ("a" * 300 + ".jpg", "a" * (LONGEST_NAME - 5) + "….jpg"),
    ("ā" * 300, "ā" * (LONGEST_NAME - 1) + "…"),
    ("...", ""),
    ("", ""),
]


@pytest.mark.parametrize(("sent", "kept"), NAMES)
def test_t24_a_name_is_one_short_line_without_a_path(sent, kept):
    assert plain_name(clean_line(sent)) == kept


def test_every_refusal_has_its_sentence_which_says_what_can_be_done():
    assert CODES <= set(REFUSALS)
    for code in CODES:
        assert re.search(r"(Take|Choose|Save|Add) ", REFUSALS[code]), code
