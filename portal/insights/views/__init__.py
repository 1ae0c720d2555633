"""Pages of what changed: notes and figures that anyone may read, and the agency's own pages for its notes."""

from portal.insights.views import figures, notes  # noqa: F401  (their routes)
from portal.insights.views.blueprint import blueprint

__all__ = ["blueprint"]
