import { ActionIcon, Group, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { IconTrash, IconX } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { remove } from "../model/commands/remove";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { SHORT } from "../model/shape";
import { useFields } from "../reading";
import { useDocuments } from "./asking";
import { FigureFields } from "./FigureFields";
import { useMetricNames } from "./metricNames";
import { OwnerField } from "./OwnerField";
import { PainsField } from "./PainsField";
import classes from "./panel.module.css";
import { Said } from "./Said";
import { SolutionsField } from "./SolutionsField";

interface OpportunityFieldProps {
  readonly opportunity: string;
  /** Where it can be no longer named. */
  readonly onUnname?: () => void;
}

/** One opportunity: its title, and folded below it its figures, the pains behind it, its solutions and their tasks. */
export function OpportunityField({ opportunity, onUnname }: OpportunityFieldProps) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const fields = useFields("opportunities", opportunity);
  const library = useDocuments("opportunity");
  const isElsewhere = fields[SHORT] === true || fields.title === undefined;
  const title = isElsewhere
    ? (library.find((each) => each.id === opportunity)?.name ?? opportunity)
    : String(fields.title);
  return (
    <Stack gap={6} className={classes.entry} role="group" aria-label={title}>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <div style={{ flex: 1 }}>
          {isElsewhere ? (
            <Text size="xs">{title}</Text>
          ) : (
            <Said
              label={words.opportunity}
              isHidden
              lines
              value={title}
              onSay={(text) => rename(editing, "opportunities", opportunity, text)}
            />
          )}
        </div>
        {mayWrite && onUnname !== undefined && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.unname}: ${title}`}
            onClick={onUnname}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
        {mayWrite && !isElsewhere && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.remove}: ${title}`}
            onClick={() => remove(editing, "opportunities", opportunity)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      {isElsewhere ? (
        <Text size="xs" c="dimmed">
          {words.ofLibrary}
        </Text>
      ) : (
        <OpportunityDetails opportunity={opportunity} />
      )}
    </Stack>
  );
}

function OpportunityDetails({ opportunity }: { readonly opportunity: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const fields = useFields("opportunities", opportunity);
  const metrics = useMetricNames();
  const shallChange = Array.isArray(fields.metrics) ? fields.metrics.map(String) : [];
  return (
    <>
      <FigureFields opportunity={opportunity} />
      <PainsField opportunity={opportunity} />
      <Group gap={4} grow align="flex-start">
        <Select
          size="xs"
          label={words.state}
          allowDeselect={false}
          readOnly={!mayWrite}
          data={Object.entries(words.opportunityStates).map(([value, label]) => ({ value, label }))}
          value={String(fields.status ?? "open")}
          onChange={(value) => setField(editing, "opportunities", opportunity, "status", value ?? undefined)}
        />
        <OwnerField kind="opportunities" id={opportunity} />
      </Group>
      {metrics.length > 0 && (
        <MultiSelect
          size="xs"
          label={words.shallChange}
          readOnly={!mayWrite}
          data={[...metrics]}
          value={shallChange}
          onChange={(ids) =>
            setField(editing, "opportunities", opportunity, "metrics", ids.length === 0 ? undefined : ids)
          }
        />
      )}
      <SolutionsField opportunity={opportunity} />
    </>
  );
}
