"""A small real service to test web/ with: it takes the kiosk's place."""
