import type { ComponentProps } from "react";
import classes from "./Sideways.module.css";
import { useMore } from "./useMore";

/** What may be wider than its place: it scrolls sideways, with the keyboard too, and fades where there is more. */
export function Sideways({ className, ...others }: Omit<ComponentProps<"div">, "ref">) {
  const [ref, more] = useMore();
  const scrolls = more !== "none";
  return (
    <div
      {...others}
      ref={ref}
      className={className === undefined ? classes.sideways : `${classes.sideways ?? ""} ${className}`}
      data-more={scrolls ? more : undefined}
      tabIndex={scrolls ? 0 : undefined}
    />
  );
}
