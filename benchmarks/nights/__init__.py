"""Nights of a large site on loopback: what they cost, what they find, what an outage takes away."""
