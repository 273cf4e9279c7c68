import { cutText } from './cut-text.ts';
import { measureDifficulty } from './difficulty-features.ts';
import { estimateDifficulty } from './estimate-difficulty.ts';
import { visitStructure, visitSystem, visitText } from './task-features.ts';
import { type TaskInput, type TaskLabel, type TaskResult, taskLabels } from './task-labels.ts';
import { addToLogits, readTaskModel, softmax, type TaskModel } from './task-model.ts';
import weightsFile from './task-weights.generated.json' with { type: 'json' };

let decoded: TaskModel | undefined;

/**
 * Says which of ten tasks a request asks for. Pure and total: any string gives a result, the same input the
 * same one. Reads the first 1,000 and last 500 characters of text and system prompt. The weights are decoded
 * once, at the first call.
 */
export function classifyTask(input: TaskInput): TaskResult {
  decoded ??= readTaskModel(weightsFile);
  const logits = Float64Array.from(decoded.bias);
  addSystem(decoded, input.system ?? '', logits);
  const add = addToLogits(decoded, logits);
  visitStructure(input.tools, add);
  const { text, scan } = visitText(input.text, add);
  const measured = measureDifficulty(text, scan, input.text.length);
  const probabilities = softmax(logits, decoded.temperature);
  let best = 0;
  for (let at = 1; at < probabilities.length; at++)
    if ((probabilities[at] ?? 0) > (probabilities[best] ?? 0)) best = at;
  return {
    task: taskLabels[best] ?? taskLabels[0],
    confidence: probabilities[best] ?? 0,
    difficulty: estimateDifficulty(measured, input),
    scores: byLabel(probabilities),
  };
}

/** An application says the same to every model, so what the latest system prompts add is kept. */
const knownSystems = new Map<string, Float64Array>();
const mostSystems = 64;

function addSystem(model: TaskModel, system: string, logits: Float64Array): void {
  if (system === '') return;
  const cut = cutText(system);
  let added = knownSystems.get(cut);
  if (added === undefined) {
    added = new Float64Array(logits.length);
    visitSystem(cut, addToLogits(model, added));
    if (knownSystems.size >= mostSystems) knownSystems.clear();
    knownSystems.set(cut, added);
  }
  for (let at = 0; at < logits.length; at++) logits[at] = (logits[at] ?? 0) + (added[at] ?? 0);
}

function byLabel(probabilities: Float64Array): Readonly<Record<TaskLabel, number>> {
  const [
    conversation,
    summarization,
    code,
    dataAnalysis,
    agentTools,
    math,
    translation,
    extraction,
    writing,
    qa,
  ] = probabilities;
  return {
    conversation: conversation ?? 0,
    summarization: summarization ?? 0,
    code: code ?? 0,
    data_analysis: dataAnalysis ?? 0,
    agent_tools: agentTools ?? 0,
    math_reasoning: math ?? 0,
    translation: translation ?? 0,
    extraction: extraction ?? 0,
    creative_writing: writing ?? 0,
    knowledge_qa: qa ?? 0,
  };
}
