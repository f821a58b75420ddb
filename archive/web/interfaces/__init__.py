"""The archive for programs: JSON, CDX, Memento and OAI-PMH over what the pages show."""
