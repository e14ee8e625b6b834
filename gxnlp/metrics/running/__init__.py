"""What holds while a paragraph is read: subjects, channels and the nouns of the last figures."""
