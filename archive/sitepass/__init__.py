"""The site pass: articles from all pages of a site, which no single page could give.

A page cannot tell what is template, nor that a brand took a name's place; the pages of its host
can, and the hosts of a site know it of each other. ``derive`` is the pass, ``pages`` its reading;
``hosts``, ``reader`` and ``workers`` read the pages of each host (``archive.spool`` keeps their
texts on disk meanwhile), ``latest`` tells which captures speak for their addresses, ``earlier`` and
``sightings`` what pages said before and when they were seen, ``twins`` which addresses are one
page's, ``hands`` and ``stand_ins`` what nobody should believe of them, ``put_in`` what was put
into them, ``witnessing`` what they bear witness of, ``standing`` and ``gone`` what is still there,
``led_away`` where a good part of a host leads now, ``alarms`` whether the institute's own host
serves what is not its own.
"""
