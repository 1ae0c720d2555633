"""Runs the `portal` command as people do: a process of its own, in an environment that holds nothing else."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.config import ROOT

SLOWEST_SECONDS = 120


@dataclass(frozen=True)
class Done:
    """How a command ended: exit status, and what it said on standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def said(self):
        """The answer of a command that was asked for JSON."""
        return json.loads(self.out)


def portal(instance: Path | None, *words, given="", **settings) -> Done:
    """Run `portal` with these words over an instance folder; `given` is typed into it, `settings` are PORTAL_…."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    if instance is not None:
        kept["PORTAL_INSTANCE"] = str(instance)
    kept |= {f"PORTAL_{name}": str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "portal", *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env=kept, input=given, capture_output=True, text=True, timeout=SLOWEST_SECONDS
    )
    return Done(done.returncode, done.stdout, done.stderr)
