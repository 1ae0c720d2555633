"""Pure mapping between FHIR R4 JSON and our records: no tables, no HTTP, no clock."""
