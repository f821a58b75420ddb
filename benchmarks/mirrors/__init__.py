"""How well mirrors are recognised and undone, on tampering of every kind under invented brands."""
