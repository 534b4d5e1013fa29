export const en = {
  loading: "Loading …",
  retry: "Try again",
  failed: "This did not work",
  offline: "The server does not answer",
  offlineHint: "Check the connection; what you see may be old.",
  forbidden: "Your role does not allow this",
  forbiddenHint: "Somebody with the role admin can give you another role.",
  signedOut: "You are signed out",
  signedOutHint: "Sign in again in a new tab, then go on here; nothing that you typed is lost.",
  signInAgain: "Sign in",
  smallGroup: "Too few customers",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  of: (part: string, whole: string) => `${part} of ${whole}`,
  people: (n: string) => `n = ${n}`,
  interval: "95 % interval",
  working: (share: string) => `Working: ${share}`,
};

export type BaseWords = typeof en;
