"""The demonstration: fictional agencies and people, linked and fed through the same services as in real life."""
