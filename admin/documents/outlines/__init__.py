"""How each document is laid out: its outline, over the names of its facts."""
