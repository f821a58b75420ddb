"""The words of the project as data: what crosses the border between two rooms is one of these.

Frozen, so that a value can be handed on without fear; plain, so that any room can build one in a
test. It promises to import nothing but the standard library.
"""

from archive.model.articles import (
    GONE_FLAG,
    Article,
    GivenId,
    MirrorHost,
    Role,
    Site,
    Status,
    Witness,
)
from archive.model.captures import (
    IN_ITS_PLACE,
    NOT_BELIEVED,
    Capture,
    CaptureRow,
    Certificate,
    Original,
    PageKind,
    Revisit,
    RevisitProfile,
    WarcPointer,
)
from archive.model.texts import (
    LISTED_FLAG,
    Attachment,
    Decoding,
    Extraction,
    Image,
    PagePart,
    Removal,
    Repair,
)
from archive.model.walks import (
    Lead,
    LeadKind,
    Outcome,
    RunKind,
    RunReport,
    State,
)

__all__ = [
    "GONE_FLAG",
    "IN_ITS_PLACE",
    "LISTED_FLAG",
    "NOT_BELIEVED",
    "Article",
    "Attachment",
    "Capture",
    "CaptureRow",
    "Certificate",
    "Decoding",
    "Extraction",
    "GivenId",
    "Image",
    "Lead",
    "LeadKind",
    "MirrorHost",
    "Original",
    "Outcome",
    "PageKind",
    "PagePart",
    "Removal",
    "Repair",
    "Revisit",
    "RevisitProfile",
    "Role",
    "RunKind",
    "RunReport",
    "Site",
    "State",
    "Status",
    "WarcPointer",
    "Witness",
]
