"""What builds cost as the archive grows, measured on archives made from lists of words."""
