import { ActionIcon, Button, Group, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import type { ClaimView } from "../model/cells";
import { addClaim, addEvidence } from "../model/commands/claims";
import { addOpportunity, claimsToOpportunities } from "../model/commands/opportunities";
import { remove } from "../model/commands/remove";
import { setField } from "../model/commands/setField";
import { useAlike, useCell, useFields } from "../reading";
import { useNameOf } from "./asking";
import { EvidenceField } from "./EvidenceField";
import { NewOpportunity } from "./NewOpportunity";
import classes from "./panel.module.css";
import { Said } from "./Said";

/** What a cell says, each claim with how it is known. */
export function ClaimsField({ lane, step }: { readonly lane: string; readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const { claims } = useCell(lane, step);
  return (
    <Stack gap="xs" role="group" aria-label={words.claims}>
      <Text size="xs" fw={500}>
        {words.claims}
      </Text>
      {claims.map((claim) => (
        <ClaimField key={claim.id} claim={claim} lane={lane} step={step} />
      ))}
      {mayWrite && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => addClaim(editing, lane, step, words.claim)}
          >
            {words.addClaim}
          </Button>
        </div>
      )}
    </Stack>
  );
}

interface ClaimFieldProps {
  readonly claim: ClaimView;
  readonly lane: string;
  readonly step: string;
}

function ClaimField({ claim, lane, step }: ClaimFieldProps) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const { confidence } = claim.fields;
  return (
    <Stack gap={6} className={classes.entry}>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <div style={{ flex: 1 }}>
          <Said
            label={words.claim}
            isHidden
            lines
            value={claim.text}
            onSay={(text) => text.trim() !== "" && setField(editing, "claims", claim.id, "text", text)}
          />
        </div>
        {mayWrite && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.remove}: ${claim.text}`}
            onClick={() => remove(editing, "claims", claim.id)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      <Select
        size="xs"
        aria-label={words.confidence}
        placeholder={`${words.confidence}: ${words.unsaid}`}
        clearable
        readOnly={!mayWrite}
        data={[
          { value: "high", label: `${words.confidence}: ${words.high}` },
          { value: "medium", label: `${words.confidence}: ${words.medium}` },
          { value: "low", label: `${words.confidence}: ${words.low}` },
        ]}
        value={typeof confidence === "string" ? confidence : null}
        onChange={(value) => setField(editing, "claims", claim.id, "confidence", value ?? undefined)}
      />
      <ClaimOpportunities claim={claim} />
      {mayWrite && <MakeOpportunity claim={claim} lane={lane} step={step} />}
      {claim.evidence.length === 0 ? (
        <Text size="xs" c="dimmed">
          {words.assumption}
        </Text>
      ) : (
        claim.evidence.map((each) => <EvidenceField key={each.id} evidence={each} />)
      )}
      {mayWrite && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={13} />}
            onClick={() => addEvidence(editing, claim.id, { kind: "interview" })}
          >
            {words.addEvidence}
          </Button>
        </div>
      )}
    </Stack>
  );
}

/** A claim of a lane of opportunities becomes one; any other, such as a pain, leads to a new one. */
function MakeOpportunity({ claim, lane, step }: ClaimFieldProps) {
  const words = useWords(editorWords);
  const { editing } = useEditor();
  const isOne = useFields("lanes", lane).role === "opportunities";
  return (
    <NewOpportunity
      label={isOne ? words.makeOpportunity : words.newOpportunity}
      onMake={(title) => {
        if (isOne) claimsToOpportunities(editing, lane, step, [claim.id]);
        else addOpportunity(editing, title, { claim: claim.id });
      }}
      isAtOnce={isOne}
    />
  );
}

/** The opportunities that a pain leads to. */
function ClaimOpportunities({ claim }: { readonly claim: ClaimView }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const titleOf = useNameOf("opportunity");
  const data = useAlike((store) =>
    store.children("opportunities").map((id) => ({ id, own: store.fields("opportunities", id).title })),
  ).map(({ id, own }) => ({ value: id, label: titleOf(id, own) }));
  const said = claim.fields.opportunities;
  const chosen = Array.isArray(said) ? said.map(String) : [];
  if (data.length === 0) return null;
  return (
    <MultiSelect
      size="xs"
      aria-label={words.opportunities}
      placeholder={chosen.length === 0 ? words.opportunities : ""}
      searchable
      readOnly={!mayWrite}
      data={data}
      value={chosen.filter((id) => data.some((each) => each.value === id))}
      onChange={(ids) => setField(editing, "claims", claim.id, "opportunities", ids.length === 0 ? undefined : ids)}
    />
  );
}
