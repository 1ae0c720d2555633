"""What the house is: its rooms, highest first, their addresses and furniture, and its files."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "portal"

# Room -> first words of its addresses after the language. "" is the start page.
URL_WORDS = {
    "guide": {"", "guide"},
    "insights": {"insights"},
    "casework": {"casework"},
    "access_requests": {"access-requests"},
    "corrections": {"corrections"},
    "bundles": {"bundles", "open", "shl"},
    "story": {"story"},
    "ingest": {"ingest", "api"},
    "records": {"records"},
    "choices": {"choices"},
    "delegations": {"delegations"},
    "agencies": {"agencies"},
    "identity": {"sign-in", "sign-out", "leave", "join", "account"},
    "notices": {"notices"},
    "access_log": {"access-log"},
    "language": {"languages"},
}
NOT_ROOMS = {"base", "web", "fhir", "law", "demo"}

FURNITURE = {"__init__", "views", "forms", "service", "queries", "models", "rules", "api", "cli"}
# More needs a reason that no name above covers; most things are a rule, a query or a verb after all.
MORE_FURNITURE = {
    # Who is asking, the table of who may do what and its predicates, the hashing that must be bounded for the whole
    # process, what speaks to others, and our names for browsers.
    "identity": {"actors", "browsers", "passwords", "permissions", "predicates", "providers"},
    # Reading and writing of values by the catalogue, and the worklist that every agency has: rooms above share them.
    "agencies": {"entries", "tasks", "values"},
    # The ways out of the house: SMTP, an HTTP gateway, a log line.
    "notices": {"channels"},
    # Babel's machinery: no tables, no screens, and the one door to it is the service.
    "language": {
        "finding",
        "catalogue",
        "catalogue_files",
        "checks",
        "formats",
        "progress",
        "pseudo",
        "python_texts",
        "register",
        "template_texts",
        "translation",
    },
}


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the repository that is, or could be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below these top-level folders, or all of them."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def templates() -> list[Path]:
    """Return every page, part and mail template."""
    return [path for path in files() if path.relative_to(ROOT).parts[0] == "templates"]


def rooms() -> list[str]:
    """Return the names of the rooms that are built."""
    packages = {path.relative_to(PORTAL).parts[0] for path in python_files("portal") if path.parent != PORTAL}
    return sorted(packages - NOT_ROOMS)


def name(path: Path) -> str:
    """Return a file's name as people say it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of everything a file imports, hidden imports too."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [start, node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
