"""Finding articles by words of any length in Chinese and other scripts."""
