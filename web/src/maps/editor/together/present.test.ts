import { describe, expect, it } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { initialsOf, PresentStore } from "./present";

describe("who is here", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["Bo", "B"],
    ["Jean Le Rond d'Alembert", "JD"],
    ["李 小龙", "李小"],
    ["", ""],
  ])("%s has the initials %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it("is told by place, and stays the same while nobody there moves", () => {
    const me = new Awareness(new Y.Doc());
    const people = ["Bo", "Cy"].map((name) => {
      const awareness = new Awareness(new Y.Doc());
      awareness.setLocalState({ user: { name }, place: "map" });
      return awareness;
    }) as [Awareness, Awareness];
    const present = new PresentStore(me);
    const hear = (who: Awareness) => applyAwarenessUpdate(me, encodeAwarenessUpdate(who, [who.clientID]), "room");
    for (const each of people) hear(each);
    expect(present.at("map").map((each) => each.name)).toEqual(["Bo", "Cy"]);
    people[1].setLocalStateField("place", "step:pay");
    hear(people[1]);
    const bo = present.at("map");
    people[1].setLocalStateField("isEditing", true);
    hear(people[1]);
    expect(present.at("map")).toBe(bo);
    expect(present.at("step:pay")).toMatchObject([{ name: "Cy", isEditing: true }]);
    for (const each of [me, ...people]) each.destroy();
  });
});
