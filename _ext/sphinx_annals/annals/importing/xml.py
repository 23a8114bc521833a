"""XML with the line of each element. No entity is defined in a document, and nothing is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

XML_ID = "xml:id"
XML_LANG = "xml:lang"
_DEEPEST = 200
"""Elements within elements, which are walked over by functions that call themselves."""


class XmlError(ValueError):
    """The text is not XML from some line on; the message says why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True, eq=False)
class Element:
    """An element by its local name; ``content`` are its texts and elements in their order."""

    name: str
    line: int
    attributes: dict[str, str]
    content: "list[str | Element]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """Give an attribute, or nothing."""
        return self.attributes.get(name, "").strip()

    @property
    def elements(self) -> "Iterator[Element]":
        """Its children that are elements."""
        return (child for child in self.content if isinstance(child, Element))

    def all(self, *names: str) -> "list[Element]":
        """Give its children of some names."""
        return [child for child in self.elements if child.name in names]

    def walk(self) -> "Iterator[Element]":
        """Give all elements in it, in the order of the text."""
        for element in self.elements:
            yield element
            yield from element.walk()

    @property
    def raw(self) -> str:
        """Its text as it stands, that of its elements included."""
        return "".join(part if isinstance(part, str) else part.raw for part in self.content)

    @property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join(self.raw.split())


def parse_xml(data: bytes) -> tuple[Element, XmlError | None]:
    """Give the root, whatever it is called, and what is wrong where a document breaks off.

    What is whole before that is in the root. Raises XmlError where there is no element at all.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root = Element("", 1, {})
    around = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(around) > _DEEPEST:
            raise XmlError(parser.CurrentLineNumber, "elements within elements without end")
        element = Element(name.rpartition(":")[2], parser.CurrentLineNumber, attributes)
        around[-1].content.append(element)
        around.append(element)

    def end(_name: str) -> None:
        around.pop()

    def text(said: str) -> None:
        around[-1].content.append(said)

    def entity(name: str, *_rest: object) -> None:
        message = f"it defines the entity {name!r}; write out what that stands for"
        raise XmlError(parser.CurrentLineNumber, message)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    broken = None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        why = expat.errors.messages.get(error.code, str(error))
        broken = XmlError(error.lineno, f"no XML from here on ({why})")
    except XmlError as error:
        broken = error
    except (LookupError, ValueError) as error:  # of codecs: one is unknown, or of many bytes
        broken = XmlError(1, f"its encoding cannot be read ({error}); save it as UTF-8")
    first = next(root.elements, None)
    if first is None:
        raise broken or XmlError(1, "no XML")
    for open_element in around[1:]:  # half an object would be read as a whole one
        open_element.attributes["broken"] = "here"
    return first, broken
