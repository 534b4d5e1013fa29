import { IconChevronRight } from "@tabler/icons-react";
import { Fragment } from "react";
import classes from "./PathStrip.module.css";

const MOST = 10;

/** A path as a strip of steps; a long one shows its beginning and end. */
export function PathStrip({ path }: { readonly path: readonly string[] }) {
  if (path.length === 0) return <span>–</span>;
  const cut = path.length > MOST;
  const head = cut ? path.slice(0, MOST - 3) : path;
  const tail = cut ? path.slice(-2) : [];
  return (
    <span className={classes.strip} title={path.join(" → ")}>
      <Steps steps={head} />
      {cut && (
        <>
          <IconChevronRight size={12} className={classes.arrow} aria-hidden />
          <span className={classes.cut}>… {path.length - head.length - tail.length} …</span>
          <IconChevronRight size={12} className={classes.arrow} aria-hidden />
          <Steps steps={tail} />
        </>
      )}
    </span>
  );
}

function Steps({ steps }: { readonly steps: readonly string[] }) {
  return steps.map((step, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place, names come again
    <Fragment key={place}>
      {place > 0 && <IconChevronRight size={12} className={classes.arrow} aria-hidden />}
      <span className={classes.step}>{step}</span>
    </Fragment>
  ));
}
