export const en = {
  title: "Actions",
  newMap: "New map",
  importFile: "Import a file",
  compare: "Compare two segments",
  compareTold: "In the question at hand",
  log: "Log a talk",
  logHere: "With this customer",
  logFirst: "Find the customer first",
  newJourney: "New journey definition",
  invite: "Invite a person",
  toLight: "Switch to light",
  toDark: "Switch to dark",
};

export type ActionWords = typeof en;
