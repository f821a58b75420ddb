"""An invented institute's web site with its spam mirrors, served on loopback, and its truth.

``SampleInstitute.serve()`` gives addresses to crawl and the articles that must be found;
``python -m tests.site serve`` does the same for a person with a browser.
"""

from tests.site.sample import SampleInstitute, truth
from tests.site.truth import TruthArticle

__all__ = ["SampleInstitute", "TruthArticle", "truth"]
