/** How a setting is edited. The studio has one widget a name; a form is data, so the engine needs no React. */
export type Widget =
  | 'text'
  | 'textarea'
  | 'number'
  | 'percent'
  | 'select'
  | 'multiselect'
  | 'signal'
  | 'model'
  | 'cases'
  | 'arms'
  | 'labels'
  | 'tries'
  | 'parameters'
  | 'deadlines'
  | 'globs'
  | 'weights'
  | 'floors'
  | 'changes'
  | 'accept'
  | 'window'
  | 'classifiers'
  | 'names'
  | 'truth';

export interface FormField {
  /** Key of the setting in the node. */
  readonly name: string;
  readonly label: string;
  readonly widget: Widget;
  /** One sentence of help under the field. */
  readonly help?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Shown when the setting is left out. */
  readonly placeholder?: string;
}

/** Name, look and fields of a kind, as data. */
export interface Form {
  readonly title: string;
  /** One sentence for palette and documentation. */
  readonly summary: string;
  /** Name of an icon the studio knows. */
  readonly icon:
    | 'classifier'
    | 'condition'
    | 'split'
    | 'limit'
    | 'transform'
    | 'model'
    | 'pool'
    | 'fallback'
    | 'cascade'
    | 'refuse'
    | 'output';
  /** Hue of the kind on the canvas. */
  readonly accent:
    | 'violet'
    | 'blue'
    | 'teal'
    | 'pink'
    | 'grape'
    | 'green'
    | 'lime'
    | 'orange'
    | 'indigo'
    | 'red'
    | 'cyan';
  readonly fields: readonly FormField[];
}
