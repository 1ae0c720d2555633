"""What a stranger is answered while a share is paused or waits: byte for byte what an ended or unknown one gives."""

import re

import pytest

from portal.base import ids
from portal.bundles import service
from portal.web.qr import qr_of
from tests.bundles.factory import PASSCODE, a_person, persons_browser, send
from tests.bundles.test_holding_back import with_a_file


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


def answers(app, link, code, inside=None, opened=None, file=None):
    """Give what each way in answers: status and body, without what differs at each asking."""
    stranger = app.test_client()
    typed = {"code": code, "passcode": PASSCODE, "name": "Hemi", "why": "Help"}
    found = {
        "code": send(stranger, "/en/open", **typed),
        "link": stranger.post(link, json={"recipient": "A clinic", "passcode": PASSCODE}),
        "no passcode": stranger.post(link, json={"recipient": "A clinic"}),
    }
    if inside:
        found |= {"inside": inside.get(opened), "file": stranger.get(file)}
    return {way: (one.status_code, bare(one.get_data(as_text=True), code)) for way, one in found.items()}


def bare(text, code):
    text = re.sub(r'name="(csrf_token|nonce)" value="[^"]*"', "", text)
    return text.replace(code, "CODE")


def opened_by(sina, visitor, ref):
    """Open a share by code and by link; gives its addresses for `answers`."""
    token, code = sina.doors(ref)
    page = send(visitor, "/en/open", code=code, passcode=PASSCODE, name="Hemi", why="Help").location
    body = {"recipient": "A clinic", "passcode": PASSCODE}
    file = visitor.post(f"/shl/{token}", json=body).get_json()["files"][0]["location"]
    return {"inside": visitor, "opened": page, "file": file.removeprefix("http://localhost")}


def test_a_paused_share_answers_like_one_that_ended(sina, mine, visitor, sqlite_app):
    ref = sina.share()
    token, code = sina.doors(ref)
    inside = opened_by(sina, visitor, ref)
    open_now = answers(sqlite_app, f"/shl/{token}", code, **inside)
    mine.post("/en/bundles/pause", data={"csrf_token": csrf(mine)})
    paused = answers(sqlite_app, f"/shl/{token}", code, **inside)
    unknown = answers(sqlite_app, f"/shl/{ids.token()}", "ABCD-EFGH-JKMN")
    sina.do(service.stop, ref)
    assert answers(sqlite_app, f"/shl/{token}", code, **inside) == paused
    assert {way: paused[way] for way in unknown} == unknown
    assert all(open_now[way][0] != paused[way][0] for way in paused)


def test_a_share_that_has_not_started_answers_like_an_unknown_one(sina, sqlite_app):
    token, code = sina.doors(sina.share(with_a_file(sina)))
    unknown = answers(sqlite_app, f"/shl/{ids.token()}", "ABCD-EFGH-JKMN")
    assert answers(sqlite_app, f"/shl/{token}", code) == unknown


def test_the_list_says_whether_anything_is_shared_with_whom_what_and_until_when(sina, mine):
    assert "Nobody can open anything now" in mine.get("/en/bundles").get_data(as_text=True)
    sina.share()
    page = mine.get("/en/bundles").get_data(as_text=True)
    for answer in ("You are sharing now", "Hemi at the budget service", "7 lines:", "Tenancy", "Live until"):
        assert answer in page, answer
    mine.post("/en/bundles/pause", data={"csrf_token": csrf(mine)})
    page = mine.get("/en/bundles").get_data(as_text=True)
    assert "Everything is paused" in page and "Live until" not in page


def test_letting_them_open_it_again_asks_once_more(sina, mine):
    sina.share()
    sina.do(service.pause)
    assert "stays ended" in mine.get("/en/bundles/resume").get_data(as_text=True)
    assert send(mine, "/en/bundles/resume").location.endswith("/bundles")
    assert "You are sharing now" in mine.get("/en/bundles").get_data(as_text=True)
    assert mine.get("/en/bundles/resume").status_code == 303


def test_before_and_after_sharing_nearly_all_the_wait_is_said_with_its_time(sina, mine):
    ref = sina.share(with_a_file(sina))
    page = mine.get(f"/en/bundles/{ids.encode(ref)}").get_data(as_text=True)
    assert "It has not started" in page and "Cancel it" in page and "QR code" not in page
    assert mine.get(f"/en/bundles/{ids.encode(ref)}/card").status_code == 303
    assert "Starts on" in mine.get("/en/bundles").get_data(as_text=True)


def csrf(client):
    page = client.get("/en/bundles/occasion").get_data(as_text=True)
    return page.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.mark.parametrize("place, how", [("", "picture"), ("/card", "path"), ("/card?size=large", "path")])
def test_the_card_shows_the_link_as_a_code_for_cameras(sina, mine, place, how):
    ref = sina.share()
    drawn = qr_of(sina.look(service.link_of, ref, "http://localhost"))
    assert drawn.picture.startswith("data:image/png;base64,") and drawn.path.startswith("M0 .5m4 4h7")
    page = mine.get(f"/en/bundles/{ids.encode(ref)}{place}").get_data(as_text=True)
    assert f'"{getattr(drawn, how)}"' in page
