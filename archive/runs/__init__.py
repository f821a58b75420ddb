"""Runs: how they are told to stop, what a dead one leaves, and what each reports."""
