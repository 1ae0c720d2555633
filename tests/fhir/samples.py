"""The bundles the tests read: our own fixtures, and every real file of a folder if it is there."""

import json
import os
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OWN = sorted((HERE / "fixtures").glob("*.json"))
FOLDER = Path(os.environ.get("FHIR_SAMPLES") or ROOT.parent / "shared" / "data" / "fhir")
ALL = OWN + (sorted(FOLDER.glob("*.json")) if FOLDER.is_dir() else [])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def fixture(name):
    return load(HERE / "fixtures" / f"{name}.json")


def clinical_types():
    found = load(ROOT / "portal" / "demo" / "clinical_types.json")["record_types"]
    return {record_type["key"]: record_type for record_type in found}
