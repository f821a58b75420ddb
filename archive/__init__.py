"""WHAT is kept: WARC, cleaning, articles, store, search, export; plain Python, no Scrapy."""
