import { VisuallyHidden } from "@mantine/core";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import type { CellView } from "../model/cells";
import { useNameOf } from "../panel/asking";
import { useAlike, useRead } from "../reading";
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

interface NamedProps {
  readonly list: unknown;
  readonly kind: "metrics" | "opportunities";
}

/** The names of things that are listed by id. */
function Named({ list, kind }: NamedProps) {
  return Array.isArray(list) && list.length > 0 ? <Names list={list} kind={kind} /> : null;
}

function Names({ list, kind }: NamedProps & { readonly list: readonly unknown[] }) {
  const field = kind === "metrics" ? "name" : "title";
  const things = useAlike((store) =>
    list
      .map((each) => (typeof each === "object" && each !== null && "metric" in each ? each.metric : each))
      .map((id) => ({ id: String(id), own: store.fields(kind, String(id))[field] })),
  );
  const isElsewhere = things.some((each) => typeof each.own !== "string");
  const nameOf = useNameOf(kind === "metrics" ? "metric" : "opportunity", isElsewhere);
  return things.map(({ id, own }) => (
    <p key={id} className={classes.claim}>
      {nameOf(id, own)}
    </p>
  ));
}
