/** The ten tasks the built-in classifier tells apart, in the order of the model's columns. */
export const taskLabels = [
  'conversation',
  'summarization',
  'code',
  'data_analysis',
  'agent_tools',
  'math_reasoning',
  'translation',
  'extraction',
  'creative_writing',
  'knowledge_qa',
] as const;

export type TaskLabel = (typeof taskLabels)[number];

/** What the classifier looks at. Everything but `text` may be left out. */
export interface TaskInput {
  /** The last turn of the user. */
  readonly text: string;
  /** The system prompt. */
  readonly system?: string;
  /** Number of tools the request declares. */
  readonly tools?: number;
  /** Number of images in the request; counts for difficulty only. */
  readonly images?: number;
  /** Number of messages so far; counts for difficulty only. */
  readonly messages?: number;
}

export interface TaskResult {
  readonly task: TaskLabel;
  /** Calibrated probability (0–1) that `task` is right. */
  readonly confidence: number;
  /** 0 (easy) to 1 (hard). A heuristic, not a measurement: never let it route alone. */
  readonly difficulty: number;
  /** A probability for every label; they add up to 1. */
  readonly scores: Readonly<Record<TaskLabel, number>>;
}
