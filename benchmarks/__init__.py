"""Side-by-side measurements; each module's docstring has the command that makes its figures."""
