import { memo } from "react";
import { useWords } from "../../../base/words";
import { CommentMark } from "../comments/CommentMark";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { rename } from "../model/commands/rename";
import { useNameOf } from "../panel/asking";
import { useFields, useIsHere, useRead, useWriting } from "../reading";
import classes from "./Grid.module.css";
import { Grip } from "./Grip";
import { NameWriting } from "./NameWriting";
import { Others } from "./Others";

/** The label of a lane, with the persona whose it is. */
export const LaneHead = memo(function LaneHead({ lane }: { readonly lane: string }) {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  const fields = useFields("lanes", lane);
  const persona = usePersonaName(typeof fields.persona === "string" ? fields.persona : undefined);
  const name = `lane:${lane}`;
  const isHere = useIsHere(name);
  const writing = useWriting(name);
  const label = laneLabel(fields, words.laneRoles);
  const line = words.lines[String(fields.role)];
  const said = [label, persona, fields.line === "future" ? words.future : undefined].filter(Boolean).join(", ");
  return (
    <div
      role="rowheader"
      data-place={name}
      tabIndex={isHere ? 0 : -1}
      aria-selected={isHere}
      aria-label={`${words.lane}: ${said}`}
      className={`${classes.label} ${isHere ? classes.here : ""} ${line === undefined ? "" : classes.lineAbove}`}
      onFocus={(event) => event.target === event.currentTarget && selection.go({ kind: "lane", lane })}
      onDoubleClick={() => mayWrite && selection.write({ kind: "lane", lane })}
    >
      {line !== undefined && <span className={classes.lineName}>{line}</span>}
      <div className={classes.labelLine}>
        {writing === undefined ? (
          <span className={classes.labelText}>{label}</span>
        ) : (
          <NameWriting
            text={String(fields.label ?? "")}
            letters={writing}
            label={words.label}
            onWrite={(text) => rename(editing, "lanes", lane, text)}
          />
        )}
        {mayWrite && <Grip place={{ kind: "lane", lane }} text={label} />}
      </div>
      {persona !== undefined && <span className={classes.marks}>{persona}</span>}
      {fields.line === "future" && <span className={classes.marks}>{words.future}</span>}
      <CommentMark place={{ kind: "lane", lane }} />
      <Others place={name} />
    </div>
  );
});

function usePersonaName(persona: string | undefined): string | undefined {
  const own = useRead((store) => (persona === undefined ? undefined : store.fields("personas", persona).name));
  const name = useNameOf("persona", persona !== undefined && typeof own !== "string");
  return persona === undefined ? undefined : name(persona, own);
}

/** What a lane is called: its label, else its role. */
export function laneLabel(
  fields: { readonly [name: string]: unknown },
  roles: Readonly<Record<string, string>>,
): string {
  return typeof fields.label === "string" ? fields.label : (roles[String(fields.role)] ?? String(fields.role));
}
