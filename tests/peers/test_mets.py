"""What Archivematica's reader of METS makes of a bag's, where it is installed.

metsrw is under the AGPL and no dependency; it is in the environment of the other peers.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from archive.export.bag import write_bag
from archive.export.mets import NAMESPACES
from archive.store import Archive
from archive.web.interfaces.oai_records import mets_metadata
from tests.peers.pywb import PEERS
from tests.unit import package_samples

archive = package_samples.archive

pytestmark = pytest.mark.skipif(
    not (PEERS / "python").exists() or not list(PEERS.parent.glob("lib/*/site-packages/metsrw")),
    reason="PALIMPSEST_PEERS names no virtual environment with metsrw",
)

# The schema imports the one of XLink from the network: here it is given only its names.
READS = """
import json, sys
from pathlib import Path
import metsrw
from lxml import etree
names = ["label", "href", "role", "arcrole", "title", "show", "actuate", "to", "from"]
groups = ["simple", "locator", "arc", "extended", "resource", "title", "empty"]
XLINK = (
    '<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:x="http://www.w3.org/1999/xlink"'
    ' targetNamespace="http://www.w3.org/1999/xlink">'
    + "".join(f'<attribute name="{name}" type="string"/>' for name in names)
    + '<attributeGroup name="simpleLink"><attribute ref="x:href"/></attributeGroup>'
    + "".join(f'<attributeGroup name="{name}Link"/>' for name in groups[1:])
    + "</schema>"
)
class Names(etree.Resolver):
    def resolve(self, url, _, context):
        return self.resolve_string(XLINK, context) if "xlink" in url else None
parser = etree.XMLParser()
parser.resolvers.add(Names())
place = Path(metsrw.__file__).parent / "resources" / "mets.xsd"
schema = etree.XMLSchema(etree.parse(str(place), parser))
schema.validate(etree.parse(sys.argv[1]))
# The types of PREMIS are in a schema of its own, which metsrw has not.
faults = [one.message for one in schema.error_log if "premis/v3" not in one.message]
read = metsrw.METSDocument.fromfile(sys.argv[1])
files = sorted(one.path for one in read.all_files() if one.path)
print(json.dumps({"faults": faults, "files": files}))
"""


def test_metsrw_reads_the_bag_s_document_and_its_schema_holds(
    archive: Archive, tmp_path: Path
) -> None:
    bag = tmp_path / "bag"
    write_bag(archive.store.articles(), archive.warc_dir, bag)
    command = [str(PEERS / "python"), "-c", READS, str(bag / "data" / "mets.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told = json.loads(done.stdout)
    assert told["faults"] == []
    inside = (path for path in (bag / "data").rglob("*") if path.is_file())
    names = sorted(path.relative_to(bag / "data").as_posix() for path in inside)
    assert told["files"] == [name for name in names if name != "mets.xml"]


def test_metsrw_reads_an_article_s_document_and_its_schema_holds(
    archive: Archive, tmp_path: Path
) -> None:
    for number, article in enumerate(archive.store.articles()):
        record = etree.Element("record")
        mets_metadata(record, article, "http://room.example")
        (found,) = record.iterfind(".//mets:mets", NAMESPACES)
        place = tmp_path / f"{number}.xml"
        place.write_bytes(etree.tostring(found))
        command = [str(PEERS / "python"), "-c", READS, str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
        told = json.loads(done.stdout)
        assert told["faults"] == []
        assert f"http://room.example/api/v1/articles/{article.id}" in told["files"]
