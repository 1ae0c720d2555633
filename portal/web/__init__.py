"""Shared HTTP: guards, errors, fields, headers, negotiation, and the one way to render a page."""
