import { Collapse, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { RefusedAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { LinkLine } from "./Chain";
import classes from "./Identifiers.module.css";
import { identityWords } from "./identityWords";

/** What was seen together with the customer and was not joined, with the reason. */
export function Refused({ refused }: { readonly refused: readonly RefusedAnswer[] }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure(false);
  if (refused.length === 0) return null;
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={opened} fz="xs" fw={550}>
        <Chevron size={13} aria-hidden style={{ verticalAlign: "-2px" }} />{" "}
        {words.refused(format.count(refused.length))}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <ul className={classes.chain}>
          {refused.map((each) => (
            <li key={`${each.link.first.number}-${each.link.second.number}`}>
              <LinkLine link={each.link} />
              <Text size="xs">{each.reason}</Text>
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  );
}
