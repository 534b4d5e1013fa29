/** The smallest and the largest zoom. */
export const LEAST = 0.1;
export const MOST = 3;

/** At this zoom the texts of the cards can be read. */
export const READABLE = 0.7;

/** A zoom within what is allowed. */
export function within(zoom: number): number {
  return Math.min(MOST, Math.max(LEAST, zoom));
}

/** Of a picture or its place, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The zoom at which a picture is as wide as its place, but never larger than it was drawn. */
export function toWidth(picture: Size, place: Size): number {
  return within(Math.min(1, place.width / picture.width));
}

/** The zoom with which a picture is opened: as wide as its place, but not so small that its texts cannot be read. */
export function toRead(picture: Size, place: Size): number {
  return Math.max(toWidth(picture, place), READABLE);
}

/** The zoom at which all of a picture is in its place, but never larger than it was drawn. */
export function toPlace(picture: Size, place: Size): number {
  return within(Math.min(1, place.width / picture.width, place.height / picture.height));
}

/** Where to scroll so that what is under a point stays there when the zoom changes. */
export function scrollAfter(scroll: number, point: number, before: number, after: number): number {
  return ((scroll + point) * after) / before - point;
}

/** The size that an SVG was drawn in. */
export function sizeOf(svg: string): Size {
  const found = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return { width: Number(found?.[1] ?? 1000), height: Number(found?.[2] ?? 600) };
}
