"""Results as pictures: SVG that reads in light and dark, with axes that count powers of ten."""
