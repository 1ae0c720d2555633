"""The room of requests to see what is held (Privacy Act 2020 sections 40 to 58, principle 6)."""
