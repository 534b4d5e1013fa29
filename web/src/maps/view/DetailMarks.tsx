import { IconSitemap } from "@tabler/icons-react";
import { type CSSProperties, useLayoutEffect, useState } from "react";
import { Link } from "react-router";
import { useWords } from "../../base/words";
import { useLibrary } from "../asking";
import { mapsWords } from "../mapsWords";
import type { MapOutline, StepOutline } from "../readMap";
import classes from "./DetailMarks.module.css";
import { type Size, sizeOf } from "./zoom";

interface DetailMarksProps {
  readonly map: string;
  /** The drawing that they lie over; another one has its places elsewhere. */
  readonly svg: string;
  readonly outline: MapOutline;
  /** What follows the address of a map: `/present` opens its presentation. */
  readonly address?: string;
}

interface Mark {
  readonly step: StepOutline;
  readonly style: CSSProperties;
}

/** Marks at the steps that another map shows in detail; each opens that map, or says that it is gone. */
export function DetailMarks({ map, svg, outline, address = "" }: DetailMarksProps) {
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  useLayoutEffect(() => {
    const found: Mark[] = [];
    for (const step of outline.phases.flatMap((phase) => phase.steps)) {
      const card = step.map === undefined ? null : document.getElementById(`${map}/step/${step.id}`);
      const frame = card?.querySelector("rect");
      if (frame) found.push({ step, style: cornerOf(frame, sizeOf(svg)) });
    }
    setMarks(found);
  }, [map, svg, outline]);
  return (
    <div className={classes.marks}>
      {marks.map(({ step, style }) => (
        <DetailMark key={step.id} map={step.map ?? ""} style={style} address={address} />
      ))}
    </div>
  );
}

interface DetailMarkProps {
  readonly map: string;
  readonly style: CSSProperties;
  readonly address: string;
}

function DetailMark({ map, style, address }: DetailMarkProps) {
  const words = useWords(mapsWords);
  const { data } = useLibrary();
  const card = data?.maps.find((each) => each.id === map);
  const isGone = data !== undefined && card === undefined;
  const label = isGone ? words.detailGone(map) : words.opensDetail(card?.title ?? map);
  const icon = <IconSitemap size={15} aria-hidden />;
  if (isGone) {
    return (
      <span role="img" className={classes.mark} style={style} data-gone aria-label={label} title={label}>
        {icon}
      </span>
    );
  }
  return (
    <Link to={`/maps/${map}${address}`} className={classes.mark} style={style} aria-label={label} title={label}>
      {icon}
    </Link>
  );
}

/** The lower right corner of a card, in shares of the drawing, so that zooming moves it along. */
function cornerOf(card: SVGRectElement, whole: Size): CSSProperties {
  const end = (at: string, length: string): number =>
    Number(card.getAttribute(at) ?? 0) + Number(card.getAttribute(length) ?? 0);
  const share = (part: number, of: number): string => `${String((100 * part) / Math.max(of, 1))}%`;
  return { left: share(end("x", "width"), whole.width), top: share(end("y", "height"), whole.height) };
}
