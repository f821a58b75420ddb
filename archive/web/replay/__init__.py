"""Replay: a captured page as it ran, out of the archive alone.

The player is ReplayWeb.page (AGPL-3.0), which ``palimpsest replay-assets install`` puts into the
data directory; it is no part of this package. It runs on a port, and so an origin, of its own: what
a captured script does there reaches neither the reading room nor the network.
"""
