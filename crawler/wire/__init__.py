"""The wire: sockets, TLS and time limits under the client; knows nothing of Scrapy."""
