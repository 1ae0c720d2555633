"""Whatever is broken in a bundle, reading it ends in records or in one sentence."""

import copy
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from portal.fhir.conformance import problems
from portal.fhir.found import NotABundle
from portal.fhir.reading import read_bundle
from tests.fhir.samples import ALL, OWN, clinical_types, fixture, load

VALIDATORS = {
    key: Draft202012Validator(entry["schema"], format_checker=FormatChecker())
    for key, entry in clinical_types().items()
}
SMALL = [load(path) for path in ALL if path.stat().st_size < 60_000]


def deep(levels):
    thing = []
    for _ in range(levels):
        thing = [{"a": thing}]
    return thing


ODD = [
    None,
    True,
    0,
    -1,
    10**5000,
    float("nan"),
    float("inf"),
    1e308,
    "",
    " ",
    "\u0000\ud800\u202e",
    "9999-99-99",
    "2019",
    "#",
    "/",
    "urn:uuid:",
    "é" * 30_000,
    [],
    [None],
    [[[]]],
    {},
    {"coding": "x"},
    {"reference": ["Patient/1"]},
    {"value": {"value": 1}},
    ["text", 5],
]


def places(thing, found):
    """Every list or object of a document, so that a mutation can hit any depth."""
    waiting = [thing]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict | list) and here:
            found.append(here)
            waiting.extend(here.values() if isinstance(here, dict) else here)
    return found


def mutate(document, chance):
    for _ in range(chance.randint(1, 12)):
        here = chance.choice(places(document, []) or [document])
        if not here:
            break
        key = chance.choice(list(here)) if isinstance(here, dict) else chance.randrange(len(here))
        act = chance.randrange(4)
        if act == 0:
            del here[key]
        elif act == 1:
            odd = chance.randrange(len(ODD) + 1)
            here[key] = copy.deepcopy(ODD[odd]) if odd < len(ODD) else deep(900)
        elif act == 2:
            here[key] = here[chance.choice(list(here))] if isinstance(here, dict) else here[0]
        else:
            here[key] = [here[key]] if chance.random() < 0.5 else {"text": here[key]}
    return document


def assert_readable(document):
    try:
        reading = read_bundle(document)
    except NotABundle as refusal:
        assert refusal.sentence
        return
    for record in reading.records:
        VALIDATORS[record.type_key].validate(record.body)
        json.dumps(record.body, ensure_ascii=False).encode("utf-8")
    "".join(reading.warnings).encode("utf-8")


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, len(SMALL) - 1), seed=st.integers(0, 2**32))
def test_a_real_bundle_broken_at_random_never_breaks_the_reader(which, seed):
    assert_readable(mutate(copy.deepcopy(SMALL[which]), random.Random(seed)))


@pytest.mark.parametrize("odd", [*range(len(ODD)), "deep"])
@pytest.mark.parametrize("path", OWN, ids=lambda p: p.stem)
def test_an_odd_value_in_any_one_field_of_a_resource_never_breaks_the_reader(path, odd):
    document = load(path)
    value = deep(900) if odd == "deep" else ODD[odd]
    for entry in document["entry"]:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        for key in resource or {}:
            kept, resource[key] = resource[key], value
            assert_readable(document)
            resource[key] = kept


def test_a_resource_nested_too_deep_to_write_out_still_gets_an_id():
    document = fixture("hospital_transaction")
    document["entry"].append(
        {"resource": {"resourceType": "Observation", "code": {"text": "Deep"}, "identifier": deep(5000)}}
    )
    assert "Deep" in [record.title for record in read_bundle(document).records]


@pytest.mark.parametrize("document", [None, [], {}, {"resourceType": "Bundle", "entry": [None, 5]}])
def test_conformance_answers_any_json_in_sentences(document):
    assert all(line.endswith(".") for line in problems(document))
    assert problems(document)


def test_conformance_names_fields_and_never_values():
    document = fixture("nz_summary")
    assert problems(document) == []
    document["entry"][1]["resource"]["birthDate"] = "CANARY-31/02"
    document["entry"][1]["resource"]["CANARYKEY"] = 1
    told = " ".join(problems(document))
    assert "birthDate" in told
    assert "CANARY" not in told
