import type { Diagnostic } from '#engine/nodes/index.ts';
import { monaco } from './monaco.ts';

/** A marker from the place of a diagnostic to the end of its word, or over its line. */
export function markerIn(model: monaco.editor.ITextModel): (one: Diagnostic) => monaco.editor.IMarkerData {
  return ({ line = 1, column = 1, severity, message, code }) => {
    const startLineNumber = Math.min(Math.max(1, line), model.getLineCount());
    const rest = model.getLineContent(startLineNumber).slice(column - 1);
    const length = /^("(?:[^"\\]|\\.)*"|[^\s,\]}]+)/.exec(rest)?.[0].length ?? 1;
    return {
      severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      message,
      code,
      source: 'waybill',
      startLineNumber,
      endLineNumber: startLineNumber,
      startColumn: column,
      endColumn: column + Math.max(1, length),
    };
  };
}
