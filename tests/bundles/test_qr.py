"""The QR code of a share as a camera takes it: read from a picture of the real page on a phone."""

import io

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from tests.journeys.people import PHONE, Person
from tests.threats.hostile_files import saved


@pytest.fixture(scope="module")
def cookies(demo_site, browser):
    """What Sina's browser holds after she signed in."""
    sina = Person.at(demo_site, browser, "en", False)
    sina.signs_in("sina")
    assert sina.path == "/records", sina.reads()
    yield sina.page.context.storage_state()
    sina.leaves()


@pytest.fixture(params=[1, 3], ids=["an old phone", "a new phone"])
def sina(demo_site, browser, cookies, request):
    someone = Person.at(
        demo_site, browser, "en", False, device_scale_factor=request.param, storage_state=cookies
    )
    yield someone
    someone.leaves()


def read(picture):
    with Image.open(io.BytesIO(picture)) as image:
        return zxingcpp.read_barcodes(image.convert("L"))


def test_a_camera_reads_the_link_from_the_page_of_a_share(sina):
    sina.goes("/bundles")
    sina.taps("main .toc a")
    assert sina.page.viewport_size == PHONE
    # The bar at the foot of the screen stands over the page: people scroll until the code is free of it.
    sina.page.evaluate("document.querySelector('.ticket svg').scrollIntoView({block: 'center'})")
    found = read(sina.page.screenshot())
    assert [one.text.startswith("shlink:/") for one in found] == [True]
    sina.page.goto(f"{sina.page.url}/link")
    assert (found[0].text, found[0].ec_level) == (sina.reads("#link"), "M")


def test_a_blurred_and_tilted_photo_of_it_is_read_too(sina):
    sina.goes("/bundles")
    sina.taps("main .toc a")
    shot = Image.open(io.BytesIO(sina.page.locator(".ticket").screenshot())).convert("L")
    wide = shot.resize((1200, 1200 * shot.height // shot.width)).rotate(7, expand=True, fillcolor=255)
    photo = saved(wide.filter(ImageFilter.GaussianBlur(2)).convert("RGB"), quality=60)
    assert [one.text.startswith("shlink:/") for one in read(photo)] == [True]
