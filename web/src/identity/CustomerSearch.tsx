import { CloseButton, Kbd, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useNavigate, useNavigationType } from "react-router";
import { baseWords } from "../base/baseWords";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { useSearch } from "./asking";
import { identityWords } from "./identityWords";
import { SearchResults } from "./SearchResults";

const SHORTEST = 3;
const PAUSE_MS = 250;

const NOTHING = { by: "", text: "", entered: "" };

/** What was searched last, and by whom; kept in memory only, for identifiers belong neither into addresses nor into the history. */
let searchedLast = NOTHING;

interface CustomerSearchProps {
  /** Whether nothing but the search is on the page: then it has the focus. */
  readonly first: boolean;
  /** What is shown while nothing is searched. */
  readonly children: ReactNode;
}

/** The field that finds a customer, and what it found in the place of the rest. */
export function CustomerSearch({ first, children }: CustomerSearchProps) {
  const words = useWords(identityWords);
  const base = useWords(baseWords);
  const navigate = useNavigate();
  const back = useNavigationType() === "POP";
  const { name } = useMe();
  const [before] = useState(first && back && searchedLast.by === name ? searchedLast : NOTHING);
  const [text, setText] = useState(before.text);
  const [entered, setEntered] = useState(before.entered);
  const [settled] = useDebouncedValue(text.trim(), PAUSE_MS);
  const asked = entered === text.trim() && entered !== "" ? entered : settled.length >= SHORTEST ? settled : "";
  const query = useSearch(asked);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);

  function open(customer: string) {
    searchedLast = { by: name, text, entered };
    setText("");
    void navigate(`/customers/${customer}`);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Escape") setText("");
    if (event.key === "ArrowDown") {
      event.preventDefault();
      results.current?.querySelector("a")?.focus();
    }
    if (event.key === "Enter") {
      const found = query.data?.customers[0];
      if (found !== undefined && asked === text.trim() && query.data?.customers.length === 1) open(found.customer);
      else setEntered(text.trim());
    }
  }

  return (
    <Stack gap="lg">
      <TextInput
        ref={field}
        size={first ? "md" : "sm"}
        maw={640}
        type="search"
        autoFocus={first}
        autoComplete="off"
        spellCheck={false}
        aria-label={words.search}
        placeholder={words.searchPlaceholder}
        leftSection={<IconSearch size={17} stroke={1.6} />}
        rightSection={
          text === "" ? (
            <Kbd size="xs">/</Kbd>
          ) : (
            <CloseButton size="sm" aria-label={base.close} onClick={() => setText("")} />
          )
        }
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div ref={results}>
        {asked !== "" && text.trim() !== "" ? (
          <SearchResults query={query} onOpen={open} onLeave={() => field.current?.focus()} />
        ) : (
          children
        )}
      </div>
    </Stack>
  );
}
