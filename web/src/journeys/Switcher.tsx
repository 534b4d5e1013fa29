import { Button, Kbd, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconBookmark, IconChevronDown, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useWords } from "../base/words";
import { addressOf } from "./addresses";
import { useSaved } from "./asking";
import type { Explore } from "./explore";
import { journeysWords } from "./journeysWords";
import { isQuestion, QUESTIONS } from "./questions";
import "@mantine/spotlight/styles.css";

const [store, spotlight] = createSpotlight();

/** The question that is asked, and by a press of `/` all others, and those that were saved. */
export function Switcher({ explore }: { readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const navigate = useNavigate();
  const saved = (useSaved().data ?? []).filter((each) => isQuestion(each.question));
  useHotkeys([["/", () => spotlight.open()]]);
  const asked = QUESTIONS.map((name) => ({
    id: name,
    label: words.questions[name].name,
    description: words.questions[name].answers,
    onClick: () => void navigate(addressOf(name, explore.params)),
  }));
  const kept = saved.map((each) => ({
    id: `saved-${String(each.saved)}`,
    label: each.name,
    description: isQuestion(each.question) ? words.questions[each.question].name : each.question,
    leftSection: <IconBookmark size={16} stroke={1.6} />,
    onClick: () => void navigate(`/explore/${each.question}?${each.parameters}`),
  }));
  return (
    <>
      <Button
        variant="default"
        size="md"
        onClick={spotlight.open}
        rightSection={<IconChevronDown size={16} />}
        aria-label={`${words.questions[explore.question].name}: ${words.switcher.open}`}
        aria-keyshortcuts="/"
        aria-haspopup="dialog"
      >
        {words.questions[explore.question].name}
        <Kbd size="xs" ml="sm" visibleFrom="sm">
          /
        </Kbd>
      </Button>
      <Spotlight
        store={store}
        shortcut={null}
        attributes={{ content: { "aria-label": words.switcher.open } }}
        scrollable
        maxHeight="min(640px, 70vh)"
        highlightQuery
        nothingFound={<Text size="sm">{words.switcher.nothing}</Text>}
        searchProps={{
          placeholder: words.switcher.find,
          "aria-label": words.switcher.find,
          leftSection: <IconSearch size={16} />,
        }}
        actions={[
          ...(kept.length > 0 ? [{ group: words.switcher.saved, actions: kept }] : []),
          { group: words.explore, actions: asked },
        ]}
      />
    </>
  );
}
