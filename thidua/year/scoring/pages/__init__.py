"""What the pages of scoring show, as plain data: no HTTP, no query beyond the board's."""
