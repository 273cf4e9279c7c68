import type { TaskLabel } from '#engine/classify/index.ts';

const about: Readonly<Record<TaskLabel, string>> = {
  conversation: 'a conversation',
  summarization: 'a summary',
  code: 'code',
  data_analysis: 'an analysis of data',
  agent_tools: 'the use of tools',
  math_reasoning: 'mathematics',
  translation: 'a translation',
  extraction: 'an extraction',
  creative_writing: 'creative writing',
  knowledge_qa: 'an answer to a question',
};

/** What stands after the notice until the answer is as long as it has to be. */
const filler =
  'No model was called and nothing was billed. The length, the speed and the cost of this answer are simulated, so that routing can be tried before a provider key exists. ';

/**
 * The words of a simulated answer, about `tokens` tokens long at four characters a token, but never without saying what it
 * is. `json` asks for a JSON object.
 */
export function answerText(model: string, task: TaskLabel, tokens: number, json: boolean): string {
  const notice = "This is a simulated answer from Waybill's sandbox";
  const long = `${notice}, standing in for ${model}. The request looked like ${about[task]}. `;
  const length = Math.max(notice.length, tokens * 4);
  const repeats = Math.max(0, Math.ceil((length - long.length) / filler.length));
  const text = `${long}${filler.repeat(repeats)}`.slice(0, length).trimEnd();
  return json ? JSON.stringify({ sandbox: true, answer: text }) : text;
}

/** The text in pieces of about four tokens, as a stream brings it. Put together again they are the text. */
export function piecesOf(text: string): readonly string[] {
  return text.match(/[\s\S]{1,16}/g) ?? [];
}
