"""What is shown on a terminal: tables, records with their words marked, progress."""
