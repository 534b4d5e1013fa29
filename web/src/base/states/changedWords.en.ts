export const en = {
  title: "Somebody else has changed this",
  hint: "It was saved after you opened it. What you wrote is still here; nothing of it was saved.",
  standsNow: "What stands now",
  isGone: "It was removed.",
  takeTheirs: "Discard mine, take theirs",
  keepMine: "Save mine instead",
};

export type ChangedWords = typeof en;
