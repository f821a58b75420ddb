"""Which lines are the article: found by what they are like, cut at what is template.

It promises that every line is kept or is a removal with a reason.
"""
