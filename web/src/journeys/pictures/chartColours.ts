const SERVER_FONT = "Inter Variable, Inter, DejaVu Sans, Arial, sans-serif";
/** The page's own letters. */
const FONT = "Inter Variable, Noto Sans, system-ui, sans-serif";
/** What the server's charts are drawn with on white paper, and what stands for it on a light page: its greys; the accent is the same. */
const LIGHT: Readonly<Record<string, string>> = {
  [SERVER_FONT]: FONT,
  white: "transparent",
  "#1c2733": "#212529",
  "#5b6875": "#495057",
  "#dbe1e7": "#dee2e6",
};
/** The same on a dark page. */
const DARK: Readonly<Record<string, string>> = {
  [SERVER_FONT]: FONT,
  "#1c2733": "#e6e9ee",
  "#5b6875": "#a3adba",
  "#dbe1e7": "#3b4350",
  white: "transparent",
  "#ffffff": "transparent",
  "#0f766e": "#2bb6a3",
  "#d3f3ee": "#0b5f59",
  black: "#e6e9ee",
};
const COLOURS = { light: LIGHT, dark: DARK } as const;

/** A specification for a scheme: with the letters and the accent of the page, and on a dark one with colours that are seen there. */
export function inScheme(specification: unknown, scheme: "light" | "dark"): unknown {
  const drawn = recoloured(specification, scheme);
  if (scheme === "light" || typeof drawn !== "object" || drawn === null) return drawn;
  const config = "config" in drawn && typeof drawn.config === "object" ? drawn.config : {};
  return { ...drawn, config: { ...config, text: { color: DARK.black } } };
}

function recoloured(specification: unknown, scheme: "light" | "dark"): unknown {
  if (typeof specification === "string") {
    return COLOURS[scheme][specification] ?? COLOURS[scheme][specification.toLowerCase()] ?? specification;
  }
  if (Array.isArray(specification)) return specification.map((each) => recoloured(each, scheme));
  if (typeof specification !== "object" || specification === null) return specification;
  // What is coloured by a condition is written on a cell, whose colour is that of both schemes.
  if ("condition" in specification) return specification;
  return Object.fromEntries(
    Object.entries(specification).map(([key, value]) =>
      key === "values" || key === "datasets" ? [key, value] : [key, recoloured(value, scheme)],
    ),
  );
}
