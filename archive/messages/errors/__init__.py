"""What the program says of errors and of how a run went, in Chinese: by its English sentence, where
"{}" stands for each value, and "{0}", "{1}" for the same values in the Chinese one.

The rooms raise errors in English, which logs and other programs get; whoever reads Chinese on a
terminal or in a report gets them in Chinese (``archive.messages.language.explained``). A test holds
every sentence that is raised to be here. A module has the sentences about one subject.
"""

from __future__ import annotations

from archive.messages.errors.backfills import BACKFILLS
from archive.messages.errors.crawling import CRAWLING
from archive.messages.errors.disk import DISK
from archive.messages.errors.exports import EXPORTS
from archive.messages.errors.profiles import PROFILES
from archive.messages.errors.reading_room import READING_ROOM
from archive.messages.errors.records import RECORDS
from archive.messages.errors.runs import RUNS
from archive.messages.errors.store import STORE

ERRORS = DISK | PROFILES | RUNS | CRAWLING | BACKFILLS | RECORDS | STORE | EXPORTS | READING_ROOM
