import fc from "fast-check";
import { setBinding } from "../commands/binding";
import { clearCell, setEmotion, setUntil } from "../commands/cells";
import { setCellText } from "../commands/cellText";
import { addTouchpoint } from "../commands/channels";
import { addEvidence } from "../commands/claims";
import { duplicateLane, duplicateStep } from "../commands/duplicate";
import { setFollowing } from "../commands/following";
import { setParent, setReviewed, setScope, setTags } from "../commands/head";
import { addLane, shiftLane } from "../commands/lanes";
import { addMetric, setPlacement, takeMetric } from "../commands/metrics";
import {
  addOpportunity,
  addOpportunityAt,
  addSolution,
  addTask,
  claimsToOpportunities,
} from "../commands/opportunities";
import { paste } from "../commands/paste";
import { addPersona } from "../commands/personas";
import { addPhase, movePhase } from "../commands/phases";
import { remove } from "../commands/remove";
import { rename, renameMap } from "../commands/rename";
import { setField } from "../commands/setField";
import { addStep, moveStep, shiftStep } from "../commands/steps";
import type { Editing } from "../Editing";
import type { Kind } from "../shape";

/** A command on whatever stands at some places of the map; numbers are taken round. */
export type Command =
  | { readonly do: "rename"; readonly kind: "phases" | "steps" | "lanes"; readonly at: number; readonly name: string }
  | { readonly do: "remove"; readonly kind: Kind; readonly at: number }
  | { readonly do: "addPhase"; readonly name: string }
  | { readonly do: "addStep"; readonly phase: number; readonly name: string }
  | { readonly do: "addLane"; readonly role: string }
  | { readonly do: "moveStep"; readonly step: number; readonly phase: number }
  | { readonly do: "shiftStep"; readonly step: number; readonly by: -1 | 1 }
  | { readonly do: "movePhase"; readonly at: number; readonly after: number }
  | { readonly do: "shiftLane"; readonly at: number; readonly by: -1 | 1 }
  | { readonly do: "text"; readonly lane: number; readonly step: number; readonly text: string }
  | { readonly do: "emotion"; readonly lane: number; readonly step: number; readonly value: number }
  | { readonly do: "until"; readonly lane: number; readonly step: number; readonly until: number }
  | { readonly do: "clear"; readonly lane: number; readonly step: number }
  | { readonly do: "touchpoint"; readonly lane: number; readonly step: number; readonly name: string }
  | { readonly do: "evidence"; readonly at: number; readonly source: string }
  | { readonly do: "next"; readonly step: number; readonly next: readonly number[] }
  | { readonly do: "binding"; readonly step: number; readonly where: string }
  | { readonly do: "summary"; readonly step: number; readonly text: string }
  | { readonly do: "persona"; readonly name: string }
  | { readonly do: "scope"; readonly field: "market" | "employees"; readonly value: string | true | undefined }
  | { readonly do: "tags"; readonly tags: readonly string[] }
  | { readonly do: "reviewed"; readonly by: string }
  | { readonly do: "parent"; readonly map: string | undefined; readonly at: string | undefined }
  | {
      readonly do: "paste";
      readonly lane: number;
      readonly step: number;
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly do: "duplicate"; readonly kind: "steps" | "lanes"; readonly at: number }
  | { readonly do: "opportunity"; readonly lane: number; readonly step: number; readonly title: string }
  | { readonly do: "opportunityAt"; readonly step: number; readonly title: string }
  | { readonly do: "opportunityOf"; readonly at: number; readonly title: string }
  | { readonly do: "raise"; readonly lane: number; readonly step: number }
  | { readonly do: "solution"; readonly at: number; readonly title: string }
  | { readonly do: "task"; readonly at: number; readonly title: string }
  | { readonly do: "rate"; readonly at: number; readonly value: number }
  | { readonly do: "metric"; readonly step: number; readonly name: string }
  | { readonly do: "placement"; readonly step: number; readonly at: number; readonly target: number | undefined }
  | { readonly do: "takeMetric"; readonly step: number; readonly at: number }
  | { readonly do: "undo" };

const RATED = ["opportunities", "solutions", "tasks", "metrics"] as const;
const title = fc.constantFrom("How might we ship faster?", "Do it");
const at = fc.nat(20);
const by = fc.constantFrom<-1 | 1>(-1, 1);
const text = fc.constantFrom("One", "One\nTwo", "Two\nThree\nOne", "", "🙂", "a # b: c");
const steps = { lane: at, step: at };

