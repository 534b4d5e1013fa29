import { Button, Text } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import type { LinkAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import type { Pair } from "./Identifiers";
import classes from "./Identifiers.module.css";
import { identityWords } from "./identityWords";

interface ChainProps {
  readonly chain: readonly LinkAnswer[];
  /** Left out where the person may not cut. */
  readonly onCut?: ((pair: Pair) => void) | undefined;
}

/** The evidence that ties an identifier to the strongest one, link by link. */
export function Chain({ chain, onCut }: ChainProps) {
  return (
    <ol className={classes.chain}>
      {chain.map((link) => (
        <li key={`${link.first.number}-${link.second.number}`}>
          <LinkLine link={link} onCut={onCut} />
        </li>
      ))}
    </ol>
  );
}

/** Two identifiers that were seen together: how often, when, in which sources. */
export function LinkLine({
  link,
  onCut,
}: {
  readonly link: LinkAnswer;
  readonly onCut?: ((pair: Pair) => void) | undefined;
}) {
  const words = useWords(identityWords);
  const format = useFormat();
  const first = format.day(link.first_at);
  const last = format.day(link.last_at);
  const times = link.observations === 1 ? words.once : words.times(format.count(link.observations));
  return (
    <>
      <Text size="xs" className={classes.value}>
        {link.first.value} <IconLink size={11} aria-hidden /> {link.second.value}
      </Text>
      <Text size="xs" c="dimmed">
        {words.link(times, link.sources.join(", "))}, {first === last ? words.on(first) : words.between(first, last)}
      </Text>
      {onCut !== undefined && (
        <Button size="compact-xs" variant="default" mt={2} aria-haspopup="dialog" onClick={() => onCut(link)}>
          {words.cutHere}
        </Button>
      )}
    </>
  );
}
