import { Alert, Anchor, Button, Collapse, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Link } from "react-router";
import type { CustomerAnswer, CutMade, IdentifierAnswer, TiedIdentifier } from "../base/api/schema.gen";
import { useMay } from "../base/me";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { type Two, useCut, useTakeBack } from "./asking";
import { Chain } from "./Chain";
import { CutDialog } from "./CutDialog";
import { Cuts } from "./Cuts";
import classes from "./Identifiers.module.css";
import { identityWords, typeName } from "./identityWords";
import { Refused } from "./Refused";
import { Section } from "./Section";

/** Two identifiers that somebody wants to keep apart. */
export interface Pair {
  readonly first: IdentifierAnswer;
  readonly second: IdentifierAnswer;
}

/** All identifiers, why they are one person, and what can be done about it. */
export function Identifiers({ found }: { readonly found: CustomerAnswer }) {
  const words = useWords(identityWords);
  const [asked, setAsked] = useState<Pair>();
  const [made, setMade] = useState<CutMade & Two>();
  const takeBack = useTakeBack(() => setMade(undefined));
  const cut = useCut(() => undefined);

  function keepApart(pair: Pair) {
    const two = { first: pair.first.number, second: pair.second.number };
    cut.mutate(two, {
      onSuccess: (done) => {
        setMade({ ...done, ...two });
        setAsked(undefined);
      },
    });
  }

  return (
    <Section title={words.identifiers}>
      <Stack gap="sm">
        {made !== undefined && <CutDone made={made} here={found.customer} onTakeBack={() => takeBack.mutate(made)} />}
        {takeBack.error !== null && <Failed error={takeBack.error} />}
        <ul className={classes.list}>
          {found.identifiers.map((each, place) => (
            <Tied key={each.identifier.number} tied={each} first={place === 0} onCut={setAsked} />
          ))}
        </ul>
        <Cuts cuts={found.cuts} onTakeBack={(two) => takeBack.mutate(two)} />
        <Refused refused={found.refused} />
      </Stack>
      <CutDialog
        pair={asked}
        error={cut.error}
        working={cut.isPending}
        onCut={keepApart}
        onClose={() => {
          setAsked(undefined);
          cut.reset();
        }}
      />
    </Section>
  );
}

interface TiedProps {
  readonly tied: TiedIdentifier;
  readonly first: boolean;
  readonly onCut: (pair: Pair) => void;
}

function Tied({ tied, first, onCut }: TiedProps) {
  const words = useWords(identityWords);
  const [opened, { toggle }] = useDisclosure(false);
  const mayCut = useMay("change_data");
  const { type, value } = tied.identifier;
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
        <div className={classes.identifier}>
          <Text size="xs" c="dimmed">
            {typeName(words, type)}
          </Text>
          <Text size="sm" className={classes.value}>
            {value}
          </Text>
        </div>
        {tied.chain.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={toggle}
            aria-expanded={opened}
            aria-label={words.whyOf(value)}
          >
            {words.why}
          </Button>
        )}
      </Group>
      {first && (
        <Text size="xs" c="dimmed">
          {words.whyNot}
        </Text>
      )}
      <Collapse expanded={opened}>
        <Chain chain={tied.chain} onCut={mayCut ? onCut : undefined} />
      </Collapse>
    </li>
  );
}

interface CutDoneProps {
  readonly made: CutMade;
  readonly here: string;
  readonly onTakeBack: () => void;
}

function CutDone({ made, here, onTakeBack }: CutDoneProps) {
  const words = useWords(identityWords);
  const other = made.first_customer === here ? made.second_customer : made.first_customer;
  return (
    <Alert variant="light" role="status" title={made.together ? words.cutDone : words.cutDoneBefore}>
      <Group gap="md">
        <Anchor component={Link} to={`/customers/${other}`} size="sm">
          {words.openOther}
        </Anchor>
        <Button size="compact-sm" variant="default" onClick={onTakeBack}>
          {words.takeBack}
        </Button>
      </Group>
    </Alert>
  );
}
