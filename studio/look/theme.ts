import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: ink on a waybill. White text on shade 6 has contrast 6.5. */
const ink: MantineColorsTuple = [
  '#f0f0ff',
  '#e2e1fd',
  '#c6c4f9',
  '#a9a6f5',
  '#8d89f0',
  '#6c67e6',
  '#4b46d8',
  '#403bbd',
  '#34309b',
  '#282578',
];

/** Neutral, a touch cool. */
const gray: MantineColorsTuple = [
  '#fafafb',
  '#f4f4f6',
  '#e9e9ed',
  '#dcdce1',
  '#d3d3da',
  '#9b9ca6',
  '#6b6c77',
  '#52535d',
  '#34353d',
  '#1a1b20',
];

const dark: MantineColorsTuple = [
  '#e6e6ea',
  '#b4b5bf',
  '#8f909c',
  '#5d5e69',
  '#3a3b44',
  '#2b2c34',
  '#202127',
  '#17181c',
  '#121317',
  '#0c0d10',
];

/** Pushed towards purple, so that a classifier is not taken for something selected. */
const violet: MantineColorsTuple = [
  '#faf1fd',
  '#f2e0f9',
  '#e3bef2',
  '#d298ea',
  '#c177e2',
  '#b45fdc',
  '#a34bcd',
  '#8a3bb0',
  '#712f91',
  '#582472',
];

/** What lies under a dialog stays readable. */
const veil = { backgroundOpacity: 0.28, blur: 1 } as const;

const close = { 'aria-label': 'Close' } as const;

/** Controls are small and quiet everywhere; a page enlarges what matters on it. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 6 },
  colors: { ink, gray, dark, violet },
  black: '#1a1b20',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  shadows: {
    xs: '0 1px 2px rgb(0 0 0 / 5%)',
    sm: '0 1px 2px rgb(0 0 0 / 6%), 0 2px 6px rgb(0 0 0 / 4%)',
    md: '0 2px 4px rgb(0 0 0 / 5%), 0 8px 20px rgb(0 0 0 / 8%)',
    lg: '0 4px 8px rgb(0 0 0 / 6%), 0 16px 40px rgb(0 0 0 / 12%)',
    xl: '0 24px 64px rgb(0 0 0 / 18%)',
  },
  // By name, not by `Component.extend`, which would pull every one of them into the first load.
  components: {
    Button: { defaultProps: { size: 'xs', radius: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', radius: 'sm' } },
    TextInput: { defaultProps: { size: 'xs', radius: 'sm' } },
    NumberInput: { defaultProps: { size: 'xs', radius: 'sm' } },
    Textarea: { defaultProps: { size: 'xs', radius: 'sm' } },
    Select: { defaultProps: { size: 'xs', radius: 'sm' } },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Paper: { defaultProps: { withBorder: true } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 12 } },
    Tabs: { defaultProps: { keepMounted: false } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 12 } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        centered: true,
        shadow: 'xl',
        overlayProps: veil,
        closeButtonProps: close,
      },
    },
    Drawer: {
      defaultProps: { position: 'right', shadow: 'xl', overlayProps: veil, closeButtonProps: close },
    },
  },
});

/** What Mantine derives from the palette, tuned: hairlines, muted text that passes AA, surfaces a step apart. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1a1b20',
    '--mantine-color-dimmed': '#62636e',
    '--mantine-color-placeholder': '#6e6f7a',
    '--mantine-color-default-border': '#e2e2e7',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#4b46d8',
    '--mantine-color-ink-light-color': '#4540c9',
  },
  dark: {
    '--mantine-color-body': '#17181c',
    '--mantine-color-text': '#e6e6ea',
    '--mantine-color-dimmed': '#9a9ba7',
    '--mantine-color-placeholder': '#82838f',
    '--mantine-color-default': '#1d1e23',
    '--mantine-color-default-hover': '#25262c',
    '--mantine-color-default-border': '#2e2f37',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#a9a6f5',
    '--mantine-color-ink-light-color': '#a9a6f5',
    '--mantine-color-red-light-color': '#ff8b85',
  },
});
