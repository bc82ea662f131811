"""Who a page credits: source, authors, editors."""
