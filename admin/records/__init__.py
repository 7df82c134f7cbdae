"""What the console signs of a conference, and what it keeps that others signed."""
