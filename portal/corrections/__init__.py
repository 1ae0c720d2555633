"""Ask an agency to fix what it holds, and put one's own words beside it (principle 7)."""
