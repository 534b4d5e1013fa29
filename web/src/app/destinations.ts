import {
  IconChartDots3,
  IconDatabase,
  IconHome,
  IconMap2,
  IconSettings,
  IconTargetArrow,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { AppWords } from "./words.en";

/** One entry of the navigation. */
export interface Destination {
  readonly path: string;
  /** Other addresses that belong to it. */
  readonly also?: readonly string[];
  readonly word: keyof Pick<AppWords, "home" | "explore" | "maps" | "customers" | "data" | "improve" | "settings">;
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>;
  /** The right without which the entry is not shown; everybody who is signed in has `look`. */
  readonly right: string;
}

export const DESTINATIONS: readonly Destination[] = [
  { path: "/", word: "home", icon: IconHome, right: "look" },
  { path: "/explore", word: "explore", icon: IconChartDots3, right: "look" },
  { path: "/maps", also: ["/personas"], word: "maps", icon: IconMap2, right: "look" },
  { path: "/customers", word: "customers", icon: IconUsers, right: "see_customers" },
  { path: "/data", word: "data", icon: IconDatabase, right: "look" },
  { path: "/improve", word: "improve", icon: IconTargetArrow, right: "look" },
  { path: "/settings", word: "settings", icon: IconSettings, right: "look" },
];
