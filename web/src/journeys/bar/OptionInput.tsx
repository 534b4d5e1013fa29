import { Checkbox, MultiSelect, Select } from "@mantine/core";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useFields, useValues } from "../asking";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import type { QuestionOption } from "../questions";
import type { JourneysWords } from "../words.en";
import { TypedOption } from "./TypedOption";

/** Letters of a choice for which a narrow field has room. */
const SHORT = 15;
/** The choice that names members of staff: for those who may see customers. */
const STAFF = "agent";

interface OptionInputProps {
  readonly option: QuestionOption;
  readonly explore: Explore;
  readonly names: VocabularyNames;
}

/** The input of one option, by what it takes. */
export function OptionInput({ option, explore, names }: OptionInputProps) {
  const words = useWords(journeysWords);
  const seesCustomers = useMay("see_customers");
  const { params, set } = explore;
  const label = words.options[option.name as keyof JourneysWords["options"]];
  const said = params.get(option.name);
  const one = (value: string | null) => set({ [option.name]: value === option.usual ? null : value });
  const common = { label, size: "xs" as const };
  switch (option.kind) {
    case "choice": {
      const told = (value: string) =>
        option.name === "repeats" && value === "kept"
          ? words.repeatsKept
          : words.choices[value as keyof JourneysWords["choices"]];
      const allowed = option.values.filter((value) => seesCustomers || value !== STAFF || value === said);
      const data = allowed.map((value) => ({ value, label: told(value) }));
      const isOptional = option.usual === "";
      return (
        <Select
          {...common}
          w={data.some((each) => each.label.length > SHORT) ? 190 : 150}
          data={data}
          value={said ?? (isOptional ? null : (option.usual ?? null))}
          placeholder={words.none}
          clearable={isOptional}
          allowDeselect={isOptional}
          onChange={one}
        />
      );
    }
    case "touchpoints":
    case "channels": {
      const known = (option.kind === "channels" ? names.channels : names.touchpoints).map((each) => each.name);
      const chosen = params.getAll(option.name);
      return (
        <MultiSelect
          {...common}
          miw={190}
          maw={760}
          data={[...new Set([...known, ...chosen])]}
          value={chosen}
          searchable
          clearable
          hidePickedOptions
          placeholder={chosen.length === 0 ? words.optionPlaceholder : ""}
          onChange={(values) => set({ [option.name]: values })}
        />
      );
    }
    case "touchpoint":
      return (
        <Select
          {...common}
          w={220}
          data={[...new Set([...names.touchpoints.map((each) => each.name), ...(said === null ? [] : [said])])]}
          value={said}
          searchable
          onChange={one}
        />
      );
    case "teams":
      return <TeamsInput option={option} explore={explore} label={label} />;
    case "field":
    case "fields":
      return <FieldInput option={option} explore={explore} label={label} />;
    case "flag":
      return (
        <Checkbox
          size="xs"
          pb={6}
          label={label}
          checked={said === "true"}
          onChange={(event) => one(event.currentTarget.checked ? "true" : null)}
        />
      );
    default:
      return <TypedOption option={option} label={label} said={said} names={names} onSaid={one} />;
  }
}

interface OwnInputProps {
  readonly option: QuestionOption;
  readonly explore: Explore;
  readonly label: string;
}

function TeamsInput({ option, explore, label }: OwnInputProps) {
  const words = useWords(journeysWords);
  const teams = (useValues("team", "", true).data ?? []).map((each) => each.value);
  const chosen = explore.params.getAll(option.name);
  return (
    <MultiSelect
      size="xs"
      label={label}
      miw={150}
      maw={460}
      data={[...new Set([...teams, ...chosen])]}
      value={chosen}
      searchable
      clearable
      hidePickedOptions
      placeholder={chosen.length === 0 ? words.optionPlaceholder : ""}
      onChange={(values) => explore.set({ [option.name]: values })}
    />
  );
}

function FieldInput({ option, explore, label }: OwnInputProps) {
  const words = useWords(journeysWords);
  const seesCustomers = useMay("see_customers");
  const fields = (useFields().data ?? []).filter(
    (each) => each.kind !== "number" && each.kind !== "time" && !each.single && (seesCustomers || !each.staff),
  );
  const chosen = explore.params.getAll(option.name);
  const usual = option.usual === undefined ? [] : [option.usual];
  const data = [...new Set([...usual, ...fields.map((each) => each.name), ...chosen])];
  if (option.kind === "fields") {
    return (
      <MultiSelect
        size="xs"
        label={label}
        miw={190}
        maw={460}
        data={data}
        value={chosen}
        searchable
        clearable
        hidePickedOptions
        placeholder={chosen.length === 0 ? words.optionPlaceholder : ""}
        onChange={(values) => explore.set({ [option.name]: values })}
      />
    );
  }
  return (
    <Select
      size="xs"
      label={label}
      w={170}
      data={data}
      value={chosen[0] ?? option.usual ?? null}
      placeholder={words.none}
      searchable
      clearable={option.usual === undefined}
      allowDeselect={option.usual === undefined}
      onChange={(value) => explore.set({ [option.name]: value === option.usual ? null : value })}
    />
  );
}
