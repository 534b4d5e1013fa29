import { Tabs, type TabsListProps } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import classes from "./TabBar.module.css";
import { useMore } from "./useMore";

interface TabBarProps extends TabsListProps {
  /** The tab that is chosen; it is moved into view. */
  readonly chosen: string;
}

/** Tabs in one line, also where there is no room for all of them. */
export function TabBar({ chosen, ...others }: TabBarProps) {
  const list = useRef<HTMLDivElement>(null);
  const [edges, more] = useMore();
  const ref = useMergedRef(list, edges);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is moved into view
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [chosen]);
  return <Tabs.List ref={ref} className={classes.bar} data-more={more === "none" ? undefined : more} {...others} />;
}
