import { ActionIcon, Autocomplete, Group, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { addPersona } from "../model/commands/personas";
import { remove } from "../model/commands/remove";
import { rename } from "../model/commands/rename";
import { SHORT } from "../model/shape";
import { useChildren, useFields } from "../reading";
import { useDocuments, useIsGone } from "./asking";
import { Said } from "./Said";

/** The personas on the map: those of the library by their id, and the map's own. */
export function PersonasField() {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const personas = useChildren("personas");
  const library = useDocuments("persona").filter((each) => !personas.includes(each.id));
  const [draft, setDraft] = useState("");
  const add = (text: string): void => {
    const known = library.find((each) => each.name === text);
    if (text.trim() !== "") addPersona(editing, known === undefined ? { name: text.trim() } : { id: known.id });
    setDraft("");
  };
  return (
    <Stack gap={4} role="group" aria-label={words.personas}>
      <Text size="xs" fw={500}>
        {words.personas}
      </Text>
      {personas.map((persona) => (
        <PersonaLine key={persona} persona={persona} />
      ))}
      {mayWrite && (
        <Autocomplete
          size="xs"
          aria-label={words.personaName}
          placeholder={words.addPersona}
          data={[...new Set(library.map((each) => each.name))]}
          value={draft}
          onChange={setDraft}
          onOptionSubmit={add}
          onKeyDown={(event) => {
            if (event.key === "Enter" && draft !== "") add(draft);
          }}
        />
      )}
    </Stack>
  );
}

function PersonaLine({ persona }: { readonly persona: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const fields = useFields("personas", persona);
  const library = useDocuments("persona");
  const isNamedOnly = fields[SHORT] === true;
  const isGone = useIsGone("persona", persona, isNamedOnly);
  const name = isNamedOnly
    ? (library.find((each) => each.id === persona)?.name ?? persona)
    : String(fields.name ?? persona);
  return (
    <Group gap={4} wrap="nowrap">
      <div style={{ flex: 1 }}>
        {isNamedOnly ? (
          <Text size="xs">{isGone ? words.goneFromLibrary(name) : name}</Text>
        ) : (
          <Said
            label={`${words.persona}: ${name}`}
            isHidden
            value={name}
            onSay={(text) => rename(editing, "personas", persona, text)}
          />
        )}
      </div>
      {mayWrite && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`${words.remove}: ${name}`}
          onClick={() => remove(editing, "personas", persona)}
        >
          <IconTrash size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}
