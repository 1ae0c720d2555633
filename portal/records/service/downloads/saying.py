"""Says things in a file's language, as the runs of text that a readable file is drawn from."""

from datetime import date, datetime
from typing import Any

from portal.agencies.rules import Words
from portal.base.pdf import Run
from portal.language import service as language
from portal.language.rules import ENGLISH, LANGUAGES
from portal.language.translation import Translator

IN_ENGLISH = LANGUAGES[ENGLISH].bcp47


class Teller:
    """One language of a file. English that stands in, and what an agency wrote in English, is marked as such."""

    def __init__(self, tag: str):
        self.translator: Translator = language.translator(tag)
        self.tag = tag
        self.lang = self.translator.language.bcp47

    def say(self, msgid: str, /, **values: Any) -> Run:
        """Give a sentence of ours; values are plain text."""
        text = self.translator.attr(msgid, **values)
        return text if self.translator.has(msgid) else self.run(text, IN_ENGLISH)

    def legal(self, msgid: str, /) -> list[Run]:
        """Give a sentence on which a right rests: where nobody has checked the language, with the English beside."""
        runs = [self.say(msgid)]
        if self.tag != ENGLISH and self.translator.has(msgid):
            runs.append(self.held(msgid))
        return runs

    def nattr(self, one: str, many: str, n: int, /) -> Run:
        """Give a sentence of ours about a number, which it names `%(n)s`."""
        text = self.translator.nattr(one, many, n)
        english = language.translator(ENGLISH).nattr(one, many, n, n=self.translator.number(n))
        return self.run(text, IN_ENGLISH) if text == english else text

    def words(self, words: Words) -> Run:
        """Give a text of the catalogue or a value."""
        return self.run(words.text, words.lang)

    def held(self, text: str) -> Run:
        """Give what an agency wrote about itself: English."""
        return self.run(text, IN_ENGLISH)

    def own(self, text: str, tag: str) -> Run:
        """Give a person's own words in the language that they were written in."""
        known = LANGUAGES.get(tag)
        return self.run(text, known.bcp47 if known else tag or self.lang)

    def run(self, text: str, lang: str) -> Run:
        """Give text with its language where that is another than the file's."""
        return text if lang == self.lang else [text, lang]

    def day(self, day: date | datetime) -> str:
        """Write a day, or the day of an aware moment in New Zealand."""
        return self.translator.date_long(day)


def text_of(run: Run) -> str:
    """Give the plain text of a run."""
    return run if isinstance(run, str) else run[0]
