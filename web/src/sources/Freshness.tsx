import { Badge, Text, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconVolumeOff } from "@tabler/icons-react";
import type { SourceAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import classes from "./Freshness.module.css";
import { sourcesWords } from "./sourcesWords";

/** When the last import was, and whether that is as usual: by word and picture, not by colour alone. */
export function Freshness({ source }: { readonly source: SourceAnswer }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const pause = format.duration(source.usual_import_pause_seconds ?? null);
  return (
    <>
      <Text size="sm" span>
        {source.last_import == null ? "–" : format.ago(source.last_import)}{" "}
      </Text>
      {source.silent ? (
        <Mark
          word={words.silent}
          hint={words.silentHint}
          icon={<IconVolumeOff size={11} aria-hidden className={classes.bad} />}
        />
      ) : source.import_late ? (
        <Mark
          word={words.late}
          hint={words.lateHint(pause)}
          icon={<IconAlertTriangle size={11} aria-hidden className={classes.late} />}
        />
      ) : (
        source.usual_import_pause_seconds != null && (
          <Mark
            word={words.fresh}
            hint={words.lateHint(pause)}
            icon={<IconCheck size={11} aria-hidden className={classes.fresh} />}
          />
        )
      )}
    </>
  );
}

interface MarkProps {
  readonly word: string;
  readonly hint: string;
  readonly icon: React.ReactNode;
}

function Mark({ word, hint, icon }: MarkProps) {
  return (
    <Tooltip label={hint}>
      <Badge size="sm" variant="default" leftSection={icon} tt="none" tabIndex={0}>
        {word}
      </Badge>
    </Tooltip>
  );
}
