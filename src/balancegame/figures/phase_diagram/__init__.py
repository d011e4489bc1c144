"""Phase diagrams: areas with letters, the lines between them, and a legend in words."""
