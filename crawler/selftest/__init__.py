"""The capture's promise, checked on the user's own machine: odd servers, exact bytes, both ways."""
