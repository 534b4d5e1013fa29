import { SegmentedControl, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTags } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { TaxonomyView } from "../base/api/schema.gen";
import { useMay } from "../base/me";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { useSaveTaxonomy, useTaxonomy } from "./askingNames";
import { NamesTable } from "./NamesTable";
import { ProposedNames } from "./ProposedNames";
import { SaveBar } from "./SaveBar";
import { StagesEditor } from "./StagesEditor";
import { sourcesWords } from "./sourcesWords";
import { countChanges, type Draft, draftOf, type Kind, saidOf } from "./taxonomy";

/** Touchpoints, channels and stages: renamed, joined, grouped; nothing counts before it is saved. */
export function NamesEditor() {
  const words = useWords(sourcesWords);
  return (
    <Asked query={useTaxonomy()} lines={10}>
      {(view) =>
        view.touchpoints.length === 0 ? (
          <Empty icon={<IconTags size={36} stroke={1.3} />} title={words.noNames}>
            {words.noNamesHint}
          </Empty>
        ) : (
          <Editor key={view.revision} view={view} />
        )
      }
    </Asked>
  );
}

function Editor({ view }: { readonly view: TaxonomyView }) {
  const words = useWords(sourcesWords);
  const mayChange = useMay("change_data");
  const before = draftOf(view);
  const [draft, setDraft] = useState<Draft>(before);
  const [search, setSearch] = useSearchParams();
  const kind: Kind = search.get("of") === "channels" ? "channels" : "touchpoints";
  const save = useSaveTaxonomy(() => notifications.show({ message: words.saved }));
  const changes = countChanges(draft, before);
  const { guard } = useUnsaved(changes > 0);
  return (
    <Stack gap="xl">
      <Text size="sm" c="dimmed" maw={760}>
        {words.namesLead}
      </Text>
      {mayChange && <ProposedNames draft={draft} onChange={setDraft} />}
      <StagesEditor draft={draft} mayChange={mayChange} onChange={setDraft} />
      <Stack gap="md">
        <SegmentedControl
          w="fit-content"
          size="xs"
          value={kind}
          onChange={(chosen) => setSearch(chosen === "channels" ? { of: chosen } : {}, { replace: true })}
          data={[
            { value: "touchpoints", label: words.touchpoints },
            { value: "channels", label: words.channels },
          ]}
        />
        <NamesTable key={kind} kind={kind} draft={draft} mayChange={mayChange} onChange={setDraft} />
      </Stack>
      {changes > 0 && (
        <SaveBar
          changes={changes}
          saving={save.isPending}
          error={save.error}
          onSave={() => save.mutate(saidOf(draft, view.revision))}
          onDrop={() => {
            setDraft(before);
            save.reset();
          }}
        />
      )}
      {guard}
    </Stack>
  );
}
