import { useComputedColorScheme } from "@mantine/core";

/** Light or dark, as the person's pages are. */
export function useThemeName(): "light" | "dark" {
  return useComputedColorScheme("light");
}
