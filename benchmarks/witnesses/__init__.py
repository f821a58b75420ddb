"""Are copies of one article joined, and different articles kept apart, at what cost?"""
