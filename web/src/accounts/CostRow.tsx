import { ActionIcon, Autocomplete, NumberInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useLanguage, useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import classes from "./CostRow.module.css";
import type { CostDraft, CostProblem } from "./settingsDraft";

interface CostRowProps {
  readonly row: CostDraft;
  /** Those of the record; undefined while they are not known. */
  readonly channels: readonly string[] | undefined;
  readonly problem: CostProblem | undefined;
  readonly onRow: (row: CostDraft) => void;
  readonly onRemove: () => void;
}

/** A channel and what it costs. */
export function CostRow({ row, channels, problem, onRow, onRemove }: CostRowProps) {
  const words = useWords(accountsWords);
  const isGerman = useLanguage() === "de";
  const name = row.channel.trim() === "" ? words.thisChannel : row.channel.trim();
  const isUnknown = channels !== undefined && row.channel.trim() !== "" && !channels.includes(row.channel.trim());
  const ofChannel = problem === "noChannel" || problem === "channelTwice" ? words[problem] : undefined;
  const amount = (field: "perContact" | "perMinute", label: string, ofWhat: string) => (
    <NumberInput
      label={label}
      aria-label={ofWhat}
      min={0}
      decimalScale={6}
      decimalSeparator={isGerman ? "," : "."}
      hideControls
      value={row[field]}
      error={problem === "noAmount" && (row[field] === "" || Number(row[field]) < 0) && words.noAmount}
      onChange={(value) => onRow({ ...row, [field]: value })}
    />
  );
  return (
    <div className={classes.row}>
      <Autocomplete
        className={classes.channel ?? ""}
        label={words.channel}
        data={[...(channels ?? [])]}
        maxLength={200}
        value={row.channel}
        error={ofChannel}
        description={isUnknown ? words.noSuchChannel : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        onChange={(channel) => onRow({ ...row, channel })}
      />
      {amount("perContact", words.perContact, words.perContactOf(name))}
      {amount("perMinute", words.perMinute, words.perMinuteOf(name))}
      <ActionIcon
        className={classes.remove ?? ""}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={words.removeChannel(name)}
        onClick={onRemove}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}
