import { ActionIcon, Box, Group, ScrollArea, Text, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconBulb,
  IconHistory,
  IconListCheck,
  IconListNumbers,
  IconMessage,
  IconShare,
  IconX,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useMay } from "../../base/me";
import { useUnsaved } from "../../base/unsaved/useUnsaved";
import { useWords } from "../../base/words";
import { ProposalsPanel } from "../../evidence/ProposalsPanel";
import { StepsPanel } from "../../evidence/StepsPanel";
import { useOpenThreads } from "../asking";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { ChecksPanel } from "./ChecksPanel";
import { CommentsPanel } from "./CommentsPanel";
import classes from "./PanelTabs.module.css";
import { SharePanel } from "./SharePanel";
import { VersionsPanel } from "./VersionsPanel";

const PANELS = [
  { name: "steps", icon: IconListNumbers, word: "steps" },
  { name: "proposals", icon: IconBulb, word: "proposals" },
  { name: "comments", icon: IconMessage, word: "comments" },
  { name: "versions", icon: IconHistory, word: "versions" },
  { name: "checks", icon: IconListCheck, word: "checks" },
  { name: "sharing", icon: IconShare, word: "sharing" },
] as const;

export type PanelName = (typeof PANELS)[number]["name"];

/** The panel that an address names; null where it names none that the person may open. */
export function panelNamed(name: string | null, mayShare: boolean): PanelName | null {
  const found = PANELS.find((each) => each.name === name)?.name ?? null;
  return found === "sharing" && !mayShare ? null : found;
}

interface PanelTabsProps {
  readonly id: string;
  readonly version: number;
  readonly outline: MapOutline;
  readonly panel: PanelName | null;
  readonly onPanel: (name: PanelName | null) => void;
}

/** What stands beside the map: a column of buttons, and the panel that is open. */
export function PanelTabs({ id, version, outline, panel, onPanel }: PanelTabsProps) {
  const words = useWords(mapsWords);
  const draws = useMay("draw");
  const comments = useOpenThreads().data?.open[id] ?? 0;
  const shown = PANELS.filter((each) => draws || each.name !== "sharing");
  const open = shown.find((each) => each.name === panel);
  const [isUnsaved, setUnsaved] = useState(false);
  const { ask, guard } = useUnsaved(isUnsaved);
  const section = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another panel is moved into view, where it is below the map
  useEffect(() => {
    section.current?.scrollIntoView?.({ block: "nearest" });
  }, [open?.name]);
  return (
    <Box className={classes.beside}>
      <Box component="nav" className={classes.rail} aria-label={words.panels}>
        {shown.map(({ name, icon: Icon, word }) => (
          <Tooltip key={name} label={words[word]} position="left">
            <UnstyledButton
              className={classes.tab}
              data-open={name === panel}
              aria-pressed={name === panel}
              onClick={() => ask(() => onPanel(name === panel ? null : name))}
            >
              <Icon size={19} stroke={1.6} aria-hidden />
              <span className={classes.label}>{words[word]}</span>
              {name === "comments" && comments > 0 && (
                <span className={classes.count} role="img" aria-label={words.commentsOpen(comments)}>
                  {comments}
                </span>
              )}
            </UnstyledButton>
          </Tooltip>
        ))}
      </Box>
      {open !== undefined && (
        <Box ref={section} component="section" className={classes.panel} aria-label={words[open.word]}>
          <Group justify="space-between" className={classes.head} wrap="nowrap">
            <Text fw={600} component="h2" m={0} size="md">
              {words[open.word]}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.closePanel}
              onClick={() => ask(() => onPanel(null))}
            >
              <IconX size={17} />
            </ActionIcon>
          </Group>
          <ScrollArea className={classes.content} type="auto" viewportProps={{ tabIndex: 0 }}>
            <Box p="sm">
              {open.name === "sharing" ? (
                <SharePanel map={id} onUnsaved={setUnsaved} />
              ) : (
                content(open.name, id, version, outline)
              )}
            </Box>
          </ScrollArea>
        </Box>
      )}
      {guard}
    </Box>
  );
}

function content(name: Exclude<PanelName, "sharing">, id: string, version: number, outline: MapOutline): ReactNode {
  switch (name) {
    case "steps":
      return <StepsPanel map={id} />;
    case "proposals":
      return <ProposalsPanel map={id} version={version} />;
    case "comments":
      return <CommentsPanel map={id} outline={outline} />;
    case "versions":
      return <VersionsPanel map={id} newest={version} />;
    case "checks":
      return <ChecksPanel map={id} outline={outline} />;
  }
}
