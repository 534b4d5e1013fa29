/** From this many pixels on a chart is drawn as the server lays it out. */
export const ROOMY = 640;

const LETTER = 6.6;
const LETTER_OF_TITLES = 9;
const BESIDE = 48;
const INDENT = 30;
const LEGEND = 130;

interface Room {
  readonly all: number;
  readonly plot: number;
  readonly labels: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** A specification for a place of so many pixels: where it is narrow, with shorter bars and labels, and with titles of several lines. */
export function inWidth(specification: unknown, pixels: number): unknown {
  if (pixels <= 0 || pixels >= ROOMY) return specification;
  const labels = Math.round(Math.min(Math.max(pixels * 0.34, 96), 200));
  const room = { all: pixels, labels, plot: Math.max(Math.round(pixels - labels - BESIDE), 120) };
  const drawn = fitted(specification, room);
  if (!isFields(drawn)) return drawn;
  const config = isFields(drawn.config) ? drawn.config : {};
  const axis = isFields(config.axis) ? config.axis : {};
  return { ...drawn, config: { ...config, axis: { ...axis, labelSeparation: 8 }, padding: 4 } };
}

function fitted(value: unknown, room: Room): unknown {
  if (Array.isArray(value)) return value.map((each) => fitted(each, room));
  if (!isFields(value)) return value;
  const plot = isCrowded(value) ? Number.POSITIVE_INFINITY : room.plot;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, field(key, each, { ...room, plot })]));
}

/** Whether a chart has so many names side by side that they are written at a slant: it needs its width. */
function isCrowded({ encoding, layer }: Fields): boolean {
  return JSON.stringify([encoding, layer]).includes('"labelAngle":-');
}

function field(key: string, value: unknown, room: Room): unknown {
  switch (key) {
    case "values":
    case "datasets":
    case "data":
    case "mark":
      return value;
    case "width":
      return atMost(value, room.plot);
    case "labelLimit":
    case "minExtent":
      return atMost(value, room.labels);
    case "title":
      return isFields(value) ? heading(value, room) : lines(value, room.plot / LETTER);
    case "legend":
      return isFields(value) && value.orient === "bottom"
        ? { ...value, columns: Math.max(Math.floor(room.all / LEGEND), 1) }
        : fitted(value, room);
    default:
      return fitted(value, room);
  }
}

/** The title of a chart begins at its left edge and has the whole width. */
function heading(title: Fields, room: Room): Fields {
  if (!("text" in title)) return title;
  return {
    ...title,
    frame: "bounds",
    text: lines(title.text, (room.all - INDENT) / LETTER_OF_TITLES),
    ...("subtitle" in title ? { subtitle: lines(title.subtitle, (room.all - INDENT) / LETTER) } : {}),
  };
}

/** Lines of at most so many letters, broken between words; what is no text stays. */
function lines(text: unknown, most: number): unknown {
  if (Array.isArray(text)) return text.flatMap((each) => lines(each, most));
  if (typeof text !== "string" || text.length <= most) return text;
  const found: string[] = [];
  for (const word of text.split(" ")) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}

function atMost(value: unknown, most: number): unknown {
  return typeof value === "number" ? Math.min(value, most) : value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
