"""What several targets need: names, tags, configuration, files and calls between services. No concern of its own stands here."""
