"""Files that are sent on screen: taken in as a stream, and held to what they may unpack to."""
