/** The keyboard goes on where something is selected: a command may have selected something else than before. */
export function focusPlace(name: string): void {
  requestAnimationFrame(() => {
    const isElsewhere = document.activeElement?.closest("[data-place]") === null;
    if (isElsewhere) document.querySelector<HTMLElement>(`[data-place="${CSS.escape(name)}"]`)?.focus();
  });
}
