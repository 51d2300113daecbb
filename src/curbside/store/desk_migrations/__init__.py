"""Steps from each revision of the desk's tables to the next."""
