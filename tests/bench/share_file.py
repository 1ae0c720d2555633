"""What the PDF file of a share costs: over a bare document of the same text, and in memory as it grows."""

import json
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from portal.agencies.rules import Words
from portal.base import pdf
from portal.bundles.queries import Preview, PreviewLine, PreviewRecord, Said, ShareFacts
from portal.bundles.service import readable
from portal.records.service.downloads.saying import Teller

NOW = datetime(2026, 8, 1, tzinfo=UTC)
ENGLISH = "en-NZ"
BARE = """
#let data = json(bytes(sys.inputs.data))
#for one in data { par(one) }
"""
DRAW_BARE = """
import sys, typst
sys.stdout.buffer.write(typst.compile(sys.argv[1], format="pdf", ignore_system_fonts=True,
                                      sys_inputs={"data": sys.stdin.buffer.read().decode()}))
"""
DRAW_OURS = "import sys\nfrom portal.base import pdf\nsys.argv = ['', 'document']\npdf.main()\n"
# Of this program alone: what the system counts for it begins with the memory of the one that started it.
SAY_PEAK = "sys.stderr.write(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"


def rows(ratio):
    """Give the measured rows: name, value and target; `ratio` gives the time of one act to that of another."""
    half, whole = (json.dumps(_data(count), ensure_ascii=False) for count in (100, 200))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "bare.typ"
        plain.write_text(BARE, encoding="utf-8")
        texts = json.dumps(_texts(json.loads(whole)["blocks"]), ensure_ascii=False)
        found = ratio(
            lambda: _drawn(DRAW_OURS, whole), lambda: _drawn(DRAW_BARE, texts, str(plain)), rounds=5, times=1
        )
    name, peaks = "PDF of a share, 200 records", [_drawn(DRAW_OURS, one) for one in (half, whole)]
    yield f"{name}: time over bare typst with the same text", f"{found:.2f}", "stated"
    yield f"{name}: peak memory over 100 records", f"{peaks[1] / peaks[0]:.2f}", "stated"
    yield f"{name}: peak memory, MB", f"{peaks[1] / 1024:.0f}", "stated"


def _drawn(code, given, *words):
    """Run a program that draws, and give the kilobytes of memory that it had at its peak; raises if it did not."""
    command = [sys.executable, "-c", code + SAY_PEAK, *words]
    done = subprocess.run(command, cwd=pdf.ROOT, input=given.encode(), capture_output=True, check=True)
    if not done.stdout.startswith(b"%PDF"):
        raise RuntimeError("nothing was drawn")
    return int(done.stderr.split()[-2])


def _data(count):
    share = ShareFacts(
        1, 1, 1, "live", "Sina Example", "Hemi", "A warm home", 7, [], [], NOW, NOW + timedelta(days=7), None,
        5, 0, True, False,
    )  # fmt: skip
    seen = Preview([_record(number) for number in range(count)])
    teller = Teller("en")
    made = readable.blocks(teller, share, seen, NOW)
    return {"blocks": made, "lang": ENGLISH, "title": readable.title(teller, share)}


def _record(number):
    said = [Said("Ua sesē lenei. ʻO aʻu lava.", "sm", date(2026, 5, 4))] if number % 5 == 0 else []
    lines = [
        PreviewLine(
            f"line{at}", Words(f"Label {at}", ENGLISH), Words(f"A value of some words, {number} {at}", ENGLISH),
            "fact", said if at == 0 else [], False, [], [],
        )
        for at in range(7)
    ]  # fmt: skip
    on = date(2026, 6, 1)
    title = Words("Tenancy", ENGLISH)
    return PreviewRecord(
        number, "tenancy", title, "housing", "Example Homes", on, on, lines, [], [], [], None
    )


def _texts(part):
    """All texts of blocks, in their order."""
    if isinstance(part, str):
        return [part]
    found = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []
    return [text for one in found for text in _texts(one)]
