"""Each use of information: a choice, a limited one, or none and the law that says so."""
