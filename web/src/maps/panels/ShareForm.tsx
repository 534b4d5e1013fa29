import { Alert, Button, CopyButton, Group, PasswordInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { now } from "../../base/api/clock";
import { Failed } from "../../base/states/Failed";
import { useTellUnsaved } from "../../base/unsaved/useUnsaved";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import { PartsChoice, shownParts } from "./PartsChoice";

const DAYS = [1, 7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

interface ShareFormProps {
  readonly map: string;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

/** What a link shall show, to whom, until when; its address is shown once. */
export function ShareForm({ map, onUnsaved }: ShareFormProps) {
  const words = useWords(mapsWords);
  const client = useQueryClient();
  const [label, setLabel] = useState("");
  const [password, setPassword] = useState("");
  const [days, setDays] = useState<string>("30");
  const [parts, setParts] = useState<readonly string[]>(["personas"]);
  useTellUnsaved(label.trim() !== "" || password !== "", onUnsaved);
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/maps/map/{ident}/shares", {
          params: { path: { ident: map } },
          body: {
            label,
            password: password || null,
            expires_at: days === "" ? null : new Date(now().getTime() + Number(days) * DAY_MS).toISOString(),
            ...shownParts(parts),
          },
        }),
      ),
    onSuccess: async () => {
      setLabel("");
      setPassword("");
      await askAgain(client, { queryKey: [...MAPS_KEY, "shares"] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={words.shareLabel}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          maxLength={200}
        />
        <PasswordInput
          label={words.sharePassword}
          description={words.sharePasswordHint}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": words.showPassword }}
        />
        <Select
          label={words.shareUntil}
          data={[
            ...DAYS.map((each) => ({ value: String(each), label: words.days(each) })),
            { value: "", label: words.forever },
          ]}
          value={days}
          onChange={(value) => setDays(value ?? "")}
          allowDeselect={false}
        />
        <PartsChoice parts={parts} onParts={setParts} />
        {make.error !== null && <Failed error={make.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            {words.makeLink}
          </Button>
        </Group>
        {make.data !== undefined && <Made address={new URL(make.data.address, location.origin).href} />}
      </Stack>
    </form>
  );
}

function Made({ address }: { readonly address: string }) {
  const words = useWords(mapsWords);
  return (
    <Alert color="teal" role="status">
      <Stack gap="xs">
        <Text size="sm">{words.linkOnce}</Text>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            readOnly
            value={address}
            aria-label={words.makeLink}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button size="xs" onClick={copy}>
                {copied ? words.copied : words.copy}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Alert>
  );
}
