"""What the program says to its operator, in English and in Chinese: the command line, run reports,
letters and what other processes tell.

The texts are data (``catalogue``, and sentences of errors in ``errors`` and ``usage_texts``);
``language`` says which language is the operator's and gives each text in it. It promises that no
text stands in one language alone: a test holds both complete.
"""
