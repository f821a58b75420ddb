"""What stands behind an article, and whether it still does.

``article`` leads from an article to its records, ``certificates`` reads what servers showed of
themselves, ``fixity`` asks of one record and ``verify`` of all whether they are what they were,
``repair`` mends what can be mended, ``pruning`` lists what could leave the disk, ``texts`` and
``flags`` say it in the reader's language. None of it takes the store's word for what lies in a WARC
file.
"""
