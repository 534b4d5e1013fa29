import { Combobox, Textarea, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { answer, api } from "../../base/api/client";
import { MAPS_KEY } from "../asking";
import { type Mentionable, matching, typedMention, withMention } from "./mentions";

/** Who can be named. */
export function usePeople(): readonly Mentionable[] {
  const people = useQuery({
    queryKey: [...MAPS_KEY, "people"],
    queryFn: ({ signal }) => answer(api.GET("/api/maps/people", { signal })),
    staleTime: 300_000,
  });
  return people.data?.people ?? [];
}

interface MentionAreaProps {
  readonly value: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
}

/** A text in which @ offers people; Ctrl+Enter sends it. */
export function MentionArea({ value, label, onChange, onSend }: MentionAreaProps) {
  const people = usePeople();
  const area = useRef<HTMLTextAreaElement>(null);
  const combobox = useCombobox();
  const cursor = area.current?.selectionStart ?? value.length;
  const typed = typedMention(value, cursor);
  const offered = typed === undefined ? [] : matching(people, typed).slice(0, 6);
  const { dropdownOpened, selectFirstOption } = combobox;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each letter other people are offered
  useEffect(() => {
    if (dropdownOpened) selectFirstOption();
  }, [typed, dropdownOpened]);
  const choose = (name: string): void => {
    const next = withMention(value, cursor, name);
    onChange(next.text);
    combobox.closeDropdown();
    requestAnimationFrame(() => area.current?.setSelectionRange(next.cursor, next.cursor));
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target withKeyboardNavigation={offered.length > 0}>
        <Textarea
          ref={area}
          aria-label={label}
          placeholder={label}
          value={value}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={10_000}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            const { selectionStart } = event.currentTarget;
            if (typedMention(event.currentTarget.value, selectionStart) === undefined) combobox.closeDropdown();
            else combobox.openDropdown();
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            onSend();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options>
          {offered.map((each) => (
            <Combobox.Option key={each.person} value={each.name}>
              {each.name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
