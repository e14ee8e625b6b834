"""Writers of the results, one a format."""
