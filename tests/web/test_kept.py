"""What may never be kept of a page that timed out: passwords, codes and passcodes, whatever form asks for them."""

import importlib
import pkgutil

from wtforms import PasswordField

import portal
from portal.web.fields import PortalForm
from portal.web.kept import SECRET

ONE_TIME = {"one-time-code", "current-password", "new-password"}


def forms():
    for room in pkgutil.iter_modules(portal.__path__):
        if room.ispkg and importlib.util.find_spec(f"portal.{room.name}.forms"):
            yield from vars(importlib.import_module(f"portal.{room.name}.forms")).values()


def secret_fields():
    for form in forms():
        if isinstance(form, type) and issubclass(form, PortalForm):
            for name, field in vars(form).items():
                kind = getattr(field, "field_class", None)
                asks = (getattr(field, "kwargs", {}).get("render_kw") or {}).get("autocomplete")
                if kind and (issubclass(kind, PasswordField) or asks in ONE_TIME or "code" in name):
                    yield form.__name__, name


def test_no_field_for_a_secret_has_a_name_that_would_be_kept():
    found = list(secret_fields())
    assert len(found) > 5
    assert [(form, name) for form, name in found if not SECRET.search(name)] == []
