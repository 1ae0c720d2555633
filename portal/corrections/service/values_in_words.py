"""Values as a letter says them: in English, which stands beside every letter in another language."""

from typing import Any

from portal.agencies import values
from portal.agencies.rules import FieldFacts
from portal.language import service as language
from portal.language.rules import ENGLISH


def in_words(field: FieldFacts, value: Any) -> str:
    """Give a raw value as text; empty for a value that is not there."""
    return "" if value is None else values.as_text(field, value, language.translator(ENGLISH))
