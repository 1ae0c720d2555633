"""Agencies and providers, their purposes and record types, and the links between a person and an agency's client."""
