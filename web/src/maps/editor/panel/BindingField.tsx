import { MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { ApiError, SMALL_GROUP } from "../../../base/api/errors";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setBinding } from "../model/commands/binding";
import { isFields } from "../model/shape";
import { useFields } from "../reading";
import { useConditionCount, useTouchpoints } from "./asking";
import { conditionOf, touchpointsIn } from "./conditions";
import { Said } from "./Said";

/** Which interactions count as reaching a step: touchpoints that are picked, or a condition; with how many there are. */
export function BindingField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const format = useFormat();
  const { editing, mayWrite } = useEditor();
  const binding = useFields("steps", step).binding;
  const said = isFields(binding) ? binding : undefined;
  const where = said === undefined ? "" : typeof said.where === "string" ? said.where : JSON.stringify(said.where);
  const isText = said === undefined || typeof said.where === "string";
  const count = said?.count === "once" ? "once" : "each";
  const touchpoints = touchpointsIn(where);
  const known = useTouchpoints();
  const names = new Set([...known.map((each) => each.name), ...(touchpoints ?? [])]);
  const counts = new Map(known.map((each) => [each.name, each.interactions]));
  const say = (text: string): void => setBinding(editing, step, text === "" ? undefined : { where: text, count });
  return (
    <Stack gap={6} role="group" aria-label={words.binding}>
      <div>
        <Text size="xs" fw={500}>
          {words.binding}
        </Text>
        <Text size="xs" c="dimmed">
          {words.bindingHint}
        </Text>
      </div>
      {touchpoints !== undefined && (
        <MultiSelect
          size="xs"
          aria-label={words.bindingTouchpoint}
          placeholder={touchpoints.length === 0 ? words.bindingTouchpoint : ""}
          searchable
          readOnly={!mayWrite}
          data={[...names].map((name) => ({
            value: name,
            label: counts.has(name) ? `${name} (${format.count(counts.get(name) ?? 0)})` : name,
          }))}
          value={[...touchpoints]}
          onChange={(list) => say(conditionOf(list))}
        />
      )}
      {isText && (
        <Said label={words.bindingText} isHidden placeholder={words.bindingText} lines value={where} onSay={say} />
      )}
      {!isText && (
        <Text size="xs" ff="monospace">
          {where}
        </Text>
      )}
      {said !== undefined && isText && <CountLine where={where} />}
      {said !== undefined && (
        <SegmentedControl
          size="xs"
          orientation="vertical"
          fullWidth
          readOnly={!mayWrite}
          value={count}
          onChange={(value) =>
            setBinding(editing, step, { where: said.where ?? "", count: value === "once" ? "once" : "each" })
          }
          data={[
            { value: "each", label: words.bindingEach },
            { value: "once", label: words.bindingOnce },
          ]}
        />
      )}
    </Stack>
  );
}

/** How many interactions meet a condition now; why it cannot be read. */
function CountLine({ where }: { readonly where: string }) {
  const words = useWords(editorWords);
  const format = useFormat();
  const [settled] = useDebouncedValue(where, 300);
  const { data, error } = useConditionCount(settled);
  if (error instanceof ApiError && error.status !== 0) {
    return (
      <Text size="xs" c={error.code === SMALL_GROUP ? "dimmed" : "red"} role="status">
        {error.code === SMALL_GROUP ? words.bindingFew : error.message}
      </Text>
    );
  }
  if (data === undefined) return null;
  const told =
    data.interactions === 0
      ? words.bindingNothing
      : words.bindingCount(format.count(data.interactions), format.count(data.customers));
  return (
    <Text size="xs" role="status">
      {data.missing.length > 0 ? `${told} ${words.bindingMissing(data.missing.join(", "))}` : told}
    </Text>
  );
}
