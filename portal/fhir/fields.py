"""The fields of a whole shared record, as the parts of a FHIR resource; a field without a value gives None."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.fhir.narrative import plain

Json = dict[str, Any]
TERMS = "http://terminology.hl7.org/CodeSystem"
# A date that FHIR takes although the day, or the month, is not known.
_ROUGH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def coded(system: str, code: str) -> Json:
    """A concept of one of FHIR's own code systems."""
    return {"coding": [{"system": f"{TERMS}/{system}", "code": code}]}


def absent(reason: str = "unknown") -> Json:
    """In place of a value that has to be there: why it is not (data-absent-reason)."""
    url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    return {"extension": [{"url": url, "valueCode": reason}]}


@dataclass(frozen=True)
class Fields:
    """A record's JSON, and beside it the codes that came with a value: {field: {"text", "coding"}}.

    A code is written only beside the words that it came with: once a value was put right, it would be the old one.
    """

    body: Mapping[str, object]
    codes: Mapping[str, Any]

    def is_(self, key: str) -> str:
        """A coded value to decide by; empty where there is none."""
        return str(self.body.get(key) or "")

    def text(self, key: str) -> str | None:
        """A value as clean text."""
        value = self.body.get(key)
        return plain(str(value)).strip() or None if value is not None else None

    def lines(self, key: str) -> list[str]:
        """The lines of a text, without empty ones."""
        return [line for line in (self.text(key) or "").splitlines() if line.strip()]

    def concept(self, key: str) -> Json | None:
        """A value as a CodeableConcept."""
        text = self.text(key)
        if not text:
            return None
        came = self.codes.get(key) or {}
        return {"coding": came["coding"], "text": text} if came.get("text") == text else {"text": text}

    def concepts(self, key: str) -> list[Json] | None:
        """A value as a list of one CodeableConcept."""
        found = self.concept(key)
        return [found] if found else None

    def named(self, key: str) -> Json | None:
        """Somebody or something that is only named: a Reference without an address."""
        text = self.text(key)
        return {"display": text} if text else None

    def all_named(self, key: str) -> list[Json] | None:
        """A value as a list of one such Reference."""
        found = self.named(key)
        return [found] if found else None

    def notes(self) -> list[Json] | None:
        """The record's note."""
        text = self.text("note")
        return [{"text": text}] if text else None

    def on(self, key: str) -> str | None:
        """A day, or what is roughly known of it in `about_when`."""
        rough = self.text("about_when") or ""
        return self.text(key) or (rough if _ROUGH.fullmatch(rough) else None)

    def period(self) -> Json | None:
        """From when until when."""
        span = {"start": self.on("started_on"), "end": self.text("ended_on")}
        return {key: value for key, value in span.items() if value} or None


def dated(stem: str, value: str | None) -> Json:
    """A date that has to be there, such as effectiveDateTime, or why it is not."""
    return {f"{stem}DateTime": value} if value else {f"_{stem}DateTime": absent()}
