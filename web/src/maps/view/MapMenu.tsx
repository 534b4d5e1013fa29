import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { baseWords } from "../../base/baseWords";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { CopyItems } from "../copying/CopyItems";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";

interface MapMenuProps {
  readonly id: string;
  readonly version: number;
  readonly outline: MapOutline;
}

/** What is seldom done with a map: duplicate it, draw its future state, delete it, with a way back. */
export function MapMenu({ id, version, outline }: MapMenuProps) {
  const { title, state, future } = outline;
  const words = useWords(mapsWords);
  const base = useWords(baseWords);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const path = { kind: "map", ident: id };
  const again = (): Promise<void> => askAgain(client, { queryKey: MAPS_KEY });
  const undo = async (): Promise<void> => {
    await answer(api.POST("/api/maps/documents/{kind}/{ident}/restore", { params: { path }, body: { version } }));
    await again();
    await navigate(`/maps/${id}`);
  };
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/maps/documents/{kind}/{ident}", { params: { path } })),
    onSuccess: async () => {
      await navigate("/maps");
      await again();
      notifications.show({
        message: (
          <Group justify="space-between">
            <Text size="sm">{words.deleted(title)}</Text>
            <Button size="compact-sm" variant="default" onClick={() => void undo()}>
              {words.undo}
            </Button>
          </Group>
        ),
        autoClose: 15_000,
      });
    },
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <CopyItems id={id} title={title} state={state} future={future} />
          <Menu.Divider />
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={dialog.open}
          >
            {words.deleteMap}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={words.deleteTitle(title)}
        closeButtonProps={{ "aria-label": base.close }}
      >
        <Stack>
          <Text size="sm">{words.deleteText}</Text>
          {remove.error !== null && <Failed error={remove.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close} data-autofocus>
              {base.cancel}
            </Button>
            <Button color="red" onClick={() => remove.mutate()} loading={remove.isPending}>
              {words.deleteMap}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