/** Lists of commands, without undoing. */
export const commandLists: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("rename" as const),
      kind: fc.constantFrom("phases", "steps", "lanes"),
      at,
      name: text,
    }),
    fc.record({
      do: fc.constant("remove" as const),
      kind: fc.constantFrom<Kind>("phases", "steps", "lanes", "cells", "claims", "personas", ...RATED),
      at,
    }),
    fc.record({ do: fc.constant("addPhase" as const), name: fc.constant("New") }),
    fc.record({ do: fc.constant("addStep" as const), phase: at, name: fc.constant("New") }),
    fc.record({ do: fc.constant("addLane" as const), role: fc.constantFrom("actions", "emotion", "touchpoints") }),
    fc.record({ do: fc.constant("moveStep" as const), step: at, phase: at }),
    fc.record({ do: fc.constant("shiftStep" as const), step: at, by }),
    fc.record({ do: fc.constant("movePhase" as const), at, after: at }),
    fc.record({ do: fc.constant("shiftLane" as const), at, by }),
    fc.record({ do: fc.constant("text" as const), ...steps, text }),
    fc.record({ do: fc.constant("emotion" as const), ...steps, value: fc.constantFrom(-3, -2, 0, 0.5, 2) }),
    fc.record({ do: fc.constant("until" as const), ...steps, until: at }),
    fc.record({ do: fc.constant("clear" as const), ...steps }),
    fc.record({ do: fc.constant("touchpoint" as const), ...steps, name: fc.constant("Shop") }),
    fc.record({ do: fc.constant("evidence" as const), at, source: text }),
    fc.record({ do: fc.constant("next" as const), step: at, next: fc.array(at, { maxLength: 2 }) }),
    fc.record({ do: fc.constant("binding" as const), step: at, where: fc.constantFrom("", "touchpoint = 'Shop'") }),
    fc.record({ do: fc.constant("summary" as const), step: at, text }),
    fc.record({ do: fc.constant("persona" as const), name: fc.constant("Bo") }),
    fc.record({
      do: fc.constant("scope" as const),
      field: fc.constantFrom("market", "employees"),
      value: fc.constantFrom<string | true | undefined>("UK", true, undefined),
    }),
    fc.record({ do: fc.constant("tags" as const), tags: fc.array(fc.constantFrom("a", " b ", ""), { maxLength: 3 }) }),
    fc.record({ do: fc.constant("reviewed" as const), by: fc.constantFrom("Ada", "") }),
    fc.record({
      do: fc.constant("parent" as const),
      map: fc.constantFrom("life", undefined),
      at: fc.constantFrom("end", undefined),
    }),
    fc.record({ do: fc.constant("paste" as const), ...steps, rows: fc.constant([["P", "Q"], ["R"]]) }),
    fc.record({ do: fc.constant("duplicate" as const), kind: fc.constantFrom("steps", "lanes"), at }),
    fc.record({ do: fc.constant("opportunity" as const), ...steps, title }),
    fc.record({ do: fc.constant("opportunityAt" as const), step: at, title }),
    fc.record({ do: fc.constant("opportunityOf" as const), at, title }),
    fc.record({ do: fc.constant("raise" as const), ...steps }),
    fc.record({ do: fc.constant("solution" as const), at, title }),
    fc.record({ do: fc.constant("task" as const), at, title }),
    fc.record({ do: fc.constant("rate" as const), at, value: fc.constantFrom(1, 3, 4.5) }),
    fc.record({ do: fc.constant("metric" as const), step: at, name: title }),
    fc.record({ do: fc.constant("placement" as const), step: at, at, target: fc.constantFrom(undefined, 0.3, 4) }),
    fc.record({ do: fc.constant("takeMetric" as const), step: at, at }),
  ),
  { maxLength: 8 },
);

