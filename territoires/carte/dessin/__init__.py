"""Drawing the map: projections in metres, then SVG paths in a small plane."""
