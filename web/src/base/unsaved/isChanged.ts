/** Whether what a form says is something else than it said at first; what was typed and taken back is not. */
export function isChanged<Said>(before: Said, now: Said): boolean {
  return before !== now && JSON.stringify(before) !== JSON.stringify(now);
}
