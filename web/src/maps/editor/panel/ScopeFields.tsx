import { Autocomplete, Checkbox, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { useLibrary } from "../../asking";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setScope } from "../model/commands/head";
import { type Fields, isFields } from "../model/shape";
import { useRead } from "../reading";
import { useConditionCount } from "./asking";
import { Said } from "./Said";

const NAMES = ["segment", "product", "market"] as const;
const NOBODY: Fields = {};

/** Whom the map is about: segment, product, market, the company's own people, and a condition that picks their journeys. */
export function ScopeFields() {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const scope = useRead((store) => (isFields(store.root.scope) ? store.root.scope : NOBODY));
  const cards = useLibrary().data?.maps ?? [];
  const known = (name: (typeof NAMES)[number]): string[] => [
    ...new Set(cards.flatMap((card) => card.scope[name] ?? []).filter((each) => each !== "")),
  ];
  return (
    <Stack gap={6} role="group" aria-label={words.scope}>
      <Text size="xs" fw={500}>
        {words.scope}
      </Text>
      {NAMES.map((name) => (
        <Autocomplete
          key={name}
          size="xs"
          aria-label={words[name]}
          placeholder={words[name]}
          readOnly={!mayWrite}
          data={known(name)}
          value={String(scope[name] ?? "")}
          onChange={(text) => setScope(editing, name, text === "" ? undefined : text)}
          onBlur={() => editing.part()}
        />
      ))}
      <Checkbox
        size="xs"
        label={words.employees}
        disabled={!mayWrite}
        checked={scope.employees === true}
        onChange={(event) => setScope(editing, "employees", event.currentTarget.checked ? true : undefined)}
      />
      {(scope.where === undefined || typeof scope.where === "string") && (
        <Said
          label={words.scopeWhere}
          placeholder="channel = app"
          value={String(scope.where ?? "")}
          onSay={(text) => setScope(editing, "where", text === "" ? undefined : text)}
        />
      )}
      <Met where={typeof scope.where === "string" ? scope.where : ""} />
    </Stack>
  );
}

/** How many interactions and customers the condition picks, or why it cannot be read. */
function Met({ where }: { readonly where: string }) {
  const words = useWords(editorWords);
  const format = useFormat();
  const [settled] = useDebouncedValue(where.trim(), 400);
  const { data, error } = useConditionCount(settled);
  if (settled === "") return null;
  if (error !== null) {
    return (
      <Text size="xs" c="red" role="alert">
        {error.message}
      </Text>
    );
  }
  if (data === undefined) return null;
  const few = data.interactions === null || data.customers === null;
  return (
    <Text size="xs" c="dimmed">
      {few
        ? words.bindingFew
        : words.bindingCount(format.count(data.interactions ?? 0), format.count(data.customers ?? 0))}
    </Text>
  );
}
