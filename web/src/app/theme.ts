import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const path: MantineColorsTuple = [
  "#e9fbf8",
  "#d3f3ee",
  "#a3e6dc",
  "#6fd8c9",
  "#46ccb9",
  "#2bb6a3",
  "#179684",
  "#0f766e",
  "#0b5f59",
  "#064a46",
];

/** The list itself scrolls, and not an area in it that the keyboard cannot reach. */
const list = {
  defaultProps: { withScrollArea: false },
  styles: { options: { maxHeight: 240, overflowY: "auto" } },
} as const;

/** One accent, hairlines, small radii; the sizes of text that dense pages of numbers need. */
export const theme = createTheme({
  primaryColor: "path",
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.2,
  colors: { path },
  fontFamily: "'Inter Variable', 'Noto Sans', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Code', Menlo, monospace",
  headings: { fontFamily: "'Inter Variable', 'Noto Sans', system-ui, sans-serif", fontWeight: "620" },
  defaultRadius: "sm",
  cursorType: "pointer",
  components: {
    Table: { defaultProps: { verticalSpacing: 6, highlightOnHover: true } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Drawer: { defaultProps: { position: "right", overlayProps: { backgroundOpacity: 0.25 } } },
    DrawerRoot: { defaultProps: { position: "right" } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Notification: { styles: { description: { color: "var(--mantine-color-dimmed)" } } },
    Paper: { defaultProps: { withBorder: true } },
    Portal: { defaultProps: { target: "[data-above]" } },
    Select: list,
    MultiSelect: list,
    Autocomplete: list,
    TagsInput: list,
    DrawerHeader: { defaultProps: { role: "presentation" } },
    ModalHeader: { defaultProps: { role: "presentation" } },
  },
});

/** Secondary text with a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3); Mantine's own has less. */
export const readable: CSSVariablesResolver = (values) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": values.colors.gray[7],
    "--mantine-color-placeholder": values.colors.gray[7],
    "--mantine-color-error": values.colors.red[9],
  },
  dark: {
    "--mantine-color-dimmed": values.colors.dark[1],
    "--mantine-color-placeholder": values.colors.dark[2],
    "--mantine-color-error": values.colors.red[4],
  },
});
