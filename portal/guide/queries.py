"""Reads the handouts of the guide from their files, once for each process; nothing here is about anybody."""

from functools import cache
from pathlib import Path

from portal.guide.rules.handouts import Handout, HandoutFault, differences, read
from portal.language.checks import text_faults
from portal.language.rules import ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[2] / "content" / "guide"


def handouts() -> list[Handout]:
    """Give all handouts in English, in the order of their lists."""
    found = (one for (_, tag), one in _all().items() if tag == ENGLISH)
    return sorted(found, key=lambda one: (one.order, one.slug))


def handout(slug: str, tag: str) -> Handout | None:
    """Give a handout in a language, in English where it is not in that language yet; None where there is none."""
    return _all().get((slug, tag)) or _all().get((slug, ENGLISH))


def handout_faults(root: Path = ROOT) -> list[str]:
    """Say what is wrong with the files, each as a sentence: what cannot be read, and translations that fell behind."""
    faults: list[str] = []
    english: dict[str, Handout] = {}
    paths = sorted(root.glob("*"), key=lambda path: (not path.name.endswith(f".{ENGLISH}.md"), path.name))
    for path in paths:
        try:
            one = _read(path)
        except HandoutFault as fault:
            faults.append(f"{path.name}: {fault}")
            continue
        if one.tag == ENGLISH:
            english[one.slug] = one
        elif one.slug not in english:
            faults.append(f"{path.name}: there is no English of it.")
        else:
            faults += [f"{path.name}: {fault}" for fault in _faults(english[one.slug], one)]
    return faults


def missing(root: Path = ROOT) -> list[str]:
    """Name the files that a language lacks which must be complete."""
    wanted = [tag for tag, language in LANGUAGES.items() if language.complete and tag != ENGLISH]
    slugs = [path.name.split(".")[0] for path in sorted(root.glob(f"*.{ENGLISH}.md"))]
    names = (f"{slug}.{tag}.md" for slug in slugs for tag in wanted)
    return [name for name in names if not (root / name).exists()]


def _faults(english: Handout, own: Handout) -> list[str]:
    found = differences(english, own)
    for one, other in zip(english.texts, own.texts, strict=False):
        found += [f'"{one}" {fault}.' for fault in text_faults(one, other, own.tag)]
    return found


def _read(path: Path) -> Handout:
    slug, _, rest = path.name.partition(".")
    tag = rest.removesuffix(".md")
    if not rest.endswith(".md") or tag not in LANGUAGES:
        raise HandoutFault("its name is not a page, a language and md, such as before-you-start.mi.md.")
    try:
        return read(slug, tag, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as fault:
        raise HandoutFault("it is not UTF-8.") from fault


@cache
def _all() -> dict[tuple[str, str], Handout]:
    return {(one.slug, one.tag): one for one in map(_read, sorted(ROOT.glob("*.md")))}
