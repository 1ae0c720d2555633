"""A made-up language for tests: longer, accented and in brackets, so that unmarked English shows."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from portal.language.catalogue import EMPTY, Key
from portal.language.rules import ENGLISH, Language
from portal.language.translation import Translator

PSEUDO = Language("xa", "en-XA", "⟦Þšéûðö⟧", "Pseudo", "ltr", complete=True)

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_PLACE = re.compile(r"(%\(\w+\)s|%%)")
# Words as long as the longest in the Universal Declaration in our languages: 16 to 22 letters.
_FILLER = ("öñé", "ţŵöţĥŕééƒöûŕƒîṽéšîẋšé", "åñð", "ḟîṽéšîẋšéṽéñéîĝĥţñîñéţ")
_LONGER = 1.6


def pseudo(text: str) -> str:
    """Return text in brackets with accents, about 1.6 times as long, with its `%(name)s` places kept."""
    parts = _PLACE.split(text)
    body = "".join(part if _PLACE.fullmatch(part) else part.translate(_ACCENTED) for part in parts)
    missing = int(len(text) * (_LONGER - 1)) - 2
    filler: list[str] = []
    while missing > 2:
        word = _FILLER[len(filler) % len(_FILLER)][: max(missing - 1, 1)]
        filler.append(word)
        missing -= len(word) + 1
    return "⟦" + " ".join([body, *filler]) + "⟧"


class PseudoTranslator(Translator):
    """Answers every msgid with pseudo text; dates and lists are New Zealand English in brackets."""

    def __init__(self) -> None:
        """Need nothing: there is no catalogue."""
        super().__init__(PSEUDO, EMPTY)
        self._format_tag = ENGLISH

    def has(self, msgid: str, /) -> bool:
        """Say yes: pseudo text never falls back."""
        return True

    def ngettext(self, one: str, many: str, n: int, /, **values: Any) -> Markup:
        """Return the pseudo form for a number."""
        return self._number_form(super().gettext, one, many, n, values)

    def nattr(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """Return the plain pseudo form for a number."""
        return self._number_form(super().attr, one, many, n, values)

    def date_full(self, value: date) -> str:
        """Write a day in brackets."""
        return f"⟦{super().date_full(value)}⟧"

    def date_long(self, value: date) -> str:
        """Write a day in brackets."""
        return f"⟦{super().date_long(value)}⟧"

    def time(self, moment: datetime) -> str:
        """Write a time in brackets."""
        return f"⟦{super().time(moment)}⟧"

    def join_list(self, items: Iterable[object]) -> str:
        """Join items in brackets."""
        joined = super().join_list(items)
        return Markup("⟦%s⟧") % joined if isinstance(joined, Markup) else f"⟦{joined}⟧"

    def _number_form(self, say: Any, one: str, many: str, n: int, values: dict[str, Any]) -> Any:
        values.setdefault("n", self.number(n))
        return say(one if n == 1 else many, **values)

    def _text(self, key: Key) -> str:
        return pseudo(key if isinstance(key, str) else key[1])
