import { Button, Drawer, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { useMay } from "../base/me";
import { useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";
import { NewTaskForm } from "./NewTaskForm";

interface NewTaskProps {
  readonly opportunities: readonly OpportunityAnswer[];
  readonly departments?: readonly string[];
  /** The solution that it is for, where that is clear. */
  readonly solution?: string;
  readonly isSmall?: boolean;
}

const HELD_BY = ["tab", "opportunity"];

/** A button that opens the form for a new task; for those who may draw. */
export function NewTask({ opportunities, departments = [], solution, isSmall = false }: NewTaskProps) {
  const words = useWords(improveWords);
  const base = useWords(baseWords);
  const may = useMay("draw");
  const [isOpen, setOpen] = useState(false);
  const [isUnsaved, setUnsaved] = useState(false);
  const { ask, guard } = useUnsaved(isUnsaved, HELD_BY);
  const close = (): void => ask(() => setOpen(false));
  if (!may) return null;
  return (
    <>
      <Button
        size={isSmall ? "compact-xs" : "xs"}
        variant={isSmall ? "subtle" : "filled"}
        leftSection={<IconPlus size={14} />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {words.newTask}
      </Button>
      <Drawer
        closeOnEscape={false}
        onKeyDown={byEscape(close)}
        opened={isOpen}
        onClose={close}
        size="sm"
        closeButtonProps={{ "aria-label": base.close }}
        title={<Text fw={620}>{words.newTask}</Text>}
      >
        {isOpen && (
          <NewTaskForm
            opportunities={opportunities}
            departments={departments}
            onClose={() => setOpen(false)}
            onUnsaved={setUnsaved}
            {...(solution !== undefined && { solution })}
          />
        )}
        {guard}
      </Drawer>
    </>
  );
}
