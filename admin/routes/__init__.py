"""admin's doors: each parses, calls one service method, answers."""
