"""The desk of agency staff: worklist, decide, meet the deadline."""
