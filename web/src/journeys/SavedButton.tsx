import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconBookmark, IconBookmarkFilled, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type { SavedQuestion } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { SAVED_KEY, useSaved } from "./asking";
import { BEHIND } from "./behind/showing";
import { changed, type Explore } from "./explore";
import { journeysWords } from "./journeysWords";

interface SavedButtonProps {
  readonly explore: Explore;
  readonly onSave: () => void;
}

/** Saves the question of the page; one that is saved is marked, and can be removed. */
export function SavedButton({ explore, onSave }: SavedButtonProps) {
  const words = useWords(journeysWords);
  const client = useQueryClient();
  const saved = useSaved().data?.find((each) => isSame(each, explore));
  const removing = useMutation({
    mutationFn: (number: number) =>
      answer(api.DELETE("/api/journeys/saved/{saved}", { params: { path: { saved: number } } })),
    onSettled: () => askAgain(client, { queryKey: SAVED_KEY }),
  });
  if (saved === undefined) {
    return (
      <Tooltip label={words.actions.save}>
        <ActionIcon variant="default" size="lg" aria-label={words.actions.save} aria-haspopup="dialog" onClick={onSave}>
          <IconBookmark size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={saved.name} loading={removing.isPending}>
          <IconBookmarkFilled size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{saved.name}</Menu.Label>
        <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => removing.mutate(saved.saved)}>
          {words.actions.remove(saved.name)}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function isSame(saved: SavedQuestion, { question, params }: Explore): boolean {
  return (
    saved.question === question && inOrder(saved.parameters) === inOrder(changed(params, { [BEHIND]: null }).toString())
  );
}

function inOrder(parameters: string): string {
  return [...new URLSearchParams(parameters)]
    .map((each) => each.join("="))
    .sort()
    .join("&");
}
