"""Files that are odd or made to do harm, built by code; a secret word stands wherever none may be kept."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

SECRET = b"zqsecretplace"
GPS = 0x8825
SCRIPT = b"<html><script>alert('" + SECRET + b"')</script></html>"
JPEG_END = b"\xff\xd9"


def drawing(width=60, height=40, mode="RGB"):
    """A picture whose upper left quarter is dark, so that it can be seen which way up it is."""
    made = Image.new("L", (width, height), 230)
    ImageDraw.Draw(made).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=20)
    return made.convert(mode)


def saved(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(**options):
    return saved(drawing(), quality=90, **options)


def segment(marker, content):
    """A JPEG with one more part of a kind, right after its beginning."""
    plain = jpeg()
    return plain[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content + plain[2:]


def two(kind):
    """Two pictures in one file, as those that move have them."""
    return saved(drawing(), kind, save_all=True, append_images=[drawing()])


def many_notes():
    """Five megabytes of notes before the points."""
    return b"\xff\xd8" + (b"\xff\xe1\xff\xff" + SECRET.ljust(65_533, b"a")) * 80 + jpeg()[2:]


def circular_notes():
    """Camera's notes whose second part is the first again."""
    return segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08")


def exif(orientation=None, place=False, note=None):
    made = Image.Exif()
    if orientation:
        made[0x0112] = orientation
    if note:
        made[0x010E] = note
    if place:
        degrees = (IFDRational(36), IFDRational(50), IFDRational(54))
        made.get_ifd(GPS).update({1: "S", 2: degrees, 3: "E", 4: degrees, 29: SECRET.decode()})
    return made


def xmp():
    place = b'exif:GPSLatitude="36,50.9S" exif:GPSLongitude="174,45.8E" note="' + SECRET + b'"'
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf " + place + b"/></x:xmpmeta>"


def profile():
    """A colour profile that says more than colours."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return plain.replace(b"sRGB built-in", SECRET) + SECRET


def chunk(kind, content):
    checked = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)


def png(width, height, depth, colour, rows):
    """A PNG from its rows, already packed with zlib: Pillow writes neither huge nor deep ones."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zeros(count):
    packer, part = zlib.compressobj(1), bytes(1 << 20)
    whole, rest = divmod(count, len(part))
    packed = b"".join(packer.compress(part) for _ in range(whole))
    return packed + packer.compress(part[:rest]) + packer.flush()


def png_bomb():
    """60,000 by 60,000 points, whole and right: 450 MB of them in half a megabyte."""
    return png(60_000, 60_000, 1, 0, zeros(60_000 * 7_501))


def deep_png():
    """Sixteen bits for each of three colours."""
    rows = b"".join(b"\0" + struct.pack(">HHH", 0x4000, 0x8000, 0xC000) * 30 for _ in range(20))
    return png(30, 20, 16, 2, zlib.compress(rows))


def png_said(text=None, packed=False):
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", text or SECRET.decode(), zip=packed)
    said.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return saved(drawing(), "PNG", pnginfo=said, exif=exif(place=True))


def wrong_sum():
    made = bytearray(saved(drawing(), "PNG"))
    made[made.index(b"IDAT") + 8] ^= 0xFF
    return bytes(made)


def jpeg_header(width, height):
    """A JPEG of a size, as far as its header says."""
    plain = jpeg()
    at = plain.index(b"\xff\xc0") + 5
    return plain[:at] + struct.pack(">HH", height, width) + plain[at + 4 :]


def gif(width=None):
    frames = [drawing().convert("P"), Image.new("P", (60, 40), 0)]
    made = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=SECRET)
    return made if width is None else made[:6] + struct.pack("<HH", width, width) + made[10:]


def webp(**options):
    return saved(drawing(), "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))], **options)


def huge_webp():
    """A WebP whose header says 16,383 by 16,383 points."""
    made = saved(drawing(), "WEBP", lossless=True)
    return made[:21] + struct.pack("<I", 0x3FFE | 0x3FFE << 14) + made[25:]


def zipped(size=100_000):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", bytes(size))
    return out.getvalue()


def pdf(pages=1, change=None, box=(0, 0, 300, 200), **options):
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(box[2], box[3]))
    made.docinfo["/Title"] = SECRET.decode()
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def opens_with(kind, **more):
    """A PDF that does something when it is opened."""
    action = {"/S": pikepdf.Name(f"/{kind}"), **{f"/{name}": value for name, value in more.items()}}

    def _change(made):
        made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(action))

    return pdf(change=_change)


def with_file(made):
    made.attachments["secret.exe"] = b"MZ" + SECRET


def with_form(made):
    """A filled-in field, as it looks; and the script that checks it."""
    look = made.make_stream(b"0 g 0 0 150 100 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    look.BBox = pikepdf.Array([0, 0, 150, 100])
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, F=4, T="name"
    )
    field.V, field.Rect, field.AP = SECRET.decode(), pikepdf.Array([0, 100, 150, 200]), {"/N": look}
    placed = made.make_indirect(field)
    made.pages[0].Annots = pikepdf.Array([placed])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([placed]))


def with_picture(width, height):
    """A page with a picture of so many points, packed small."""

    def _change(made):
        stream = pikepdf.Stream(made, b"")
        stream.write(zeros(width * height), filter=pikepdf.Name.FlateDecode)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
        stream.ColorSpace = pikepdf.Name.DeviceGray
        page = made.pages[0]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=made.make_indirect(stream)))
        page.Contents = made.make_stream(b"300 0 0 200 0 0 cm /I Do")

    return _change


def beyond_all_size(made):
    made.pages[0].MediaBox = pikepdf.Array([0, 0, 9_000_000, 9_000_000])


def with_endless_drawing(made):
    made.pages[0].Contents = made.make_stream(b"0 0 m 300 200 l 0 200 l 300 0 l f* " * 2_000_000)


def in_a_circle(made):
    made.Root.Pages.Kids = pikepdf.Array([made.Root.Pages, made.Root.Pages])


def locked(user):
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def heic(first=b"heic", also=(b"mif1", b"MiHE", b"MiPr", b"miaf", b"MiHB", b"heic")):
    """The boxes of a phone's photo: its brands, what is in it (where it was taken, too), and its points."""
    brands = _box(b"ftyp", first + bytes(4) + b"".join(also))
    kind = _box(b"hdlr", bytes(8) + b"pict" + bytes(13))
    items = _box(b"iinf", bytes(5) + b"\1" + _box(b"infe", b"\2" + bytes(7) + b"hvc1\0"))
    return brands + _box(b"meta", bytes(4) + kind + items) + _box(b"mdat", SECRET + bytes(range(256)) * 20)


def _box(name, content):
    return struct.pack(">I", len(content) + 8) + name + content


def begins(kind, brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + kind + bytes(200)


def without_table():
    """A PDF whose list of parts leads nowhere."""
    made = pdf()
    return made[: made.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF"
