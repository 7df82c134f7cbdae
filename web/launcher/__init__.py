"""Starts, watches and stops the three services; imports none of them."""
