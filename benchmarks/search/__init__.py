"""Search over many generated articles, beside other ways to index Chinese."""
