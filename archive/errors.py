"""Every error the archive raises on purpose, in one tree.

    PalimpsestError
    ├── UsageError                the operator asked for something that cannot be       (exit 64)
    │   └── ConfigurationError    a profile or setting is wrong                         (exit 78)
    ├── DataDirectoryError        the data directory cannot be read or written          (exit 73)
    │   ├── NoArchiveError        there is no archive in it yet
    │   ├── DiskFullError         no room left; the run can be resumed                  (exit 74)
    │   └── LockedError           another process holds the data directory              (exit 75)
    ├── StoreError                the store answers, but not as it should               (exit 70)
    │   ├── StoreLostError        its server cannot be reached, or ended the connection
    │   └── SchemaError           written by a newer program, or not a store            (exit 76)
    ├── OlderProgramError         a later edition of the program makes the articles (exit 76)
    ├── SiteUnreachableError      no start address gave a page                          (exit 69)
    ├── WarcError                 a WARC file or record is not what it should be        (exit 65)
    │   ├── WarcMissingError      files that the articles are read from are not there
    │   ├── FatalPageError        a page that ends whoever reads it
    │   └── RecordError           one record: file and offset are named
    │       └── RecordTooLargeError    it is whole, but more than can be held
    ├── HttpError                 bytes that are not an HTTP message
    │   ├── HeadTooLargeError     more head than the limit
    │   ├── FramingError          the body's end contradicts its own head
    │   └── ContentCodingError    gzip, deflate, br or zstd data is broken or unknown
    │       └── ContentTooLargeError   it grows past the limit: a bomb
    ├── StoppedError              a signal ended the work in good order        (exit 130, 143)
    └── NotFoundError             no such article, run, site                            (exit 66)
        └── NoLongerReadError     an id that was given, and whose article is no more

It promises that a message says what is wrong, where, and what to do about it, so that the command
line can print it as one line; the exit codes are those of sysexits.h where one fits.
"""

from __future__ import annotations

EXIT_DIED = 137
"""128 + SIGKILL: of a run that could not say what ended it."""


class PalimpsestError(Exception):
    """The root: anything raised on purpose. ``exit_code`` is what the process ends with."""

    exit_code: int = 1


class UsageError(PalimpsestError):
    """The operator asked for something that cannot be."""

    exit_code = 64


class ConfigurationError(UsageError):
    """A site profile or a setting is wrong."""

    exit_code = 78


class DataDirectoryError(PalimpsestError):
    """The data directory cannot be read or written."""

    exit_code = 73


class NoArchiveError(DataDirectoryError):
    """There is no archive in the data directory yet."""


class DiskFullError(DataDirectoryError):
    """No room left on the device; nothing kept was lost, the run can be resumed."""

    exit_code = 74


class LockedError(DataDirectoryError):
    """Another process holds the data directory."""

    exit_code = 75


class StoppedError(PalimpsestError):
    """A signal ended the work in good order; the same command goes on with it. ``exit_code`` is
    128 and the signal's number."""

    def __init__(self, exit_code: int) -> None:
        super().__init__("stopped by a signal; run the same command again to go on")
        self.exit_code = exit_code


class StoreError(PalimpsestError):
    """The store answers, but not as it should."""

    exit_code = 70


class StoreLostError(StoreError):
    """The database server cannot be reached, is being restarted, or ended the connection; what was
    committed is kept."""


class SchemaError(StoreError):
    """The store was written by a newer program, or the file is not a store at all."""

    exit_code = 76


class OlderProgramError(PalimpsestError):
    """Another machine's program makes the articles, and is a later one than this."""

    exit_code = 76


class SiteUnreachableError(PalimpsestError):
    """No start address gave a page."""

    exit_code = 69


class WarcError(PalimpsestError):
    """A WARC file is not what it should be."""

    exit_code = 65


class WarcMissingError(WarcError):
    """Files that the articles are read from are not there, or cannot be read."""


class RecordError(WarcError):
    """One record cannot be read. ``path`` and ``offset`` (bytes) say where, ``reason`` why."""

    def __init__(self, message: str, path: str, offset: int) -> None:
        # As they are: an error that comes from another process is made of them again.
        super().__init__(message, path, offset)
        self.reason = message
        self.path = path
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.path} at byte {self.offset}: {self.reason}"


class RecordTooLargeError(RecordError):
    """A record is whole, but its block is larger than what can be held."""


class FatalPageError(WarcError):
    """A page that ends the process which reads it."""


class HttpError(PalimpsestError):
    """Bytes that are not an HTTP message."""


class HeadTooLargeError(HttpError):
    """The message head is longer than the limit."""


class FramingError(HttpError):
    """The body's end contradicts its own head: cut short, bad chunk, two lengths."""


class ContentCodingError(HttpError):
    """Content-coded data is broken, cut short or in a coding that is not supported."""


class ContentTooLargeError(ContentCodingError):
    """Content-coded data grows past the limit."""


class NotFoundError(PalimpsestError):
    """No such article, run or site."""

    exit_code = 66


class NoLongerReadError(NotFoundError):
    """An id that was given to an article which is not read from its captures any more; ``url`` is
    where it was read."""

    def __init__(self, text: str, url: str) -> None:
        super().__init__(text)
        self.url = url
