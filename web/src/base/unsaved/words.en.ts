export const en = {
  title: "Leave without saving?",
  hint: "What you changed here is not saved yet, and would be lost.",
  stay: "Stay",
  leave: "Leave",
};

export type UnsavedWords = typeof en;
