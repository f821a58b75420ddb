"""The accuracy gate: what cleaning gets right, and the floors it must not fall below."""
