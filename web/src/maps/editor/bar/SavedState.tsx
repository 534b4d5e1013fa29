import { Button, Tooltip } from "@mantine/core";
import { IconCheck, IconCloudOff, IconDots, IconEye, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../../base/words";
import { useZone } from "../../../base/zone";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { useStanding } from "../reading";
import classes from "./bar.module.css";

/** Whether what was written is on the server, and since when; whether this browser keeps what the server lacks. */
export function SavedState() {
  const words = useWords(editorWords);
  const { session, mayWrite } = useEditor();
  const standing = useStanding();
  const time = useTime();
  const isKept = standing.unkept > 0;
  const version = standing.status?.version;
  const told = (icon: ReactNode, text: string, hint?: string): ReactNode => (
    <Tooltip label={hint ?? (version == null ? text : words.savedVersion(String(version)))}>
      <span className={classes.state} role="status">
        {icon}
        {text}
      </span>
    </Tooltip>
  );
  if (!mayWrite) return told(<IconEye size={14} aria-hidden />, words.readOnly, words.readOnlyHint);
  if (standing.status?.deleted === true) return told(<IconTrash size={14} aria-hidden />, words.deletedShort);
  if (standing.line === "away") {
    return (
      <span className={classes.standing}>
        {told(<IconCloudOff size={14} aria-hidden />, isKept ? words.offlineKept : words.offline, words.offlineHint)}
        <Button size="compact-xs" variant="subtle" onClick={session.connection.retry}>
          {words.retry}
        </Button>
      </span>
    );
  }
  if (standing.line === "refused")
    return told(<IconCloudOff size={14} aria-hidden />, isKept ? words.notSaved : words.notConnected);
  if (standing.line === "connecting") return told(<IconDots size={14} aria-hidden />, words.connecting);
  if (isKept) return told(<IconDots size={14} aria-hidden />, words.saving, standing.complaint);
  const at = standing.keptAt ?? (standing.status?.saved_at == null ? undefined : new Date(standing.status.saved_at));
  return told(<IconCheck size={14} aria-hidden />, at === undefined ? words.savedVersion("") : words.saved(time(at)));
}

/** The time of a moment; with its day where that is not today. */
function useTime(): (moment: Date) => string {
  const language = useLanguage();
  const timeZone = useZone();
  const locale = language === "de" ? "de-DE" : "en-GB";
  return (moment) => {
    const day = (each: Date): string => each.toLocaleDateString(locale, { timeZone });
    const time = moment.toLocaleTimeString(locale, { timeZone, hour: "2-digit", minute: "2-digit" });
    return day(moment) === day(new Date()) ? time : `${day(moment)} ${time}`;
  };
}
