import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Editing } from "../Editing";
import { MAPS } from "../testing/trees";
import { prepared, treeOfDoc, writeTree } from "../tree";
import { addMetric, setPlacement, takeMetric } from "./metrics";
import { addOpportunity, addOpportunityAt, addSolution, addTask, claimsToOpportunities } from "./opportunities";
import { remove } from "./remove";
import { setField } from "./setField";

function editing(from?: Editing): Editing {
  const doc = prepared(new Y.Doc());
  if (from === undefined) writeTree(doc, MAPS.shop);
  else Y.applyUpdate(doc, Y.encodeStateAsUpdate(from.doc));
  let count = 0;
  return new Editing(doc, () => {
    count += 1;
    return `${from === undefined ? "a" : "b"}${String(count)}`;
  });
}

function exchange(one: Editing, other: Editing): void {
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc));
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc));
}

const AT = { lane: "does", step: "look" };

describe("an opportunity", () => {
  it("at a step without a lane for it makes the lane, and is undone as one step", () => {
    const me = editing();
    const before = treeOfDoc(me.doc);
    const id = addOpportunityAt(me, "How might we ship faster?", "order");
    const lane = me.store.children("lanes").at(-1) ?? "";
    expect(me.store.fields("lanes", lane).role).toBe("opportunities");
    expect(me.store.cell(lane, "order").fields.opportunities).toEqual([id]);
    me.undo();
    expect(treeOfDoc(me.doc)).toEqual(before);
  });

  it("that is made of a claim takes its evidence with it", () => {
    const me = editing();
    const [claim, other] = me.store.cell("does", "look").claims.map((each) => each.id);
    me.change((pen) =>
      pen.create("evidence", "e", pen.end("evidence", claim ?? ""), { kind: "survey", source: "Spring", n: 40 }),
    );
    const [id] = claimsToOpportunities(me, "does", "look", [claim ?? ""]);
    expect(me.store.fields("opportunities", id ?? "")).toMatchObject({
      title: "I stroll",
      evidence: [{ kind: "survey", source: "Spring", n: 40 }],
    });
    expect(me.store.cell("does", "look").claims.map((each) => each.id)).toEqual([other]);
  });

  it("that is removed is named nowhere, with all its solutions and tasks, and undoing brings it back", () => {
    const me = editing();
    const [claim] = me.store.cell("does", "look").claims.map((each) => each.id);
    const id = addOpportunity(me, "How might we ship faster?", AT);
    setField(me, "claims", claim ?? "", "opportunities", [id]);
    addTask(me, addSolution(me, id, "Ship from the shop"), "Ask the shops");
    const before = treeOfDoc(me.doc);
    remove(me, "opportunities", id);
    expect(JSON.stringify(treeOfDoc(me.doc))).not.toContain(id);
    me.undo();
    expect(treeOfDoc(me.doc)).toEqual(before);
  });

  it("that one removes while the other writes a task of it is there, with the task", () => {
    const me = editing();
    const solution = addSolution(me, addOpportunity(me, "How might we ship faster?", AT), "Ship from the shop");
    const them = editing(me);
    remove(me, "opportunities", me.store.children("opportunities")[0] ?? "");
    addTask(them, solution, "Ask the shops");
    exchange(me, them);
    expect(JSON.stringify(treeOfDoc(me.doc))).toContain("Ask the shops");
    expect(treeOfDoc(me.doc)).toEqual(treeOfDoc(them.doc));
  });

  it("keeps the tasks that two people add to one solution at once", () => {
    const me = editing();
    const solution = addSolution(me, addOpportunity(me, "How might we ship faster?", AT), "Ship from the shop");
    const them = editing(me);
    addTask(me, solution, "Ask the shops");
    addTask(them, solution, "Ask the carriers");
    exchange(me, them);
    const titles = me.store.children("tasks", solution).map((task) => me.store.fields("tasks", task).title);
    expect(titles.toSorted()).toEqual(["Ask the carriers", "Ask the shops"]);
  });
});

describe("a metric", () => {
  it("is placed once, with a target of its own at the step while it has one", () => {
    const me = editing();
    const id = addMetric(me, "look", { name: "Visits", kind: "number" });
    addMetric(me, "look", { id });
    expect(me.store.fields("steps", "look").metrics).toEqual([id]);
    setPlacement(me, "look", id, "target", 4);
    expect(me.store.fields("steps", "look").metrics).toEqual([{ metric: id, target: 4 }]);
    setPlacement(me, "look", id, "target", undefined);
    expect(me.store.fields("steps", "look").metrics).toEqual([id]);
    takeMetric(me, "look", id);
    expect(me.store.fields("steps", "look").metrics).toBeUndefined();
  });

  it("of the library is named by its id only", () => {
    const me = editing();
    addMetric(me, "look", { id: "first-contact" });
    expect(treeOfDoc(me.doc).metrics).toEqual(["first-contact"]);
  });

  it("that is removed is named by no step, opportunity or task", () => {
    const me = editing();
    const id = addMetric(me, "look", { name: "Visits", kind: "number" });
    const opportunity = addOpportunity(me, "How might we ship faster?", AT);
    setField(me, "opportunities", opportunity, "metrics", [id]);
    const task = addTask(me, addSolution(me, opportunity, "Ship from the shop"), "Ask the shops");
    setField(me, "tasks", task, "kpi", id);
    remove(me, "metrics", id);
    expect(JSON.stringify(treeOfDoc(me.doc))).not.toContain(id);
  });
});
