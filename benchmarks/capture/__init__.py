"""Crawls side by side: what capture costs here, and in other programs."""
