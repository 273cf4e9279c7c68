import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/language/json/json.worker?worker';
import * as json from 'monaco-editor/languages/features/json/register';
import { policyJsonSchema } from '#engine/policy/index.ts';

/** Monaco with its workers from our own files, the policy's schema, and our colours. Only loaded where JSON is shown. */
self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
};

// The engine's own checker sets the markers: the same sentences as everywhere. The schema serves completion and hovers.
json.jsonDefaults.setDiagnosticsOptions({
  validate: false,
  enableSchemaRequest: false,
  schemas: [
    { uri: 'waybill://policy.schema.json', fileMatch: ['*.policy.json'], schema: policyJsonSchema() },
  ],
});

monaco.editor.defineTheme('waybill-light', {
  base: 'vs',
  inherit: true,
  rules: [
    { token: 'string.key.json', foreground: '4540c9' },
    { token: 'string.value.json', foreground: '1f6f43' },
    { token: 'number.json', foreground: '9a5b00' },
    { token: 'keyword.json', foreground: '8a3bb0' },
  ],
  colors: {
    'editor.background': '#ffffff',
    'editorLineNumber.foreground': '#a6a7b0',
    'editor.lineHighlightBackground': '#f4f4f6',
    'editorGutter.background': '#ffffff',
    'scrollbarSlider.background': '#1a1b2022',
    'scrollbarSlider.hoverBackground': '#1a1b2038',
  },
});
monaco.editor.defineTheme('waybill-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [
    { token: 'string.key.json', foreground: 'a9a6f5' },
    { token: 'string.value.json', foreground: '8fd6ae' },
    { token: 'number.json', foreground: 'f0b849' },
    { token: 'keyword.json', foreground: 'd298ea' },
  ],
  colors: {
    'editor.background': '#17181c',
    'editorLineNumber.foreground': '#5d5e69',
    'editor.lineHighlightBackground': '#1d1e23',
    'editorGutter.background': '#17181c',
    'scrollbarSlider.background': '#ffffff1c',
    'scrollbarSlider.hoverBackground': '#ffffff30',
  },
});

/** What every editor of ours looks like. */
export const editorOptions: monaco.editor.IStandaloneEditorConstructionOptions = {
  fontFamily: "'JetBrains Mono Variable', monospace",
  fontSize: 12.5,
  fontLigatures: false,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  automaticLayout: true,
  tabSize: 2,
  padding: { top: 10, bottom: 10 },
  renderLineHighlight: 'line',
  overviewRulerBorder: false,
  fixedOverflowWidgets: true,
  wordWrap: 'off',
  stickyScroll: { enabled: false },
  guides: { indentation: false },
  unicodeHighlight: { ambiguousCharacters: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
};

/** Brackets in one colour: depth shows in the indentation. */
export const plainBrackets: monaco.editor.ITextModelUpdateOptions = {
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
};

export { monaco };
