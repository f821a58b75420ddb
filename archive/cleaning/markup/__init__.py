"""From bytes to lines: the encoding, the tree, the lines with their runs, cells and links.

It promises that no character of a page is lost on the way to its lines.
"""
