"""What is true of spreadsheets that agencies send, whatever reads them: cells, columns, rows, mapping files."""
