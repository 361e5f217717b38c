import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  Table,
  Tooltip,
} from "@mantine/core";

/** The one accent colour. Shade 8 holds white text, shade 9 text on white, shade 3 text on dark, all at AA or better. */
const accent: MantineColorsTuple = [
  "#e6f7f4",
  "#cdebe6",
  "#9fd8cf",
  "#6dc7b9",
  "#3fb3a2",
  "#1f9d8b",
  "#128a79",
  "#0e8072",
  "#0b7568",
  "#085e53",
];

const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans CJK JP", ' +
  '"Noto Sans JP", "Yu Gothic UI", Meiryo, sans-serif';
const mono =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "Noto Sans Mono CJK JP", monospace';

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 8, dark: 8 },
  colors: { accent },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  defaultRadius: "sm",
  focusRing: "auto",
  respectReducedMotion: true,
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.0625rem" }, h3: { fontSize: "0.9375rem" } },
  },
  components: {
    Table: Table.extend({
      defaultProps: { verticalSpacing: 6, horizontalSpacing: "sm", highlightOnHover: true },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { events: { hover: true, focus: true, touch: true }, openDelay: 200 },
    }),
    // A dialog's <header> is none of the page.
    Modal: Modal.extend({ defaultProps: { size: "lg", attributes: { header: { role: "presentation" } } } }),
    // Else the menu holds an element that is no item.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
  },
});

/** Mantine's dimmed texts are too faint to read for many; these hold a contrast of 4.5 on every surface we use. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#545b63",
    "--mantine-color-placeholder": "#5f6770",
    "--mantine-color-error": "#c42b2b",
    "--mantine-color-anchor": "#085e53",
    "--mantine-color-yellow-light": "#fdf0cf",
    "--mantine-color-yellow-light-color": "#7a4a00",
    "--misskeep-surface": "#ffffff",
    "--misskeep-ground": "#f6f7f8",
    "--misskeep-line": "#dfe3e6",
    "--misskeep-bad": "#b42318",
    "--misskeep-warn": "#8a5300",
    "--misskeep-good": "#0b6b3a",
  },
  dark: {
    "--mantine-color-dimmed": "#a9afb6",
    "--mantine-color-placeholder": "#9aa1a9",
    "--mantine-color-error": "#ff8f87",
    "--mantine-color-anchor": "#6dc7b9",
    "--mantine-color-yellow-light": "#3a2f16",
    "--mantine-color-yellow-light-color": "#f5c268",
    "--misskeep-surface": "#1f2225",
    "--misskeep-ground": "#17191b",
    "--misskeep-line": "#34383d",
    "--misskeep-bad": "#ff8f87",
    "--misskeep-warn": "#f0b35a",
    "--misskeep-good": "#6fd39b",
  },
});
