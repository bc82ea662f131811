"""Article → cleaned → deduplicated → kept → published."""
