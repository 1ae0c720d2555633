"""A photo as proof: sent from a phone without a script, seen smaller than it was, looked at by staff, and noted."""

import re

from PIL import Image

from tests.journeys.people import DESK, MAIN_BUTTON, Person, Staff, record_ref
from tests.threats.hostile_files import exif, saved

NAME = "Letter from the power company.jpg"


def photo():
    """Six megabytes, as a phone makes them, held upright, with the place where it was taken."""
    noise = Image.effect_noise((4000, 3000), 42).convert("RGB")
    return saved(noise, quality=91, exif=exif(6, place=True))


def test_a_photo_goes_with_a_request_and_is_seen_at_the_desk(fresh_site, browser, tmp_path):
    sina = Person.at(fresh_site, browser, "en", False)
    (tmp_path / NAME).write_bytes(photo())
    assert (tmp_path / NAME).stat().st_size > 6_000_000
    sina.signs_in("sina")
    sina.goes(f"/records/{record_ref(fresh_site, 'sina', 'example-housing', 'tenancy', 'EX-T-20417')}")
    sina.asks_to_fix("owing")
    sina.says("0")
    sina.gives_a_reason("It was paid.")
    assert sina.path.endswith("/proof")
    sina.page.set_input_files("[name=file]", tmp_path / NAME)
    sina.taps("button[name=add]")
    kilobytes = re.search(rf"{NAME} ?Picture, (\d+) kB", sina.reads("#files"))
    assert kilobytes and int(kilobytes[1]) <= 600
    look_at_it(sina)
    send_it(sina, tmp_path)
    at_the_desk(fresh_site, browser, sina.ref)
    sina.goes("/access-log")
    sina.sees("What you sent with your request", "Priya")


def look_at_it(sina):
    step = sina.path
    sina.taps("#files a")
    size = sina.page.evaluate("[...document.images].map(i => [i.naturalWidth, i.naturalHeight])")
    assert size and size[0][1] > size[0][0] > 0, "it is not there, or does not stand upright"
    assert sina.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sina.goes(step)


def send_it(sina, folder):
    bad = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script>"}
    sina.page.set_input_files("[name=file]", bad)
    sina.goes_on()
    sina.sees("We can take a photo, a picture or a PDF.", NAME)
    (folder / "huge.jpg").write_bytes(b"\xff\xd8\xff" + bytes(20_000_000))
    sina.ticks("how", "bring")
    sina.page.set_input_files("[name=file]", folder / "huge.jpg")
    sina.goes_on()
    sina.sees("This file is too big. The most is 12 MB.", NAME)
    assert sina.page.is_checked("[name=how][value=bring]"), "the other answer was lost"
    sina.goes_on()
    sina.wants_the_answer_here_only()
    sina.sees(NAME, "I will bring it in")
    sina.goes_on()
    assert sina.path.endswith("/sent")
    assert not sina.page.locator(MAIN_BUTTON).count()


def at_the_desk(site, browser, ref):
    priya = Staff.at(site, browser, "en", False, viewport=DESK)
    priya.signs_in("priya")
    priya.goes(f"/casework/{ref}")
    priya.sees("They will bring it in.")
    priya.taps(f"a[href$='/casework/{ref}/proof']")
    priya.sees(NAME)
    assert priya.page.evaluate("document.images[0].naturalHeight") > 0
    full = priya.page.get_attribute("main a[href$='/picture']", "href")
    answer = priya.page.goto(full)
    assert answer.status == 200 and answer.headers["content-type"] == "image/jpeg"
    assert b"GPS" not in answer.body() and len(answer.body()) <= 600_000
    priya.leaves()
