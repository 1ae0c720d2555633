"""The inlined style and script: small, self-contained, and named by hash for the browser."""

import base64
import gzip
import hashlib
import re

from portal.web import assets


def test_the_policy_names_exactly_the_bytes_that_pages_carry():
    def source(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert assets.csp_sources() == {
        "style-src": [
            source(str(assets.TEMPLATE_GLOBALS[name]))
            for name in (
                "css",
                "form_css",
                "letter_css",
                "staff_css",
                "desk_css",
                "card_css",
                "large_css",
                "sheet_css",
                "home_css",
            )
        ],
        "script-src": [
            source(str(assets.TEMPLATE_GLOBALS[name]))
            for name in ("js", "passkey_js", "offline_js", "card_js")
        ],
    }


def test_comments_and_spare_space_go_but_spaces_inside_values_stay():
    css = '/* why */\na , b{\n  width: calc(100% + 2rem);\n}\n@media(min-width:1em) and (color){ p::x{content:""} }'
    assert assets.smaller_css(css) == (
        'a,b{width: calc(100% + 2rem)}@media(min-width:1em) and (color){p::x{content:""}}'
    )


def test_the_script_loses_whole_line_comments_only():
    js = '/* why\n   so */\n(function () {\n  // note\n  go("http://x"); // kept\n\n})();\n'
    assert assets.smaller_js(js) == '(function () {\ngo("http://x"); // kept\n})();'


def test_style_and_script_leave_room_for_the_page():
    assert len(gzip.compress((assets.CSS + assets.FORM_CSS + assets.JS).encode(), 6)) <= 5_300
    assert len(assets.JS) <= 2_048
    assert len(assets.PASSKEY_JS) <= 2_048 and len(assets.OFFLINE_JS) <= 400


def test_nothing_in_them_can_end_its_element_or_ask_for_another_file():
    for text in (assets.STAFF_CSS, assets.JS, assets.PASSKEY_JS, assets.OFFLINE_JS):
        assert "</" not in text
        assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttpRequest", text)


def test_an_engine_of_2018_can_read_every_selector():
    # One selector an engine does not know makes it drop the whole rule, so such a one stands alone.
    assert not re.search(r":has\(|:is\(|:where\(|@layer|@container|&\s", assets.STAFF_CSS)
    for rule in re.findall(r"[^{}]*::details-content[^{}]*(?=\{)", assets.STAFF_CSS):
        assert "," not in rule
