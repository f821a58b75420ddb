"""HTTP statuses by what they mean to an archive (RFC 9110, section 15).

Many rooms ask what an answer was; it promises one name for each, and loads nothing.
"""

SUCCESS = range(200, 300)
NOT_MODIFIED = 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses with which the page is elsewhere; 300 and 305 lead nowhere by themselves."""
