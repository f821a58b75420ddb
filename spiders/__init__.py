"""WHERE to walk: thin spiders over a site and its mirrors."""
