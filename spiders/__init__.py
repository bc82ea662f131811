"""Site → page → article."""
