import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { MapCard } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { useJourneys } from "../asking";
import { mapsWords } from "../mapsWords";
import { ATTENTIONS, FILTERS } from "./filter";
import { scopeName, scopesOf } from "./scopes";

/** Search and filters of the library; what is chosen is in the address. */
export function LibraryFilters({ all }: { readonly all: readonly MapCard[] }) {
  const words = useWords(mapsWords);
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState(params.get("search") ?? "");
  const choose = (name: string, value: string | null): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const searchLater = useDebouncedCallback((value: string) => choose("search", value), 250);
  const tags = [...new Set(all.flatMap((card) => card.tags))].sort();
  const personas = new Map(all.flatMap((card) => card.personas.map((each) => [each.id, each.name] as const)));
  const journeys = new Set(all.flatMap((card) => (card.journey === null ? [] : [card.journey])));
  const journeyNames = new Map((useJourneys().data ?? []).map((each) => [each.id, each.name] as const));
  const scopes = new Map(all.flatMap((card) => scopesOf(card).map((each) => [scopeName(each), each] as const)));
  const any = [...FILTERS, "scope", "attention"].some((name) => params.has(name));
  const select = (name: string, label: string, data: readonly { value: string; label: string }[]) => (
    <Select
      key={name}
      aria-label={label}
      placeholder={label}
      data={data}
      value={params.get(name)}
      onChange={(value) => choose(name, value)}
      clearable
      size="sm"
      flex={{ base: "1 1 calc(50% - 5px)", xs: "1 1 152px" }}
      maw={{ xs: 172 }}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
    />
  );
  return (
    <Group gap="xs">
      <TextInput
        type="search"
        aria-label={words.searchMaps}
        placeholder={words.searchMaps}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          searchLater(event.currentTarget.value);
        }}
        w={{ base: "100%", sm: 280 }}
      />
      {select("level", words.level, options(words.levels))}
      {select("state", words.state, options(words.states))}
      {tags.length > 0 &&
        select(
          "tag",
          words.tag,
          tags.map((value) => ({ value, label: value })),
        )}
      {personas.size > 0 &&
        select(
          "persona",
          words.persona,
          [...personas].map(([value, label]) => ({ value, label })),
        )}
      {journeys.size > 0 &&
        select(
          "journey",
          words.journeyLabel,
          [...journeys].map((value) => ({ value, label: journeyNames.get(value) ?? value })),
        )}
      {scopes.size > 0 &&
        select(
          "scope",
          words.scope,
          [...scopes].map(([value, { kind, text }]) => ({
            value,
            label: text === "" ? words.scopes[kind] : `${words.scopes[kind]}: ${text}`,
          })),
        )}
      {select(
        "attention",
        words.attention,
        ATTENTIONS.map((value) => ({ value, label: words.attentions[value] })),
      )}
      {any && (
        <Button
          variant="subtle"
          size="sm"
          onClick={() => {
            setSearch("");
            setParams({}, { replace: true });
          }}
        >
          {words.clearFilters}
        </Button>
      )}
    </Group>
  );
}

function options(names: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
