"""Every page, in every language: it answers, says its language, is small, and has no word that nobody marked."""

import gzip
import re
from html import unescape

import pytest

from portal.language.rules import LANGUAGES
from portal.language.service import language
from portal.web.assets import TEMPLATE_GLOBALS
from tests.language.unmarked import unmarked_text
from tests.looks.crawl import VISITORS

SHORT, LONG = 8_192, 14_336
# A share's own page is a history too: it lists each time that somebody opened it. Its card and its sheet to cut
# carry QR codes, drawn as lines so that they stay sharp on paper; how well those compress is chance.
LONG_PAGES = re.compile(
    r"records\.(show|agency|sector|time|search)|corrections\.(show|check|letter|pack)"
    r"|bundles\.(opened|preview|new|records|lines|show|notes|notice|receipt|of_record|paper|card)"
    r"|delegations\.(new|change)"
    r"|casework\.|access_log\.index|guide\."
)
FILLED_IN = re.compile(r'<select|<textarea|<input (?!type="hidden")|class="(?:field|errors|pick)')
FORM_CSS = TEMPLATE_GLOBALS["form_css"]
# One leads away at once, one on to a paper; the others are files and pictures.
NOT_WALKED = {
    "identity.leave",
    "guide.open_handout",
    "guide.handout_file",
    "bundles.receipt_file",
    "records.download_file",
    "bundles.opened_json",
    "bundles.opened_pdf",
    "corrections.proof_picture",
    "casework.proof_picture",
    "access_requests.letter_pdf",
    "casework.access_letter_pdf",
    "casework.copy_document",
    "casework.copy_table",
    "casework.team_figures",
    "casework.to_apply_file",
    "insights.figures_file",
    "corrections.letter_pdf",
    "corrections.pack_file",
}


def test_every_page_is_walked_to(walked, demo_site):
    rules = [
        rule.endpoint
        for rule in demo_site.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule.startswith("/<tag:l>")
    ]
    assert set(rules) - {place.endpoint for place in walked.places} - NOT_WALKED == set()


@pytest.mark.parametrize("who", VISITORS)
def test_every_page_answers_in_every_language_and_is_small(walked, who):
    wrong = []
    for place in walked.one_of_each(who):
        for tag in LANGUAGES:
            wrong += faults(walked.walkers[who], place, tag)
    assert wrong == []


@pytest.mark.parametrize("who", VISITORS)
def test_no_page_holds_a_word_of_ours_that_nobody_marked(walked, who):
    wrong = []
    for place in walked.of(who):
        answer = page_of(walked.walkers[who], place, "xa")
        wrong += [f"{place}: {text}" for text in unmarked(answer.get_data(as_text=True))]
    assert wrong == []


def unmarked(page):
    """What nobody marked. A title that repeats an agency's word stands in the page as that, and is no word of ours."""
    held = {unescape(text) for text in re.findall(r"data-held[^>]*>([^<]*)<", page)}
    title = unescape(re.search(r"<title>(.*?)</title>", page)[1])
    return [text for text in unmarked_text(page) if not (title.endswith(text) and text in held)]


def page_of(walker, place, tag):
    return walker.post(place.path, {}, tag) if place.faulty else walker.get(place.path, tag)


def faults(walker, place, tag):
    answer = page_of(walker, place, tag)
    page = answer.get_data(as_text=True)
    size = len(gzip.compress(answer.get_data(), 6))
    most = LONG if LONG_PAGES.match(place.endpoint) else SHORT
    if answer.status_code != (400 if place.faulty else 200):
        yield f"{tag} {place}: {answer.status}"
    if f'<html lang="{language(tag).bcp47}"' not in page:
        yield f"{tag} {place}: says another language"
    if FORM_CSS not in page and FILLED_IN.search(page):
        yield f"{tag} {place}: has boxes to fill in, and not the styles of a form"
    if size > most:
        yield f"{tag} {place}: {size} bytes of {most}"
