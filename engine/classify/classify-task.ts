import { estimateDifficulty } from './estimate-difficulty.ts';
import { measureTaskFeatures } from './task-features.ts';
import { type TaskInput, type TaskLabel, type TaskResult, taskLabels } from './task-labels.ts';
import { predictTask, readTaskModel, type TaskModel } from './task-model.ts';
import weightsFile from './task-weights.generated.json' with { type: 'json' };

let decoded: TaskModel | undefined;

/**
 * Says which of ten tasks a request asks for. Pure and total: any string gives a result, the same input the
 * same one. Reads the first 1,000 and last 500 characters of text and system prompt. The weights are decoded
 * once, at the first call.
 */
export function classifyTask(input: TaskInput): TaskResult {
  decoded ??= readTaskModel(weightsFile);
  const probabilities = predictTask(decoded, measureTaskFeatures(input));
  const confidence = Math.max(...probabilities);
  const task = taskLabels[probabilities.indexOf(confidence)] ?? taskLabels[0];
  const scores = byLabel(probabilities);
  return { task, confidence, difficulty: estimateDifficulty(input, scores), scores };
}

function byLabel(probabilities: readonly number[]): Readonly<Record<TaskLabel, number>> {
  const scoreOf = (label: TaskLabel): number => probabilities[taskLabels.indexOf(label)] ?? 0;
  return {
    conversation: scoreOf('conversation'),
    summarization: scoreOf('summarization'),
    code: scoreOf('code'),
    data_analysis: scoreOf('data_analysis'),
    agent_tools: scoreOf('agent_tools'),
    math_reasoning: scoreOf('math_reasoning'),
    translation: scoreOf('translation'),
    extraction: scoreOf('extraction'),
    creative_writing: scoreOf('creative_writing'),
    knowledge_qa: scoreOf('knowledge_qa'),
  };
}
