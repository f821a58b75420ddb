"""The search page under readers, beside Datasette."""
