"""Choose what to share, see it as the recipient will, share it, and stop."""
