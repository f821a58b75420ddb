"""What lines and the head say about an article: title, branch, author, source, day, visits.

It promises values that stand on the page, and nothing where it is silent.
"""
