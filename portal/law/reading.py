"""How hard a text is to read: the Flesch-Kincaid grade of English, by a small syllable rule kept here."""

import re

GRADE_AIM = 8
"""The highest school grade a reason written by staff should have (a hint to the writer, never a bar)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$|[\"'”’)])|\n+")
_VOWELS = re.compile(r"[aeiouyāēīōū]+")
_SILENT_END = re.compile(r"(?:[^aeiouylr]|[aeiouy][lr])e$|[^aeioutd]ed$|[^aeioucgsxz]es$")


def grade(text: str) -> float:
    """Give the Flesch-Kincaid school grade of an English text, 0.0 or more; 0.0 for a text without words.

    A line break ends a sentence. The figure is a rule of thumb, good to about one grade.
    """
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    if not sentences:
        return 0.0
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(_syllables, words))
    score = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return max(0.0, round(score, 1))


def reading_age(text: str) -> int:
    """Give the age in years at which most children read such a text: the grade plus five."""
    return round(grade(text)) + 5


def longest_sentence(text: str) -> int:
    """Count the words of the longest sentence; the house asks for 20 or fewer."""
    return max((len(_WORD.findall(part)) for part in _SENTENCE_END.split(text)), default=0)


def _syllables(word: str) -> int:
    word = word.lower()
    return max(1, len(_VOWELS.findall(word)) - bool(_SILENT_END.search(word)))
