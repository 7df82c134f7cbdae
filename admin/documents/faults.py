"""What can be wrong with an office's own template, said in words of a catalogue."""

from admin.documents.words import Words


class TemplateFault(Exception):  # noqa: N818 - the agreed name
    """A template cannot be used.

    Args:
        document: the name of the document, empty where it is not known.
        where: the text nearest to the fault, empty for the file as a whole.
        why: what is wrong: a code, which the catalogue has as "template.<code>".
        detail: the name or the size that the sentence quotes.
    """

    def __init__(self, document: str, where: str, why: str, detail: str = "") -> None:
        super().__init__(document, where, why, detail)
        self.document = document
        self.where = where
        self.why = why
        self.detail = detail

    def said(self, words: Words) -> str:
        """Return the sentence for whoever looks after the template."""
        reason = words.text(f"template.{self.why}", detail=self.detail)
        if not self.where:
            return reason
        return words.text("template.near", where=self.where, reason=reason)
