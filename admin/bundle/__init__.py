"""The sealed bundle of a conference: one file for its custody, and its check."""