/** Do a command; where there is nothing to do it to, nothing. */
export function run(editing: Editing, command: Command): void {
  const { store } = editing;
  const round = <T>(list: readonly T[], place: number): T | undefined => list[place % list.length];
  const all = (kind: Kind): readonly string[] =>
    [...store.things[kind].keys()].filter((id) => store.has(kind, id)).sort();
  const step = "step" in command ? round(store.steps(), command.step) : undefined;
  const lane = "lane" in command ? round(store.children("lanes"), command.lane) : undefined;
  const phase = "phase" in command ? round(store.children("phases"), command.phase) : undefined;
  if ("step" in command && step === undefined) return;
  if ("lane" in command && lane === undefined) return;
  if ("phase" in command && phase === undefined) return;
  const [there, here, within] = [step ?? "", lane ?? "", phase ?? ""];
  switch (command.do) {
    case "rename": {
      const id = round(all(command.kind), command.at);
      if (id !== undefined) rename(editing, command.kind, id, command.name);
      else renameMap(editing, command.name);
      return;
    }
    case "remove": {
      const id = round(command.kind === "phases" ? store.children("phases") : all(command.kind), command.at);
      if (id !== undefined) remove(editing, command.kind, id);
      return;
    }
    case "addPhase":
      addPhase(editing, { phase: command.name, step: command.name });
      return;
    case "addStep":
      addStep(editing, within, command.name, undefined);
      return;
    case "addLane":
      addLane(editing, { role: command.role });
      return;
    case "moveStep":
      moveStep(editing, there, within, store.children("steps", within).at(-1));
      return;
    case "shiftStep":
      shiftStep(editing, there, command.by);
      return;
    case "movePhase": {
      const [id, after] = [round(store.children("phases"), command.at), round(store.children("phases"), command.after)];
      if (id !== undefined) movePhase(editing, id, after);
      return;
    }
    case "shiftLane": {
      const id = round(store.children("lanes"), command.at);
      if (id !== undefined) shiftLane(editing, id, command.by);
      return;
    }
    case "text":
      setCellText(editing, here, there, command.text);
      return;
    case "emotion":
      setEmotion(editing, here, there, { emotion: command.value });
      return;
    case "until":
      setUntil(editing, here, there, round(store.steps(), command.until));
      return;
    case "clear":
      clearCell(editing, here, there);
      return;
    case "touchpoint":
      addTouchpoint(editing, here, there, { name: command.name });
      return;
    case "evidence": {
      const claim = round(all("claims"), command.at);
      if (claim !== undefined) addEvidence(editing, claim, { kind: "survey", source: command.source });
      return;
    }
    case "next":
      setFollowing(
        editing,
        there,
        command.next.map((each) => round(store.steps(), each) ?? there),
      );
      return;
    case "binding":
      setBinding(editing, there, { where: command.where });
      return;
    case "persona":
      addPersona(editing, { name: command.name });
      return;
    case "scope":
      setScope(editing, command.field, command.value);
      return;
    case "tags":
      setTags(editing, command.tags);
      return;
    case "reviewed":
      setReviewed(editing, "2026-11-22", command.by);
      return;
    case "parent":
      setParent(editing, command.map, command.at);
      return;
    case "summary":
      setField(editing, "steps", there, "summary", command.text);
      return;
    case "paste":
      paste(editing, here, there, command.rows);
      return;
    case "duplicate": {
      const id = round(command.kind === "steps" ? store.steps() : store.children("lanes"), command.at);
      if (id === undefined) return;
      if (command.kind === "steps") duplicateStep(editing, id);
      else duplicateLane(editing, id);
      return;
    }
    case "opportunity":
      addOpportunity(editing, command.title, { lane: here, step: there });
      return;
    case "opportunityAt":
      addOpportunityAt(editing, command.title, there);
      return;
    case "opportunityOf": {
      const claim = round(all("claims"), command.at);
      if (claim !== undefined) addOpportunity(editing, command.title, { claim });
      return;
    }
    case "raise": {
      const claims = store.cell(here, there).claims.map((each) => each.id);
      if (claims.length > 0) claimsToOpportunities(editing, here, there, claims);
      return;
    }
    case "solution": {
      const id = round(all("opportunities"), command.at);
      if (id !== undefined) addSolution(editing, id, command.title);
      return;
    }
    case "task": {
      const id = round(all("solutions"), command.at);
      if (id !== undefined) addTask(editing, id, command.title);
      return;
    }
    case "rate": {
      const id = round(all("opportunities"), command.at);
      if (id !== undefined) setField(editing, "opportunities", id, "customer_value", command.value);
      return;
    }
    case "metric":
      addMetric(editing, there, { name: command.name, kind: "number" });
      return;
    case "placement": {
      const id = round(all("metrics"), command.at);
      if (id !== undefined) setPlacement(editing, there, id, "target", command.target);
      return;
    }
    case "takeMetric": {
      const id = round(all("metrics"), command.at);
      if (id !== undefined) takeMetric(editing, there, id);
      return;
    }
    case "undo":
      editing.undo();
  }
}
