import type { Editing } from "../Editing";
import { writeCellText } from "./cellText";

/** The rows of what was copied from a spreadsheet: cells between tabs, quoted where they have line ends in them. */
export function pastedRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*))(\t|\r?\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) break;
    const [, quoted, plain, end] = found;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end !== "\t" && end !== "" && pattern.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

/** Whether text is of several cells. */
export function isTable(text: string): boolean {
  return /\t/.test(text);
}

/** Write rows of texts into the cells from a lane and a step on, to the right and down; what goes beyond the map is left out. */
export function paste(editing: Editing, lane: string, step: string, rows: readonly (readonly string[])[]): number {
  const lanes = editing.store.children("lanes");
  const steps = editing.store.steps();
  const top = lanes.indexOf(lane);
  const left = steps.indexOf(step);
  let count = 0;
  editing.change((pen) => {
    rows.forEach((row, down) => {
      row.forEach((text, right) => {
        const there = [lanes[top + down], steps[left + right]] as const;
        if (there[0] === undefined || there[1] === undefined || text.trim() === "") return;
        writeCellText(pen, there[0], there[1], text);
        count += 1;
      });
    });
  });
  return count;
}
