"""The step for photos and files, as a person and staff meet it: with a form, without a script, nothing lost."""

import io
import re

import pytest
import time_machine
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.base import ids
from portal.corrections import service
from portal.corrections.rules.proof import REFUSALS
from portal.corrections.service import proof
from tests.corrections import factory
from tests.corrections.factory import NOW, plain
from tests.threats import hostile_files as made


@pytest.fixture(autouse=True)
def today():
    """Stop the clock on Monday 23 November 2026."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town(sqlite_store):
    return factory.town(sqlite_store)


@pytest.fixture
def sina(town, sqlite_app):
    return factory.browser(town, sqlite_app)


@pytest.fixture
def ref(town):
    return town.ready({"address": "14 Sample Street"})


def step(ref, name="proof", tag="en"):
    return f"/{tag}/corrections/draft/{ids.encode(ref)}/{name}"


def sent(ref, rest=""):
    return f"/en/corrections/{ids.encode(ref)}/proof{rest}"


def file(data=None, name="IMG_2041.jpg"):
    return io.BytesIO(made.jpeg() if data is None else data), name


def sends_much(sina, page, address, **answers):
    """Send a form from its bytes: the test client would keep so many in a file."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', sina.get(page).get_data(as_text=True))[1]
    boundary, body = encode_multipart({"csrf_token": token, **answers})
    return sina.client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def names(town, ref):
    return [one.name for one in service.draft(town.work(), ref).files]


