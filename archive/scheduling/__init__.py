"""The timer of the nightly crawl: units as text, as files, and the systemd that runs them."""
