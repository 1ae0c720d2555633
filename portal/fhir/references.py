"""Finds the resource a FHIR reference points to, inside one bundle, and the words to show for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.fhir.codes import joined, words
from portal.fhir.node import Node, fit
from portal.fhir.notes import Notes
from portal.fhir.values import SHORT

Resource = Mapping[str, object]


class Index:
    """The resources of a bundle by full URL and by type and id."""

    def __init__(self, entries: Sequence[tuple[str, Resource]]) -> None:
        self._by_key: dict[str, Resource] = {}
        for full_url, resource in entries:
            kind, rid = resource.get("resourceType"), resource.get("id")
            if full_url:
                self._by_key.setdefault(full_url, resource)
            if isinstance(kind, str) and isinstance(rid, str) and rid:
                self._by_key.setdefault(f"{kind}/{rid}", resource)

    def find(self, reference: str) -> Resource | None:
        """The resource behind a full URL, "urn:uuid:…" or relative reference."""
        plain = reference.split("/_history/", 1)[0]
        found = self._by_key.get(plain)
        if found is None and "/" in plain:
            found = self._by_key.get("/".join(plain.split("/")[-2:]))
        return found


@dataclass(frozen=True)
class Context:
    """What every mapper may look at beside its own resource."""

    index: Index
    patient: Resource
    source: str
    written_on: date | None
    notes: Notes

    def follow(self, node: Node, owner: Node) -> Node:
        """The resource a Reference points to: contained in `owner`, or in the bundle; else empty."""
        reference = node.code("reference")
        if not reference:
            return Node({}, node.path, self.notes)
        if reference.startswith("#"):
            for inner in owner.objs("contained"):
                if inner.code("id") == reference[1:]:
                    return Node(inner.data, inner.code("resourceType") or node.path, self.notes)
            return Node({}, node.path, self.notes)
        found = self.index.find(reference)
        kind = found.get("resourceType") if found else None
        return Node(found, kind if isinstance(kind, str) and kind.isalpha() else node.path, self.notes)

    def is_about_patient(self, owner: Node) -> bool:
        """Whether the resource is about the bundle's own patient (or does not say)."""
        key = "patient" if owner.has("patient") else "subject"
        node = owner.obj(key)
        reference = node.code("reference")
        if not reference:
            return True
        if reference.startswith("#"):
            return self.follow(node, owner).code("resourceType") in ("Patient", "")
        return self.index.find(reference) is self.patient

    def name_of(self, node: Node, owner: Node) -> str | None:
        """Words for a referenced person, place or organisation; never an identifier.

        A role is shown in words if there is one, since the job says more than the name.
        """
        if not node:
            return None
        target = self.follow(node, owner)
        kind = target.code("resourceType")
        if kind == "PractitionerRole":
            return self._role(target, owner) or node.text("display")
        return person_or_place(target) or node.text("display")

    def names_of(self, nodes: list[Node], owner: Node) -> str | None:
        """Several references as one text."""
        names = dict.fromkeys(n for node in nodes if (n := self.name_of(node, owner)))
        return fit("; ".join(names), SHORT, self.notes)

    def title_of(self, node: Node, owner: Node) -> str | None:
        """What a referenced Condition, Procedure or Observation is called."""
        target = self.follow(node, owner)
        return words(target.obj("code")) or node.text("display")

    def reason_of(self, owner: Node) -> str | None:
        """Why something was done: the reason codes in words, else what the reason references are called."""
        told = joined(owner.objs("reasonCode"))
        linked = [t for r in owner.objs("reasonReference") if (t := self.title_of(r, owner))]
        return told or fit("; ".join(linked), SHORT, self.notes)

    def _role(self, role: Node, owner: Node) -> str | None:
        name = person_or_place(self.follow(role.obj("practitioner"), owner))
        name = name or role.obj("practitioner").text("display")
        job = next((t for c in role.objs("code") if (t := words(c))), None)
        return fit(", ".join(p for p in (job, name) if p), SHORT, self.notes)


def human_name(name: Node) -> str | None:
    """A HumanName as one text, as held: its text, else given names and family name."""
    parts = [*name.texts("prefix"), *name.texts("given"), name.text("family") or "", *name.texts("suffix")]
    return name.text("text") or fit(" ".join(p for p in parts if p), SHORT, name.notes)


def person_or_place(target: Node) -> str | None:
    """The name of a Practitioner, RelatedPerson, Organization or Location."""
    if not target:
        return None
    if isinstance(target.data.get("name"), str):
        return target.text("name")
    return next((t for n in target.objs("name") if (t := human_name(n))), None)
