"""A message that was not taken is tried again, and put aside in the end; a server knows the second one of the same."""

from datetime import timedelta
from email.policy import default

import pytest
import structlog
from sqlalchemy import select

from portal.base.outbox import OutboxRow
from portal.notices import channels, rules, service
from portal.notices.models import Delivery
from tests.agencies import factory
from tests.notices.boxes import core_with, free_port, reader, tell, work_at

NOW = factory.NOW
WAITS = [30, 120, 600, 3600, 21600]


def sent_to(sina):
    sina.session.rollback()
    (row,) = sina.session.scalars(select(Delivery).where(Delivery.person_id == sina.actor.person_id))
    return row


def test_it_is_tried_six_times_ever_more_slowly_then_parked_and_sent_when_told_to(store, post, monkeypatch):
    sina, core = reader(store), core_with(store, post)
    tell(store, sina, "share_opened")
    post.refuse = "451 Try later"
    at = NOW
    for wait in WAITS:
        work_at(monkeypatch, core, at)
        assert sent_to(sina).state == "waiting"
        (job,) = sina.session.scalars(select(OutboxRow))
        assert job.due_at == at + timedelta(seconds=wait)
        at = job.due_at
    work_at(monkeypatch, core, at)
    parked = sent_to(sina)
    assert (parked.state, parked.tries, parked.fault) == ("parked", 6, "busy")
    assert store.work().do(service.all_parked) == {("email", "busy"): 1}
    post.refuse = ""
    work_at(monkeypatch, core, at + timedelta(days=30))
    assert post.mails == []
    assert store.work(now=at).do(service.redrive_everywhere) == 1
    work_at(monkeypatch, core, at)
    assert sent_to(sina).state == "sent" and len(post.mails) == 1


def test_an_address_that_takes_no_mail_is_parked_at_once(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store)
    tell(sqlite_store, sina, "share_opened")
    post.refuse_address = "550 No such person"
    work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    assert (sent_to(sina).state, sent_to(sina).fault, sent_to(sina).tries) == ("parked", "refused", 1)


def test_each_try_carries_the_same_message_id(sqlite_store, post, monkeypatch):
    """The server took it, and the worker died before it could note that."""
    sina, core = reader(sqlite_store), core_with(sqlite_store, post)
    tell(sqlite_store, sina, "share_opened")
    real = service.close
    monkeypatch.setattr(service, "close", lambda *_: (_ for _ in ()).throw(OSError("died")))
    work_at(monkeypatch, core, NOW)
    monkeypatch.setattr(service, "close", real)
    work_at(monkeypatch, core, NOW + timedelta(minutes=5))
    first, second = (mail["Message-ID"] for _, mail in post.mails)
    assert first == second and first.endswith("@example.govt.nz>")
    assert str(sina.actor.person_id) not in first
    assert sent_to(sina).state == "sent"


def test_a_gateway_gets_number_text_and_id_with_its_token_and_takes_each_id_once(
    sqlite_store, gateway, monkeypatch
):
    sina, core = reader(sqlite_store, email=None, text="+64211234567"), core_with(sqlite_store, None, gateway)
    tell(sqlite_store, sina, "share_opened")
    real = service.close
    monkeypatch.setattr(service, "close", lambda *_: (_ for _ in ()).throw(OSError("died")))
    work_at(monkeypatch, core, NOW)
    monkeypatch.setattr(service, "close", real)
    work_at(monkeypatch, core, NOW + timedelta(minutes=5))
    assert len(gateway.calls) == 2 and len(gateway.taken) == 1
    path, headers, body = gateway.calls[0]
    assert path == "/messages" and headers["Authorization"] == "Bearer a-token-of-the-gateway"
    assert set(body) == {"to", "text", "id"} and headers["Idempotency-Key"] == body["id"]
    assert sent_to(sina).state == "sent"


@pytest.mark.parametrize(
    ("answer", "fault", "state"),
    [
        (500, "busy", "waiting"),
        (429, "busy", "waiting"),
        (401, "not-let-in", "waiting"),
        (422, "refused", "parked"),
        (302, "busy", "waiting"),
    ],
)
def test_what_a_gateway_answers_is_told_in_words_of_ours(
    sqlite_store, gateway, monkeypatch, answer, fault, state
):
    sina = reader(sqlite_store, email=None, text="+64211234567")
    tell(sqlite_store, sina, "share_opened")
    gateway.answer = answer
    work_at(monkeypatch, core_with(sqlite_store, None, gateway), NOW)
    assert (sent_to(sina).fault, sent_to(sina).state) == (fault, state)
    assert fault in rules.FAULTS and len(gateway.calls) == 1


