"""Documents of a conference: records -> facts -> outline -> DOCX, PDF, XLSX."""
