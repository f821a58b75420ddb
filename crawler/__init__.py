"""HOW to fetch: everything that knows Scrapy."""
