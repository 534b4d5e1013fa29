import { Autocomplete, Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { now } from "../base/api/clock";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { DayField } from "../base/DayField";
import { todayIn } from "../base/days";
import { Failed } from "../base/states/Failed";
import { isChanged } from "../base/unsaved/isChanged";
import { unasked } from "../base/unsaved/unasked";
import { useTellUnsaved, useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { useZone } from "../base/zone";
import { useLog, useTaxonomyNames, useWithdraw } from "./askingByHand";
import { identityWords } from "./identityWords";

interface LogDialogProps {
  readonly customer: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const HELD_BY = ["log"];

/** A talk in a store, a call to a private number: what somebody saw or was told about a customer, and no system has. */
export function LogDialog({ customer, opened, onClose }: LogDialogProps) {
  const words = useWords(identityWords).byHand;
  const base = useWords(baseWords);
  const [isUnsaved, setUnsaved] = useState(false);
  const { ask, guard } = useUnsaved(isUnsaved, HELD_BY);
  const close = (): void => ask(onClose);
  return (
    <Modal
      closeOnEscape={false}
      onKeyDown={byEscape(close)}
      opened={opened}
      onClose={close}
      title={words.title}
      closeButtonProps={{ "aria-label": base.close }}
    >
      {opened && <LogForm customer={customer} onClose={() => unasked(onClose)} onUnsaved={setUnsaved} />}
      {guard}
    </Modal>
  );
}

interface LogFormProps {
  readonly customer: string;
  readonly onClose: () => void;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

function LogForm({ customer, onClose, onUnsaved }: LogFormProps) {
  const words = useWords(identityWords).byHand;
  const base = useWords(baseWords);
  const zone = useZone();
  const names = useTaxonomyNames().data;
  const log = useLog(customer);
  const takeBack = useWithdraw();
  const [begun] = useState(() => ({ touchpoint: "", channel: "", text: "", ...nowIn(zone) }));
  const [said, setSaid] = useState(begun);
  useTellUnsaved(isChanged(begun, said), onUnsaved);
  const ready = [said.touchpoint, said.channel, said.day, said.time].every((each) => each.trim() !== "");

  function choose(touchpoint: string) {
    const usual = names?.touchpoints.find((each) => each.name === touchpoint)?.channel;
    setSaid({ ...said, touchpoint, channel: said.channel === "" && usual != null ? usual : said.channel });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const { day, time, ...rest } = said;
    log.mutate({ ...rest, at: `${day}T${time}` }, { onSuccess: ({ number }) => tell(number) });
  }

  function tell(number: number) {
    const id = `logged-${String(number)}`;
    const undo = () => {
      notifications.hide(id);
      takeBack(number);
    };
    notifications.show({
      id,
      color: "path",
      message: (
        <Group justify="space-between" wrap="nowrap">
          <span>{words.logged(said.touchpoint)}</span>
          <Button size="compact-xs" variant="default" onClick={undo}>
            {words.takeBack}
          </Button>
        </Group>
      ),
    });
    onClose();
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.lead}
        </Text>
        <Autocomplete
          label={words.touchpoint}
          limit={40}
          data={names?.touchpoints.map((each) => each.name) ?? []}
          value={said.touchpoint}
          onChange={choose}
        />
        <Autocomplete
          label={words.channel}
          limit={40}
          data={[...new Set([...(names?.channels.map((each) => each.name) ?? []), "store", "phone"])]}
          value={said.channel}
          onChange={(channel) => setSaid({ ...said, channel })}
        />
        <Group grow align="flex-start">
          <DayField label={words.day} value={said.day} required onChange={(day) => setSaid({ ...said, day })} />
          <TextInput
            type="time"
            label={words.time(zone)}
            value={said.time}
            onChange={(event) => setSaid({ ...said, time: event.currentTarget.value })}
          />
        </Group>
        <Textarea
          label={words.note}
          autosize
          minRows={2}
          maxRows={8}
          value={said.text}
          onChange={(event) => setSaid({ ...said, text: event.currentTarget.value })}
        />
        {log.error !== null && <Failed error={log.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {base.cancel}
          </Button>
          <Button type="submit" loading={log.isPending} disabled={!ready}>
            {words.log}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The day and the time of now, by the clock of a zone. */
function nowIn(zone: string): { readonly day: string; readonly time: string } {
  const write = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return { day: todayIn(zone), time: write.format(now()) };
}
