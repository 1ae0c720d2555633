"""Takes the file that a form brought with it: counted, drawn anew outside of any transaction, and then kept."""

from flask import request

from portal.corrections.forms import ProofForm
from portal.corrections.service import proof
from portal.web.core import actor, hit, work
from portal.web.fields import clean_line
from portal.web.uploads import was_left_out

ACCEPT = "image/jpeg,image/png,image/webp,image/gif,application/pdf"
"""What a browser offers first. A phone that takes photos as HEIC makes them JPEG for it; what comes is looked at."""


def takes(form: ProofForm, ref: int) -> bool:
    """Keep the file that came, if one did; False when a sentence now stands on the form. Raises NotThere."""
    if not form.sent():
        return False
    if was_left_out():
        return form.prepare(_too_big) is not None
    if not form.file.data:
        return "add" not in request.form or form.prepare(_no_file) is not None
    new = form.prepare(_read, ref, form.file.data)
    return new is not None and form.carry_out(proof.add_file, ref, new.result) is not None


def _read(ref: int, sent) -> proof.NewFile:
    proof.check_room(work(), ref)
    work().rest()
    hit("send-file", str(actor().account_id))
    return proof.read_file(clean_line(sent.filename), sent.stream.read())


def _too_big() -> None:
    raise proof.refusal("big")


def _no_file() -> None:
    raise proof.refusal("none")
