"""What a web service needs, used by at least two of the three services."""
