"""Papers of the demonstration's people, drawn as a phone would have photographed them."""

import io

LINES = (
    "Example Power Company",
    "",
    "To Pita, 7 Sample Lane",
    "1 November 2022",
    "",
    "Your account at 45 Former Street is closed.",
    "Your new account at 7 Sample Lane",
    "began on 15 October 2022.",
)


def letter() -> bytes:
    """Give a photo of a letter: a JPEG of three million points."""
    # Slow to import, and needed here only.
    from PIL import Image, ImageDraw

    photo = Image.new("RGB", (2016, 1512), (126, 110, 92))
    draw = ImageDraw.Draw(photo)
    draw.rectangle((180, 120, 1840, 1400), fill=(250, 249, 244))
    for number, line in enumerate(LINES):
        draw.text((280, 220 + number * 120), line, fill=(30, 30, 40), font_size=56)
    out = io.BytesIO()
    photo.rotate(2, fillcolor=(126, 110, 92), resample=Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()