def test_a_photo_is_added_listed_and_removed(town, sina, ref):
    answer = sina.send(step(ref), file=file(), add="yes")
    assert (answer.status_code, answer.location) == (303, step(ref))
    page = sina.get(step(ref)).get_data(as_text=True)
    assert "IMG_2041.jpg" in page and re.search(r"Picture, \d+ kB", page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = sina.client.post(sent(ref, "/1/remove?then=check"), data={"csrf_token": token})
    assert answer.location == f"{step(ref)}?then=check" and names(town, ref) == []


def test_continue_takes_a_chosen_file_too_and_goes_on(town, sina, ref):
    assert sina.send(step(ref), file=file(), how="none").location == step(ref, "reply")
    assert names(town, ref) == ["IMG_2041.jpg"] and service.draft(town.work(), ref).proof == "here"


def test_continue_without_any_answer_goes_on(sina, ref):
    assert sina.send(step(ref)).location == step(ref, "reply")


def test_the_check_page_lists_what_was_added_and_leads_back_from_a_change(sina, ref):
    sina.send(step(ref), file=file(), add="yes")
    sina.send(step(ref), file=file(name="bill.pdf"), how="bring")
    page = sina.page(step(ref, "check"))
    assert "What shows it IMG_2041.jpg and bill.pdf . I will bring it in Change" in page
    assert sina.send(f"{step(ref)}?then=check", how="none").location == step(ref, "check")


BAD = {
    "unknown": b"<html>",
    "empty": b"",
    "damaged": made.jpeg()[:-200],
    "phone": made.begins(b"mif1", b"heic"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_file_that_is_refused_keeps_the_others_and_every_answer(town, sina, ref, code):
    sina.send(step(ref), file=file(), add="yes")
    answer = sina.send(step(ref), file=file(BAD[code]), how="bring")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "<title>Error: " in page and plain(page).count(REFUSALS[code]) == 2
    assert 'value="bring" checked' in page and '<a href="#file">' in page and "IMG_2041.jpg" in page
    assert names(town, ref) == ["IMG_2041.jpg"]
    assert service.draft(town.work(), ref).reason == "It is wrong."


def test_a_file_that_is_too_large_gets_the_same_page_with_its_answers(town, sina, ref):
    answer = sends_much(
        sina, step(ref), step(ref), how="bring", file=FileStorage(*file(made.jpeg() + bytes(13_000_000)))
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and plain(page).count(REFUSALS["big"]) == 2
    assert 'value="bring" checked' in page and names(town, ref) == []


def test_no_other_address_takes_so_much(sina, ref):
    large = {"reason": "x", "file": FileStorage(*file(bytes(600_000)))}
    assert sends_much(sina, step(ref), step(ref, "reason"), **large).status_code == 413


def test_the_button_without_a_file_says_so(sina, ref):
    assert REFUSALS["none"] in plain(sina.send(step(ref), add="yes").get_data(as_text=True))


def test_another_language_keeps_what_was_chosen_and_the_file(town, sina, ref):
    answer = sina.send(step(ref), how="bring", file=file(), switch_language="sm")
    assert answer.location == step(ref, tag="sm")
    page = sina.get(answer.location).get_data(as_text=True)
    assert 'value="bring" checked' in page and "IMG_2041.jpg" in page


def test_a_page_that_was_open_too_long_takes_no_file(town, sina, ref):
    answer = sina.client.post(step(ref), data={"csrf_token": "old", "how": "bring", "file": file()})
    assert answer.status_code == 400 and "open for a long time" in answer.get_data(as_text=True)
    assert names(town, ref) == []


@pytest.mark.parametrize(("sent_name", "shown"), [
    ("../../bill.jpg", "bill.jpg"), ("<script>alert(1)<b>.jpg", "&lt;script&gt;alert(1)&lt;b&gt;.jpg"),
    ("a\u202egpj.jpg", "agpj.jpg"), ("", None),
])  # fmt: skip
def test_t24_a_name_is_shown_as_words_and_never_served(town, sina, ref, sent_name, shown):
    sina.send(step(ref), file=file(name=sent_name), add="yes")
    page = sina.get(step(ref)).get_data(as_text=True)
    assert "<script>alert" not in page and (shown or "I have none") in page
    if shown:
        picture = sina.get(sent(ref, "/1/1/picture"))
        assert picture.headers["Content-Disposition"] == 'inline; filename="picture-1-1.jpg"'


def test_t24_a_picture_is_served_so_that_nothing_in_it_can_run(town, sina, ref):
    town.do(proof.add_file, ref, proof.read_file("a.pdf", made.pdf(2)))
    answer = sina.get(sent(ref, "/1/2/picture"))
    assert answer.data.startswith(b"\xff\xd8") and answer.mimetype == "image/jpeg"
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }.items():
        assert answer.headers[name] == value
    page = sina.get(sent(ref, "/1/2"))
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert "Page 2 of 2" in plain(page.get_data(as_text=True))
    assert "img-src data:" in sina.get(step(ref)).headers["Content-Security-Policy"]


def test_after_sending_the_tracker_leads_to_it_and_it_can_be_taken_back(town, sina, ref):
    town.do(proof.add_file, ref, proof.read_file("bill.pdf", made.pdf()))
    assert sina.get(sent(ref)).location == step(ref), "not sent yet"
    sina.send(step(ref, "check"))
    assert f'href="{sent(ref)}"' in sina.get(f"/en/corrections/{ids.encode(ref)}").get_data(as_text=True)
    page = sina.get(sent(ref)).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    assert "bill.pdf" in page and "Take it back" in page
    assert sina.client.post(sent(ref, "/1/remove"), data={"csrf_token": token}).location == sent(ref)
    assert "There is no photo or file with this request." in sina.page(sent(ref))


def test_once_they_decided_nothing_can_be_taken_back(town, sina, ref):
    town.do(proof.add_file, ref, proof.read_file("bill.pdf", made.pdf()))
    town.do(service.submit, ref)
    page = sina.get(sent(ref)).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    town.decide(ref, (1, "accept"), now=NOW)
    answer = sina.client.post(sent(ref, "/1/remove"), data={"csrf_token": token})
    assert answer.status_code == 400 and "They have decided already." in answer.get_data(as_text=True)
    assert "Take it back" not in sina.page(sent(ref)) and "bill.pdf" in sina.page(sent(ref))


def test_many_files_in_an_hour_are_too_many(town, sina, ref, sqlite_app):
    from portal.base.attempts import LIMITS

    attempts = sqlite_app.extensions["portal"].attempts
    with sqlite_app.test_request_context("/en/"):
        from portal.web.core import attempt_key

        key = attempt_key("send-file", str(town.sina.account_id))
    for _ in range(LIMITS["send-file"].amount):
        attempts.hit("send-file", key)
    answer = sina.send(step(ref), file=file(), add="yes")
    assert answer.status_code == 429 and names(town, ref) == []
