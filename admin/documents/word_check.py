"""Whether a file from an office may be opened as a template at all."""

import io
import re
import zipfile
import zlib

from lxml import etree

from admin.documents.faults import TemplateFault

MOST_FILE = 2 * 1024 * 1024  # bytes; a coat of arms is in, photographs are not
MOST_UNPACKED = 16 * 1024 * 1024  # bytes of everything in it
MOST_TEXT = 4 * 1024 * 1024  # bytes of one part; our largest is about 200 kB
MOST_PARTS = 200
_BODY = "word/document.xml"
_ACTIVE = ("vbaProject", "activeX", "embeddings/", "customUI")
_HYPERLINK = "/hyperlink"
_EMBEDDING = ("/aFChunk", "/oleObject", "/package", "/control", "/vbaProject")
# Fields by which Word reads another file, an address, or another program.
_FETCHING = re.compile(
    r"\x00\s*(?:INCLUDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDE|DDEAUTO|LINK|EMBED"
    r"|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)


def check(data: bytes) -> None:
    """Return nothing if the file is a Word document without anything active in it.

    Raises:
        TemplateFault: it is too large, no document, has macros or external parts.
    """
    if len(data) > MOST_FILE:
        raise _fault("too_large", f"{MOST_FILE // 1024} kB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_parts(packed)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError) as error:
        raise _fault("not_docx", type(error).__name__) from None
    except NotImplementedError as error:  # a compression that nobody uses here
        raise _fault("not_docx", type(error).__name__) from None


def _check_parts(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if _BODY not in packed.namelist():
        raise _fault("not_docx", _BODY)
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise _fault("too_large", f"{MOST_UNPACKED // 1024} kB")
    for entry in entries:
        if any(sign in entry.filename for sign in _ACTIVE):
            raise _fault("active", entry.filename)
        if entry.filename.endswith((".xml", ".rels")):
            _check_xml(entry, packed)


def _check_xml(entry: zipfile.ZipInfo, packed: zipfile.ZipFile) -> None:
    if entry.file_size > MOST_TEXT:
        raise _fault("too_large", entry.filename)
    content = packed.read(entry)
    if b"<!" in content.replace(b"<!--", b"") or b"\x00" in content:
        raise _fault("active", entry.filename)  # entities, or hidden in UTF-16
    if b"macroEnabled" in content:
        raise _fault("active", entry.filename)
    try:
        tree = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        raise _fault("not_docx", str(error.msg or "")) from None
    _check_links(tree)
    check_fields(tree)


def _check_links(tree: etree._Element) -> None:
    """Refuse what Word would fetch from somewhere else, or give to another program."""
    for link in tree.iter("{*}Relationship"):
        kind, target = link.get("Type", ""), link.get("Target", "")
        outside = link.get("TargetMode", "") == "External"
        if outside and not kind.endswith(_HYPERLINK):
            raise _fault("external", target)
        if kind.endswith(_EMBEDDING):
            raise _fault("active", target)


def check_fields(tree: etree._Element) -> None:
    """Refuse fields that fetch; Word lets one be written in any number of pieces.

    Raises:
        TemplateFault: names the field.
    """
    found = _FETCHING.search("".join(map(_instruction, tree.iter("{*}*"))))
    if found:
        raise _fault("active", found[0].strip("\x00 \t\n"))


def _instruction(node: etree._Element) -> str:
    """Return what a node adds to the fields' own language; NUL is where one begins."""
    match etree.QName(node).localname:
        case "instrText":
            return node.text or ""
        case "fldChar":
            return "\x00"
        case "fldSimple":
            return "\x00" + " ".join(map(str, node.attrib.values())) + "\x00"
    return ""


def _fault(why: str, detail: str) -> TemplateFault:
    return TemplateFault("", "", why, detail)
