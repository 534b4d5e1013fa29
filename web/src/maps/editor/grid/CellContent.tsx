import { VisuallyHidden } from "@mantine/core";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import type { CellView } from "../model/cells";
import { useRead } from "../reading";
import { ChannelIcon } from "./ChannelIcon";
import classes from "./Grid.module.css";

interface CellContentProps {
  readonly view: CellView;
  readonly step: string;
  readonly role: string;
}

/** What a cell says while nobody writes in it. */
export function CellContent({ view, step, role }: CellContentProps) {
  const words = useWords(editorWords);
  const isEmpty =
    view.claims.length === 0 &&
    view.touchpoints.length === 0 &&
    view.fields.picture === undefined &&
    view.fields.opportunities === undefined;
  return (
    <>
      <Picture picture={view.fields.picture} />
      {view.claims.map((claim) => (
        <p key={claim.id} className={classes.claim}>
          {claim.text}
          {claim.evidence.length > 0 && (
            <span className={classes.proof} title={words.evidenceCount(claim.evidence.length)}>
              [{claim.evidence.length}]<VisuallyHidden>{words.evidenceCount(claim.evidence.length)}</VisuallyHidden>
            </span>
          )}
        </p>
      ))}
      {view.touchpoints.map(({ id, fields }) => (
        <div key={id} className={classes.touchpoint}>
          <ChannelIcon channel={fields.channel === undefined ? undefined : String(fields.channel)} />
          <span>{String(fields.name)}</span>
        </div>
      ))}
      <Named list={view.fields.opportunities} kind="opportunities" />
      {role === "metrics" && <StepMetrics step={step} />}
      {isEmpty && role !== "metrics" && <VisuallyHidden>{words.empty}</VisuallyHidden>}
    </>
  );
}

/** A picture that is a part of the map; of one that is a file beside the map, what it shows. */
function Picture({ picture }: { readonly picture: unknown }) {
  if (typeof picture !== "object" || picture === null || !("source" in picture)) return null;
  const source = String(picture.source);
  const alternative = "alternative" in picture ? String(picture.alternative) : "";
  if (!source.startsWith("data:image/")) return <span className={classes.marks}>{alternative || source}</span>;
  return <img className={classes.thumb} src={source} alt={alternative} />;
}

/** The metrics that are placed at a step. */
function StepMetrics({ step }: { readonly step: string }) {
  const list = useRead((store) => store.fields("steps", step).metrics);
  return <Named list={list} kind="metrics" />;
}

/** The names of things that are listed by id. */
function Named({ list, kind }: { readonly list: unknown; readonly kind: "metrics" | "opportunities" }) {
  const text = useRead((store) =>
    (Array.isArray(list) ? list : [])
      .map((each: unknown) => (typeof each === "object" && each !== null && "metric" in each ? each.metric : each))
      .map((id) => String(store.fields(kind, String(id))[kind === "metrics" ? "name" : "title"] ?? id))
      .join("\n"),
  );
  if (text === "") return null;
  return text.split("\n").map((line) => (
    <p key={line} className={classes.claim}>
      {line}
    </p>
  ));
}
