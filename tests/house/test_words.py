"""No machine, no registry, and no word that blames or begs."""

import re

from tests.house.house import ROOT, files, name, python_files, templates

# In pieces, so that this file passes its own test.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org")
PLACES = ("wo" + "rk", "ro" + "ot", "t" + "mp", "opt/py" + "pi")
MACHINE = re.compile(r"(?<![\w.:/*-])/(?:" + "|".join(PLACES) + r")/")
BINARY = {".png", ".jpg", ".xlsx", ".pdf", ".woff2", ".ico", ".mo", ".zip"}

TEXT = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
MARKED = re.compile(r"\b(?:_|N_|lazy_gettext|gettext|ngettext)\(\s*" + TEXT)
UNKIND = re.compile(r"\b(?:invalid|oops|please|sorry|illegal|whoops)\b", re.IGNORECASE)


def texts():
    for path in files():
        if path.suffix not in BINARY:
            yield path, path.read_text(encoding="utf-8")


def test_no_file_names_a_registry():
    assert [f"{name(p)}: {host}" for p, text in texts() for host in HOSTS if host in text] == []


def test_no_file_names_a_place_on_one_machine():
    found = [f"{name(p)}: {m.group()}" for p, text in texts() if (m := MACHINE.search(text))]
    assert found == []


def test_the_npm_lock_carries_checksums_and_no_addresses():
    lock = (ROOT / "tests" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


def test_the_python_locks_carry_checksums_and_no_addresses():
    for lock in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text and "--index" not in text and "--find-links" not in text
        entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
        assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_no_sentence_on_a_screen_blames_or_begs():
    unkind = []
    for path in [*templates(), *python_files("portal")]:
        for marked in MARKED.findall(path.read_text(encoding="utf-8")):
            if UNKIND.search(marked):
                unkind.append(f"{name(path)}: {marked}")
    assert unkind == []
