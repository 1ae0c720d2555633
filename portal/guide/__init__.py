"""The start page and the help pages: how it works, rights, staying safe, privacy, accessibility, contact."""
