import { ActionIcon, Box, Group, Text, Tooltip } from "@mantine/core";
import { useDocumentTitle, useFullscreenElement, useHotkeys } from "@mantine/hooks";
import { IconArrowLeft, IconArrowRight, IconChartBar, IconMaximize, IconMoonStars, IconX } from "@tabler/icons-react";
import { type ComponentType, type ReactNode, useEffect } from "react";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { DetailMarks } from "../view/DetailMarks";
import { useDrawing } from "../view/useDrawing";
import classes from "./Slides.module.css";
import { useFittedPicture } from "./useFittedPicture";

interface SlidesProps {
  readonly id: string;
  readonly outline: MapOutline;
  readonly theme: "light" | "dark";
  readonly measured: boolean;
  /** Which slide is shown: 0 is the whole map, then its phases. */
  readonly at: number;
  readonly onGo: (slide: number) => void;
  readonly onTheme: (theme: "light" | "dark") => void;
  readonly onMeasured: (measured: boolean) => void;
  readonly onEnd: () => void;
}

/** The whole map, then each phase by itself; by keys, by buttons, or by a tap at the side. */
export function Slides(props: SlidesProps) {
  const { id, outline, theme, measured, onGo, onTheme, onMeasured, onEnd } = props;
  const words = useWords(mapsWords);
  const { title } = outline;
  const phases = outline.phases.filter((each) => each.steps.length > 0);
  const screen = useFullscreenElement<HTMLDivElement>();
  const at = Math.min(Math.max(0, Math.trunc(props.at) || 0), phases.length);
  const phase = at === 0 ? undefined : phases[at - 1];
  const slide = useDrawing({ map: id, theme, measured, phase: phase?.id });
  useDocumentTitle(`${title} · Desireline`);
  const go = (by: number): void => {
    const next = at + by;
    if (next >= 0 && next <= phases.length) onGo(next);
  };
  const otherTheme = theme === "dark" ? "light" : "dark";
  useHotkeys([
    ["ArrowRight", () => go(1)],
    ["space", () => go(1)],
    ["PageDown", () => go(1)],
    ["ArrowLeft", () => go(-1)],
    ["PageUp", () => go(-1)],
    ["Home", () => onGo(0)],
    ["End", () => onGo(phases.length)],
    ["m", () => onMeasured(!measured)],
    ["d", () => onTheme(otherTheme)],
    ["f", () => void screen.toggle()],
    ["Escape", onEnd],
  ]);
  const button = (label: string, Icon: ComponentType<{ size: number }>, action: () => void, pressed?: boolean) => (
    <Tooltip label={label} position="top">
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} aria-pressed={pressed} onClick={action}>
        <Icon size={19} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Box ref={screen.ref} className={classes.stage} data-theme={theme} data-mantine-color-scheme={theme}>
      <Box component="section" className={classes.slide} aria-live="polite" aria-label={phase?.name ?? words.overview}>
        <Asked query={slide} lines={10}>
          {(svg) => (
            <Picture key={`${theme}${String(measured)}${String(at)}`} svg={svg} whole={phase === undefined}>
              <DetailMarks map={id} svg={svg} outline={outline} address="/present" />
            </Picture>
          )}
        </Asked>
      </Box>
      <Group className={classes.bar} justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" truncate flex={1} miw={0}>
          {title}
          {phase !== undefined && ` – ${phase.name}`}
        </Text>
        <Group gap={2} wrap="nowrap">
          {button(words.previousPhase, IconArrowLeft, () => go(-1))}
          <Text size="sm" className="numbers" role="status">
            {words.presentOf(at + 1, phases.length + 1)}
          </Text>
          {button(words.nextPhase, IconArrowRight, () => go(1))}
        </Group>
        <Group gap={2} wrap="nowrap" flex={1} justify="flex-end">
          <Text size="xs" c="dimmed" visibleFrom="lg" className={classes.help}>
            {words.presentHelp}
          </Text>
          {button(words.measured, IconChartBar, () => onMeasured(!measured), measured)}
          {button(words.lightDark, IconMoonStars, () => onTheme(otherTheme))}
          {button(words.fullScreen, IconMaximize, () => void screen.toggle())}
          {button(words.exit, IconX, onEnd)}
        </Group>
      </Group>
    </Box>
  );
}

interface PictureProps {
  readonly svg: string;
  readonly whole: boolean;
  /** What lies over the picture. */
  readonly children: ReactNode;
}

function Picture({ svg, whole, children }: PictureProps) {
  const { ref, style, focus } = useFittedPicture(svg, whole);
  useEffect(focus, [focus]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <div ref={ref} className={classes.scroll} tabIndex={0}>
      <div className={classes.picture} style={style}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our server, which escapes every text */}
        <div className={classes.drawn} dangerouslySetInnerHTML={{ __html: svg }} />
        {children}
      </div>
    </div>
  );
}
