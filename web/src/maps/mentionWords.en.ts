const n = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const en = {
  mentionsOfYou: (count: number) =>
    `${count} ${n(count, "comment names you", "comments name you")} and ${n(count, "is", "are")} not settled`,
  moreMentions: (count: number) => `and ${count} ${n(count, "older one", "older ones")}`,
  readsComments: "Your role reads comments. Writing and answering them takes the role editor, analyst or admin.",
};

export type MentionWords = typeof en;
