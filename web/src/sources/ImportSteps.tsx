import { IconCheck } from "@tabler/icons-react";
import type { UploadState } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import classes from "./ImportSteps.module.css";
import { sourcesWords } from "./sourcesWords";

const PLACES: Readonly<Record<UploadState, number>> = {
  receiving: 0,
  received: 0,
  recognising: 0,
  recognised: 1,
  previewing: 2,
  previewed: 2,
  importing: 3,
  imported: 4,
};

/** The five steps of an import, and at which one a file is. */
export function ImportSteps({ state }: { readonly state: UploadState }) {
  const words = useWords(sourcesWords);
  const here = PLACES[state];
  return (
    <ol className={classes.steps}>
      {words.steps.map((name, place) => (
        <li key={name} aria-current={place === here ? "step" : undefined} data-done={place < here}>
          <span className={classes.number} aria-hidden>
            {place < here ? <IconCheck size={12} stroke={2.4} /> : place + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}