def test_a_server_that_is_away_is_tried_again(sqlite_store, monkeypatch):
    sina = reader(sqlite_store, text="+64211234567")
    tell(sqlite_store, sina, "share_opened")
    away = {
        "smtp_host": "127.0.0.1",
        "smtp_port": free_port(),
        "text_url": f"http://127.0.0.1:{free_port()}/",
    }
    work_at(monkeypatch, core_with(sqlite_store, **away), NOW)
    assert set(sina.session.scalars(select(Delivery.fault))) == {"away"}
    assert set(sina.session.scalars(select(Delivery.state))) == {"waiting"}


def test_a_demonstration_says_that_it_would_send_and_tells_no_address(sqlite_store, monkeypatch):
    sina = reader(sqlite_store, text="+64211234567")
    tell(sqlite_store, sina, "share_opened")
    with structlog.testing.capture_logs() as logs:
        work_at(monkeypatch, core_with(sqlite_store, demo=True), NOW)
    assert [line["event"] for line in logs] == ["would send", "would send"]
    assert "mere" not in repr(logs) and "1234567" not in repr(logs)


@pytest.mark.parametrize(
    "typed",
    [
        "mere@example.org\r\nBcc: all@example.org",
        "mere@example.org\nSubject: hello",
        "mere@example.org, tame@example.org",
        "Mere <mere@example.org>",
        "mere@example.org\x00",
        "me re@example.org",
        "mere@example",
        "@example.org",
        "mere@@example.org",
        '"mere"@example.org',
        "mere@example.org%0d%0aBcc:x@y.zz",
        "",
    ],
)
def test_only_one_plain_address_is_an_address(typed):
    assert rules.mail_address(typed) is None


@pytest.mark.parametrize(
    "typed", ["mere@example.org", " m.o'neil+nz@mail.example.co.nz ", "a@tāmaki.example.nz"]
)
def test_a_plain_address_is_taken_as_it_is(typed):
    assert rules.mail_address(typed) == typed.strip()


@pytest.mark.parametrize(
    ("typed", "mobile", "number"),
    [
        ("021 123 4567", True, "+64211234567"),
        ("(027) 123-4567", True, "+64271234567"),
        ("+64 21 123 4567", True, "+64211234567"),
        ("0064 21 1234567", True, "+64211234567"),
        ("+685 72 12345", True, "+6857212345"),
        ("09 123 4567", False, "+6491234567"),
        ("0800 123 456", False, "+64800123456"),
        ("09 123 4567", True, None),
        ("123", False, None),
        ("021 123 4567 and more", True, None),
        ("+6421123456789012345", True, None),
        ("٠٢١١٢٣٤٥٦٧", True, None),
    ],
)
def test_numbers_are_taken_as_people_write_them(typed, mobile, number):
    assert rules.phone_number(typed, mobile=mobile) == number


def test_a_line_end_in_an_address_writes_no_header(sqlite_store, post):
    core = core_with(sqlite_store, post)
    for bad in ("mere@example.org\r\nBcc: all@example.org", "mere@example.org, tame@example.org"):
        message = channels.Message("x" * 13, "email", bad, "You have an update", "Text", NOW)
        assert channels.send(core.settings, message) == "refused"
    assert post.mails == []


def test_a_mail_is_plain_text_of_a_program(sqlite_store, post, monkeypatch):
    tell(sqlite_store, reader(sqlite_store), "share_opened")
    work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    mail = post.mails[0][1]
    assert mail.get_content_type() == "text/plain" and mail["Auto-Submitted"] == "auto-generated"
    assert set(mail.policy.header_store_parse("Date", mail["Date"])) and mail.policy.__class__ is type(
        default
    )
    assert sorted(name.lower() for name in mail.keys() if not name.lower().startswith("x-")) == sorted(
        ["auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id",
         "mime-version", "subject", "to"]
    )  # fmt: skip
