import { ActionIcon, Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { TimelineEntry } from "../base/api/schema.gen";
import { type Format, useFormat } from "../base/format";
import { useMay, useMe } from "../base/me";
import { Sure } from "../base/Sure";
import { useLanguage, useWords } from "../base/words";
import { useZone } from "../base/zone";
import { useWithdraw } from "./askingByHand";
import classes from "./CustomerTimeline.module.css";
import { ChannelIcon } from "./channels";
import { FeelingMark } from "./FeelingMark";
import { identityWords } from "./identityWords";
import { useMoney } from "./money";
import { SaidText } from "./SaidText";
import type { IdentityWords } from "./words.en";

/** The source of what people logged by hand. */
const HAND = "hand";

interface TimelineRowProps {
  readonly entry: TimelineEntry;
  /** Of its cost and value. */
  readonly currency: string | null;
}

/** One interaction: when, through which channel, what, who, how it went. */
export function TimelineRow({ entry, currency }: TimelineRowProps) {
  const words = useWords(identityWords);
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure(false);
  const money = useMoney();
  const facts = factsOf(entry, words, format, (amount) => money(amount, currency));
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <li className={classes.row}>
      <Clock moment={entry.occurred_at} />
      <ChannelIcon channel={entry.channel} size={17} />
      <div>
        <div className={classes.what}>
          <Text component="span" size="sm" fw={550}>
            {entry.touchpoint}
          </Text>
          <Text component="span" size="xs" c="dimmed">
            {[entry.channel, ...whoOf(entry, words)].join(" · ")}
          </Text>
          {entry.sentiment != null && <FeelingMark value={entry.sentiment} />}
        </div>
        {facts.length > 0 && (
          <Text size="xs" className="numbers">
            {facts.join(" · ")}
          </Text>
        )}
        {entry.text != null && <SaidText text={entry.text} />}
        {opened && <Details entry={entry} />}
        {opened && entry.source === HAND && <TakeBack entry={entry} />}
      </div>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        onClick={toggle}
        aria-expanded={opened}
        aria-label={words.details}
      >
        <Chevron size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function Clock({ moment }: { readonly moment: string }) {
  const zone = useZone();
  const locale = useLanguage() === "en" ? "en-GB" : "de-DE";
  const write = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return (
    <time dateTime={moment} className={classes.time}>
      {write.format(new Date(moment))}
    </time>
  );
}

function TakeBack({ entry }: { readonly entry: TimelineEntry }) {
  const words = useWords(identityWords).byHand;
  const takeBack = useWithdraw();
  const mayTakeBackAll = useMay("change_data");
  const mayLog = useMay("log_interactions");
  const { name } = useMe();
  const [isAsking, { open, close }] = useDisclosure(false);
  if (!mayTakeBackAll && !(mayLog && entry.agent === name)) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" mt={4} aria-haspopup="dialog" onClick={open}>
        {words.takeBack}
      </Button>
      {isAsking && (
        <Sure
          title={words.takeBackSure}
          hint={words.takeBackHint}
          action={words.takeBack}
          onDo={() => {
            close();
            takeBack(entry.arrival);
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Details({ entry }: { readonly entry: TimelineEntry }) {
  const words = useWords(identityWords);
  const renamed = entry.raw_touchpoint === entry.touchpoint ? undefined : entry.raw_touchpoint;
  const rows: readonly (readonly [string, string | null | undefined])[] = [
    [words.source, entry.source === HAND ? words.byHand.source : entry.source],
    [words.seenUnder, entry.seen_under],
    [words.cameAs, renamed],
    ...Object.entries(entry.attributes),
  ];
  return (
    <dl className={classes.details}>
      {rows.map(
        ([name, value]) =>
          value != null && (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Who acted and who handled it, as far as that says more than that it was the customer. */
function whoOf(entry: TimelineEntry, words: IdentityWords): readonly string[] {
  const direction = entry.direction === "inbound" ? undefined : words.directions[entry.direction ?? ""];
  const actor = entry.agent ?? words.by[entry.actor ?? ""];
  return [direction, entry.team, actor, entry.stage].filter((each) => each != null);
}

function factsOf(
  entry: TimelineEntry,
  words: IdentityWords,
  format: Format,
  money: (amount: number) => string,
): readonly string[] {
  const seconds = (value: number | null | undefined, word: (text: string) => string) =>
    value != null && value > 0 ? word(format.duration(value)) : undefined;
  const found = [
    seconds(entry.wait, words.wait),
    seconds(entry.hold, words.hold),
    seconds(entry.duration, words.duration),
    entry.value == null ? undefined : words.amount(money(entry.value)),
    entry.cost == null ? undefined : words.cost(money(entry.cost)),
    entry.score == null ? undefined : words.scored(entry.score_kind ?? words.scorePlain, format.number(entry.score)),
    entry.outcome == null ? undefined : words.ended(entry.outcome),
    entry.case == null ? undefined : words.caseNumber(entry.case),
  ];
  return found.filter((each) => each !== undefined);
}
