import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { CustomerFacts, LastContact } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { useFacts } from "./asking";
import { ChannelIcon } from "./channels";
import classes from "./Facts.module.css";
import { FeelingMark } from "./FeelingMark";
import { identityWords } from "./identityWords";
import { useMoney } from "./money";
import { Section } from "./Section";

const DAY_MS = 86_400_000;

/** What an agent needs to know first. */
export function Facts({ customer }: { readonly customer: string }) {
  const words = useWords(identityWords);
  return (
    <Section title={words.facts}>
      <Asked query={useFacts(customer)} lines={6}>
        {(facts) => (
          <>
            <dl className={classes.facts}>
              <Fact name={words.lastContact}>
                {facts.last_contact ? <Contact contact={facts.last_contact} /> : words.noContact}
              </Fact>
              <Lately facts={facts} />
              <Answers facts={facts} />
              <Worth facts={facts} />
            </dl>
            <Notes facts={facts} />
          </>
        )}
      </Asked>
    </Section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Small({ children }: { readonly children: ReactNode }) {
  return (
    <Text component="span" size="xs" c="dimmed" display="block">
      {children}
    </Text>
  );
}

function Contact({ contact }: { readonly contact: LastContact }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const handled = [contact.team, contact.agent].filter((each) => each != null).join(", ");
  const rest = [
    format.moment(contact.started_at),
    handled === "" ? "" : words.handledBy(handled),
    contact.outcome == null ? "" : words.ended(contact.outcome),
    contact.case == null ? "" : words.caseNumber(contact.case),
    contact.interactions > 1 ? words.interactions(format.count(contact.interactions)) : "",
  ];
  return (
    <>
      <span className={classes.line}>
        <ChannelIcon channel={contact.channel} /> {contact.touchpoint}
        <Text component="span" size="xs" c="dimmed">
          {contact.channel}
        </Text>
      </span>
      <Small>{rest.filter((part) => part !== "").join(" · ")}</Small>
    </>
  );
}

function Lately({ facts }: { readonly facts: CustomerFacts }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const since =
    facts.as_of == null ? undefined : format.day(new Date(Date.parse(facts.as_of) - facts.lately_days * DAY_MS));
  return (
    <Fact
      name={since === undefined ? words.contactsLately(format.count(facts.lately_days)) : words.contactsSince(since)}
    >
      {format.count(facts.contacts_lately)}
      <Small>
        {facts.contacts_lately > 0 &&
          `${words.ofWhichRepeats(format.count(facts.repeats_lately), format.count(facts.repeat_days))} · `}
        {words.contactsInAll(format.count(facts.contacts))}
      </Small>
    </Fact>
  );
}

function Answers({ facts }: { readonly facts: CustomerFacts }) {
  const words = useWords(identityWords);
  const format = useFormat();
  return (
    <>
      <Fact name={words.score}>
        {facts.score ? (
          <>
            {words.scored(facts.score.kind ?? words.scorePlain, format.number(facts.score.value))}
            <Small>{format.moment(facts.score.at)}</Small>
          </>
        ) : (
          words.unknown
        )}
      </Fact>
      <Fact name={words.sentiment}>
        {facts.sentiment ? (
          <>
            <FeelingMark value={facts.sentiment.value} />
            <Small>
              {[facts.sentiment.kind, format.moment(facts.sentiment.at)].filter((part) => part != null).join(" · ")}
            </Small>
          </>
        ) : (
          words.unknown
        )}
      </Fact>
    </>
  );
}

function Worth({ facts }: { readonly facts: CustomerFacts }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const money = useMoney();
  return (
    <>
      <Fact name={words.value}>
        {facts.value ? (
          <>
            {money(facts.value.amount, facts.value.currency)}
            <Small>
              {words.valueOf(format.count(facts.value.interactions))}
              {facts.value.currency === null && words.noCurrency}
            </Small>
          </>
        ) : (
          words.unknown
        )}
      </Fact>
      {facts.stage != null && <Fact name={words.stage}>{facts.stage}</Fact>}
    </>
  );
}

/** Whether the last contact is after the end of the record: talks logged by hand do not move it. */
function isLoggedLater({ as_of, last_contact }: CustomerFacts): boolean {
  return as_of != null && last_contact != null && Date.parse(last_contact.started_at) > Date.parse(as_of);
}

function Notes({ facts }: { readonly facts: CustomerFacts }) {
  const words = useWords(identityWords);
  const format = useFormat();
  return (
    <Text size="xs" c="dimmed" mt={8}>
      {facts.as_of != null && words.asOf(format.moment(facts.as_of), format.count(facts.lately_days))}
      {isLoggedLater(facts) && ` ${words.loggedLater}`}
      {facts.looked_at < facts.interactions &&
        ` ${words.lookedAt(format.count(facts.looked_at), format.count(facts.interactions))}`}
    </Text>
  );
}
