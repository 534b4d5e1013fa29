import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useWords } from "../base/words";
import classes from "./CustomerTimeline.module.css";
import { identityWords } from "./identityWords";

const LONG = 240;

/** What was said or written; a long text is cut until it is opened. */
export function SaidText({ text }: { readonly text: string }) {
  const words = useWords(identityWords);
  const [opened, { toggle }] = useDisclosure(false);
  const long = text.length > LONG || text.split("\n").length > 3;
  return (
    <>
      <blockquote className={classes.said} data-clamped={long && !opened}>
        {text}
      </blockquote>
      {long && (
        <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={opened}>
          {opened ? words.less : words.more}
        </Button>
      )}
    </>
  );
}
