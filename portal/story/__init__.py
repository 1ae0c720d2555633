"""What a person tells in their own words, once: by heading, in any language, in versions, private until shared."""
