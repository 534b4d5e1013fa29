import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconArrowsDiff, IconDownload, IconLink } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { fileOf } from "./addresses";
import { comparisonOf, type Explore } from "./explore";
import { journeysWords } from "./journeysWords";
import { COMPARED_BY, SECOND_GROUP } from "./questions";
import { SavedButton } from "./SavedButton";
import { SaveQuestion } from "./SaveQuestion";

interface ActionsProps {
  readonly explore: Explore;
  readonly isDrawn: boolean;
}

/** What can be done with an answer: compare, save, share, download. */
export function Actions({ explore, isDrawn }: ActionsProps) {
  const words = useWords(journeysWords);
  const [isSaving, setSaving] = useState(false);
  const clipboard = useClipboard();
  const may = useMay("draw");
  const copy = () => {
    clipboard.copy(window.location.href);
    notifications.show({ message: words.actions.copied });
  };
  return (
    <>
      <CompareButton explore={explore} />
      {may && <SavedButton explore={explore} onSave={() => setSaving(true)} />}
      <Tooltip label={words.actions.share}>
        <ActionIcon variant="default" size="lg" aria-label={words.actions.share} onClick={copy}>
          <IconLink size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <DownloadMenu explore={explore} isDrawn={isDrawn} />
      <SaveQuestion explore={explore} opened={isSaving} onClose={() => setSaving(false)} />
    </>
  );
}

function CompareButton({ explore }: { readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const isOn = explore.params.has("compare") || SECOND_GROUP.some((each) => explore.params.has(each));
  const canCompare = COMPARED_BY[explore.question] !== undefined;
  const toggle = () =>
    explore.set(
      isOn ? { compare: null, ...Object.fromEntries(SECOND_GROUP.map((each) => [each, null])) } : { compare: "on" },
    );
  return (
    <Tooltip label={words.actions.cannotCompare} disabled={canCompare}>
      <Button
        variant={isOn ? "light" : "default"}
        leftSection={<IconArrowsDiff size={17} stroke={1.6} />}
        {...(canCompare ? {} : { "data-disabled": true })}
        aria-disabled={!canCompare}
        aria-pressed={isOn}
        onClick={(event) => (canCompare ? toggle() : event.preventDefault())}
      >
        {isOn ? words.actions.stopComparing : words.actions.compare}
      </Button>
    </Tooltip>
  );
}

function DownloadMenu({ explore, isDrawn }: ActionsProps) {
  const words = useWords(journeysWords);
  const isCompared = comparisonOf(explore.question, explore.params) !== undefined;
  const endings = isDrawn || isCompared ? (["csv", "svg", "png", "pdf"] as const) : (["csv"] as const);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={words.actions.download}>
          <ActionIcon variant="default" size="lg" aria-label={words.actions.download}>
            <IconDownload size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {endings.map((ending) => (
          <Menu.Item key={ending} component="a" href={fileOf(explore, ending)} download>
            {words.actions[ending]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
