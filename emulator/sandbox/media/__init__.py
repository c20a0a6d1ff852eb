"""Files: uploaded, sent by people, fetched from links."""
