"""What a person may send along with a request: how many files, under what names, and why one is not taken."""

import re

from portal.language.rules import N_

MOST_FILES = 5
"""Files with one request."""
MOST_UNSENT = 40_000_000
"""Bytes that one person may have in drafts."""
LONGEST_NAME = 80
"""Characters that are kept of a file's name."""
HOW = ("here", "bring", "none")
"""What a person may say about proof: it is here, they bring it in, they have none. None is needed (s 59)."""

REFUSALS: dict[str, str] = {
    # L10n: error when the button that adds a photo or file was pressed, and none was chosen.
    "none": N_("Choose a photo or a file first."),
    # L10n: error when adding a photo or file to a request.
    "empty": N_("This file is empty. Choose it again, or take a photo of it."),
    # L10n: error when adding a photo or file to a request; the largest is 12 megabytes.
    "big": N_("This file is too big. The most is 12 MB. Take a photo or a screenshot of it, and add that."),
    # L10n: error when adding a photo or file to a request; it is none of the kinds that can be opened.
    "unknown": N_(
        "We can take a photo, a picture or a PDF. This is none of these. Take a photo of it, and add that."
    ),
    # L10n: error when adding a photo to a request; HEIC is the format of some phones, JPEG another: leave the names.
    "phone": N_(
        "We cannot open this kind of photo (HEIC). Take a screenshot of it, or choose JPEG in your camera."
    ),
    # L10n: error when adding a document of a word processor to a request.
    "document": N_("We cannot open this kind of document. Save it as a PDF, or take a photo of each page."),
    # L10n: error when adding a photo or file to a request.
    "damaged": N_("We could not open this file. It may be damaged. Take a photo of it, and add that."),
    # L10n: error when adding a picture to a request; it has too many points.
    "points": N_("This picture is too large to open. Take a screenshot of it, and add that."),
    # L10n: error when adding a PDF to a request.
    "pages": N_("This PDF has too many pages. The most is 20. Add only the pages that show it."),
    # L10n: error when adding a PDF to a request.
    "locked": N_("This PDF has a password. Save it without one, or take a photo of each page."),
    # L10n: error when adding a photo or file to a request; to open it took too long or too much of the computer.
    "heavy": N_("This file is too hard to open. Take a photo of it, and add that."),
    # L10n: error when adding a photo or file to a request.
    "full": N_("You have added 5 files. Remove one first, then add this one."),
    # L10n: error when adding a photo or file to a request; drafts are requests that were begun and not sent.
    "unsent": N_(
        "You have many files in requests that you have not sent. Send or delete one of those first."
    ),
}


def said(how: str, files: int) -> str:
    """Give what a request says of proof: here, bring, both, none, or empty; `how` is of HOW, or empty."""
    if not files:
        return "" if how == "here" else how
    return "both" if how == "bring" else "here"


def plain_name(name: str) -> str:
    """Give what is kept of a file's name: its last part, at most LONGEST_NAME characters, its ending among them.

    name: one line without control characters. Empty where nothing is left.
    """
    last = re.split(r"[/\\]", name)[-1].strip(" .")
    if len(last) <= LONGEST_NAME:
        return last
    ending = re.search(r"\.\w{1,5}$", last)
    tail = ending[0] if ending else ""
    return last[: LONGEST_NAME - len(tail) - 1] + "…" + tail
