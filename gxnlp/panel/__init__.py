"""The panel: from rows to one row an agency and year, with codebook, corrections and comparison."""
