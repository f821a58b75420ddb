"""What the program promises of the sample institute, each promise a test."""
