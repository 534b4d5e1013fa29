import { Group, Slider, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { FlowPictures } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Sideways } from "../../base/Sideways";
import { useWords } from "../../base/words";
import { EVERY, numberOf } from "../behind/number";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import classes from "./Flow.module.css";
import { FlowBoxes } from "./FlowBoxes";
import { FlowMoves } from "./FlowMoves";

/** A wide flow is shrunk no further, and scrolls: its numbers have to be read. */
const SMALLEST = 0.75;

/** The flow as boxes and arrows; how much of it is shown is up to the person. */
export function FlowPicture({ pictures, explore }: { readonly pictures: FlowPictures; readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const [pointed, setPointed] = useState("");
  const asked = Number(explore.params.get("detail") ?? pictures.first + 1) - 1;
  const place = Math.max(0, Math.min(pictures.levels.length - 1, Number.isNaN(asked) ? pictures.first : asked));
  const layout = pictures.levels[place];
  if (layout === undefined) return null;
  const by = explore.params.get("by") === "channel" ? "channel" : "touchpoint";
  const extent = words.picture.extent(format.count(layout.boxes.length - 1), format.count(layout.moves.length));
  return (
    <Stack gap="xs" component="section" aria-label={words.picture.flow}>
      <Group justify="space-between" gap="xl">
        <Title order={2} size="h5">
          {words.picture.flow}
        </Title>
        {pictures.levels.length > 1 && (
          <Group gap="sm" className={classes.detail} wrap="nowrap">
            <Text size="xs" c="dimmed">
              {words.picture.mainWay}
            </Text>
            <Slider
              className={classes.slider}
              min={1}
              max={pictures.levels.length}
              step={1}
              value={place + 1}
              label={extent}
              size="sm"
              thumbLabel={words.picture.detail}
              onChange={(value) => explore.set({ detail: String(value) })}
            />
            <Text size="xs" c="dimmed">
              {words.picture.mostDetail}
            </Text>
          </Group>
        )}
      </Group>
      <Sideways>
        {/* biome-ignore lint/a11y/useSemanticElements: a picture with parts that can be opened */}
        <svg
          className={classes.flow}
          viewBox={`0 0 ${String(layout.width)} ${String(layout.height)}`}
          width={layout.width}
          height={layout.height}
          style={{ minWidth: layout.width * SMALLEST }}
          role="group"
          aria-label={`${words.picture.flow}: ${extent}`}
        >
          <FlowMoves
            moves={layout.moves}
            onPoint={setPointed}
            behind={(move) =>
              move.kind === "start"
                ? numberOf("start", { name: move.target.name, by })
                : numberOf("move", { source: move.source.name, target: move.target.name, by })
            }
          />
          <FlowBoxes
            boxes={layout.boxes}
            onPoint={setPointed}
            behind={(node) => (node.kind === "start" ? EVERY : numberOf("touchpoint", { name: node.name, by }))}
            behindEnd={(node) => numberOf("end", { name: node.name, by })}
          />
        </svg>
      </Sideways>
      <Text size="xs" c="dimmed" aria-live="polite" className={classes.readout}>
        {pointed === "" ? `${words.picture.legend} ${words.picture.point}` : pointed}
      </Text>
    </Stack>
  );
}
