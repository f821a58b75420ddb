"""Values of options that Click has no kind for: a path that is not empty, the origin or the name of
a server, an e-mail address.

An empty path is what a shell makes of a variable that is not set. Python reads it as the working
directory, and an archive would be made there, or everything in it taken in.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import click

from archive.messages.language import say

if TYPE_CHECKING:
    Text = click.ParamType[str]
else:
    Text = click.ParamType


_ORIGIN = re.compile(r"(https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)/?")

_HOST_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[?[0-9a-f:.]+\]?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


class GivenPath(click.Path):
    """A path as ``click.Path`` has it; an empty one is a usage error."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The path, as ``path_type`` has it."""
        if value == "":
            self.fail(say("error.empty_path"), param, ctx)
        return super().convert(value, param, ctx)


class Origin(Text):
    """``https://host[:port]``, as a browser writes it; a slash behind it is passed over."""

    name = "origin"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The origin; a usage error where there is more or less than that."""
        found = _ORIGIN.fullmatch(value.lower())
        if found is None:
            self.fail(say("error.origin", value=value), param, ctx)
        return found[1]


class HostName(Text):
    """The name of a host as a browser sends it, without scheme, port and path."""

    name = "host"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name; a usage error where it can be none, for no request would ever bear it."""
        if _HOST_NAME.fullmatch(value) is None:
            self.fail(say("error.host_name", value=value), param, ctx)
        return str(value)


class Email(Text):
    """An e-mail address."""

    name = "email"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address; a usage error for what has no ``@`` between two parts."""
        if _EMAIL.fullmatch(value) is None:
            self.fail(say("error.email", value=value), param, ctx)
        return str(value)
