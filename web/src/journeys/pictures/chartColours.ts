/** What the server's charts are drawn with on white paper, and what stands for it on a dark page. */
const DARK: Readonly<Record<string, string>> = {
  "#1c2733": "#e6e9ee",
  "#5b6875": "#a3adba",
  "#dbe1e7": "#3b4350",
  white: "transparent",
  "#ffffff": "transparent",
  "#2f6db5": "#5f9be0",
  black: "#e6e9ee",
};

/** A specification for a scheme: on a dark page with the colours that are seen there. */
export function inScheme(specification: unknown, scheme: "light" | "dark"): unknown {
  const drawn = recoloured(specification, scheme);
  if (scheme === "light" || typeof drawn !== "object" || drawn === null) return drawn;
  const config = "config" in drawn && typeof drawn.config === "object" ? drawn.config : {};
  return { ...drawn, config: { ...config, text: { color: DARK.black } } };
}

function recoloured(specification: unknown, scheme: "light" | "dark"): unknown {
  if (typeof specification === "string") {
    if (scheme === "light") return specification === "white" ? "transparent" : specification;
    return DARK[specification.toLowerCase()] ?? specification;
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
