"""The body written down: as text, as Markdown, as HTML, with its pictures and files.

It promises the same words in all three.
"""
