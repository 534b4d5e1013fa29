import { Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { PathsBand, PathsBox, PathsPicture } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Sideways } from "../../base/Sideways";
import { useWords } from "../../base/words";
import { numberOf } from "../behind/number";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Part } from "./Part";
import classes from "./Paths.module.css";

const ASKED = ["touchpoint", "direction", "steps", "anchor", "repeats", "weekday"];

/** The paths: columns are steps, heights are paths. */
export function PathsDrawing({ picture, explore }: { readonly picture: PathsPicture; readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const [pointed, setPointed] = useState("");
  const asked = Object.fromEntries(ASKED.flatMap((each) => explore.params.getAll(each).map((said) => [each, said])));
  const backwards = explore.params.get("direction") === "before";
  const steps = [...new Map(picture.boxes.map((box) => [box.node.step, box.x])).entries()];
  const ofBox = ({ node }: PathsBox) =>
    numberOf("paths", {
      ...asked,
      step: node.step,
      ...(node.others > 0 ? { others: true } : { name: node.touchpoint }),
    });
  const others = new Set(
    picture.boxes.filter(({ node }) => node.others > 0).map(({ node }) => placeOf(node.step, node.touchpoint)),
  );
  const ofBand = ({ link }: PathsBand) => {
    const near = backwards ? link.to : link.from;
    const far = backwards ? link.from : link.to;
    const step = Math.abs(link.step) - 1;
    if (near === null) return undefined;
    return numberOf("paths", {
      ...asked,
      step,
      ...(others.has(placeOf(step, near)) ? { others: true } : { name: near }),
      ...(far === null
        ? { ended: true }
        : others.has(placeOf(step + 1, far))
          ? { following_others: true }
          : { following: far }),
    });
  };
  return (
    <Stack gap="xs" component="section" aria-label={words.picture.paths}>
      <Title order={2} size="h5">
        {words.picture.paths}
      </Title>
      <Sideways>
        {/* biome-ignore lint/a11y/useSemanticElements: a picture with parts that can be opened */}
        <svg
          className={classes.paths}
          viewBox={`0 0 ${String(picture.width)} ${String(picture.height)}`}
          width={picture.width}
          height={picture.height}
          role="group"
          aria-label={words.picture.paths}
        >
          {steps.map(([step, x]) => (
            <text key={step} x={x} y={20} className={classes.heading}>
              {step === 0 ? "" : words.picture.stepAfter(format.count(step))}
            </text>
          ))}
          {picture.bands.map((band) => (
            <Part
              key={`${String(band.link.step)}-${String(band.link.from)}-${String(band.link.to)}`}
              text={words.picture.link(
                band.link.from ?? "–",
                band.link.to ?? "–",
                format.count(band.link.paths),
                format.share(band.link.share),
                format.count(band.link.customers),
                format.duration(band.link.median_seconds),
              )}
              className={classes.band}
              onPoint={setPointed}
              behind={ofBand(band)}
            >
              <path d={bandShape(band, band.height)} />
              {band.main > 0 && <path className={classes.main} d={bandShape(band, Math.max(band.main, 1))} />}
            </Part>
          ))}
          {picture.boxes.map((box) => (
            <Part
              key={`${String(box.node.step)}-${box.node.touchpoint}-${String(box.node.others)}`}
              text={words.picture.node(
                box.node.touchpoint,
                format.count(box.node.paths),
                format.share(box.node.share),
                format.count(box.node.customers),
                format.count(box.node.ended),
              )}
              className={classes.box}
              onPoint={setPointed}
              behind={ofBox(box)}
            >
              <BoxShape box={box} />
            </Part>
          ))}
          {picture.boxes
            .filter((box) => box.ended > 0)
            .map((box) => (
              <Part
                key={placeOf(box.node.step, box.node.touchpoint)}
                text={`${box.node.touchpoint}: ${words.picture.end(format.count(box.node.ended))}`}
                onPoint={setPointed}
                behind={`${ofBox(box)}&ended=true`}
              >
                <rect
                  className={classes.ended}
                  x={box.x + box.width - 6}
                  y={box.y + box.height - box.ended}
                  width={6}
                  height={box.ended}
                />
              </Part>
            ))}
          {picture.boxes.map((box) => (
            <BoxText key={`${String(box.node.step)}-${box.node.touchpoint}-${String(box.node.others)}`} box={box} />
          ))}
        </svg>
      </Sideways>
      <Text size="xs" c="dimmed" aria-live="polite" mih="2.6em">
        {pointed === "" ? `${words.picture.pathsLegend} ${words.picture.point}` : pointed}
      </Text>
    </Stack>
  );
}

/** A touchpoint, or the others together, at a step in either direction. */
function placeOf(step: number, name: string): string {
  return `${String(Math.abs(step))} ${name}`;
}

function BoxShape({ box }: { readonly box: PathsBox }) {
  const kind = box.node.others > 0 ? classes.others : box.is_main ? classes.isMain : classes.usual;
  return (
    <rect className={kind} x={box.x} y={box.y} width={box.width} height={box.height} rx={Math.min(3, box.height / 2)} />
  );
}

/** What stands in a box; the box itself says it to those who do not see it. */
function BoxText({ box }: { readonly box: PathsBox }) {
  const format = useFormat();
  const first = box.slot_y + (box.slot_height - (box.lines.length + 1) * 15) / 2 + 11;
  return (
    <g aria-hidden>
      {box.lines.map((line, row) => (
        <text key={line} className={classes.name} x={box.x + 10} y={first + row * 15}>
          {line}
        </text>
      ))}
      <text className={classes.count} x={box.x + 10} y={first + box.lines.length * 15}>
        {`${format.count(box.node.paths)} · ${format.share(box.node.share)}`}
      </text>
    </g>
  );
}

function bandShape(band: PathsBand, height: number): string {
  const { near_x: x1, near_y: y1, far_x: x2, far_y: y2 } = band;
  const middle = (x1 + x2) / 2;
  const to = (fromY: number, x: number, y: number) =>
    `C${String(middle)},${String(fromY)} ${String(middle)},${String(y)} ${String(x)},${String(y)}`;
  return `M${String(x1)},${String(y1)}${to(y1, x2, y2)}V${String(y2 + height)}${to(y2 + height, x1, y1 + height)}Z`;
}
