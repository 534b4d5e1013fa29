/** Somebody who can be named in a comment. */
export interface Mentionable {
  readonly person: number;
  readonly name: string;
}

/** What is typed behind the last @ before the cursor; undefined where nobody is being named. */
export function typedMention(text: string, cursor: number): string | undefined {
  const found = /(?:^|\s)@([^\s@]*(?: [^\s@]*)?)$/.exec(text.slice(0, cursor));
  return found?.[1];
}

/** Those whose name begins with, or has a word that begins with, what is typed. */
export function matching(people: readonly Mentionable[], typed: string): readonly Mentionable[] {
  const wanted = typed.toLocaleLowerCase();
  return people.filter(({ name }) =>
    [name, ...name.split(" ")].some((word) => word.toLocaleLowerCase().startsWith(wanted)),
  );
}

/** The text with the name of somebody in the place of what was typed, and where the cursor goes. */
export function withMention(
  text: string,
  cursor: number,
  name: string,
): { readonly text: string; readonly cursor: number } {
  const typed = typedMention(text, cursor) ?? "";
  const start = cursor - typed.length;
  const before = `${text.slice(0, start)}${name} `;
  return { text: before + text.slice(cursor), cursor: before.length };
}

/** The people that a text names with an @, by their whole names. */
export function mentionedIn(text: string, people: readonly Mentionable[]): number[] {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ person }) => person);
}
