import type { Editing } from "../Editing";
import type { Pen } from "../Pen";
import type { Fields, Plain } from "../shape";
import { addEntry, cellFor } from "./cells";

/** Where an opportunity is named: in a cell, or behind a pain. */
export type Naming = { readonly lane: string; readonly step: string } | { readonly claim: string };

/** Add an opportunity, named at a place; gives its id. */
export function addOpportunity(editing: Editing, title: string, at: Naming): string {
  let id = "";
  editing.change((pen) => {
    id = created(pen, { title });
    name(pen, id, at);
  });
  return id;
}

/** Add an opportunity at a step: in the first lane of opportunities, which is made where there is none; gives its id. */
export function addOpportunityAt(editing: Editing, title: string, step: string): string {
  let id = "";
  editing.change((pen) => {
    const known = pen.store.children("lanes").find((each) => pen.store.fields("lanes", each).role === "opportunities");
    const lane =
      known ?? pen.create("lanes", pen.freshId("opportunities"), pen.end("lanes", ""), { role: "opportunities" });
    id = created(pen, { title });
    name(pen, id, { lane, step });
  });
  return id;
}

/** Make opportunities of claims of a cell, with the evidence of each; gives their ids. */
export function claimsToOpportunities(
  editing: Editing,
  lane: string,
  step: string,
  claims: readonly string[],
): readonly string[] {
  const made: string[] = [];
  editing.change((pen) => {
    const cell = cellFor(pen, lane, step);
    for (const claim of claims) {
      const evidence = pen.store.children("evidence", claim).map((each) => plainOf(pen, each));
      const title = String(pen.store.fields("claims", claim).text ?? "");
      made.push(created(pen, { title, ...(evidence.length > 0 && { evidence }) }));
      pen.remove("claims", claim);
    }
    if (made.length > 0) pen.set("cells", cell, "opportunities", [...namedIn(pen, cell), ...made]);
  });
  return made;
}

/** Let an opportunity have these claims, and no others, as the pains behind it. */
export function setPains(editing: Editing, opportunity: string, claims: readonly string[]): void {
  editing.change((pen) => {
    for (const [claim, fields] of pen.store.things.claims) {
      const named = listed(fields.opportunities);
      const wanted = claims.includes(claim);
      if (named.includes(opportunity) === wanted || !pen.store.has("claims", claim)) continue;
      const others = wanted ? [...named, opportunity] : named.filter((each) => each !== opportunity);
      pen.set("claims", claim, "opportunities", others.length === 0 ? undefined : others);
    }
  });
}

/** Add a solution of an opportunity; gives its id in the shared document. */
export function addSolution(editing: Editing, opportunity: string, title: string): string {
  return addNumbered(editing, "solutions", opportunity, { title });
}

/** Add a task of a solution, which is named as in the shared document; gives its id there. */
export function addTask(editing: Editing, solution: string, title: string): string {
  return addNumbered(editing, "tasks", solution, { title });
}

function addNumbered(editing: Editing, kind: "solutions" | "tasks", holder: string, fields: Fields): string {
  let id = "";
  editing.change((pen) => {
    id = addEntry(pen, kind, holder, { id: pen.freshId(kind === "tasks" ? "task" : "solution"), ...fields });
  });
  return id;
}

function created(pen: Pen, fields: Fields): string {
  return pen.create("opportunities", pen.freshId("opportunity"), pen.end("opportunities", ""), fields);
}

function name(pen: Pen, id: string, at: Naming): void {
  if ("claim" in at) {
    const { opportunities } = pen.store.fields("claims", at.claim);
    pen.set("claims", at.claim, "opportunities", [...listed(opportunities), id]);
    return;
  }
  const cell = cellFor(pen, at.lane, at.step);
  pen.set("cells", cell, "opportunities", [...namedIn(pen, cell), id]);
}

function namedIn(pen: Pen, cell: string): readonly Plain[] {
  return listed(pen.store.fields("cells", cell).opportunities);
}

function listed(value: Plain | undefined): readonly Plain[] {
  return Array.isArray(value) ? value : [];
}

function plainOf(pen: Pen, evidence: string): Fields {
  return Object.fromEntries(
    Object.entries(pen.store.fields("evidence", evidence)).filter(([name]) => !name.startsWith("$")),
  );
}
