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
 * The words of a simulated answer, about `tokens` tokens long at four characters a token. It says what it is first, however
 * short it has to be. `json` asks for a JSON object.
 */
export function answerText(model: string, task: TaskLabel, tokens: number, json: boolean): string {
  const notice = `This is a simulated answer from Waybill's sandbox, standing in for ${model}. The request looked like ${about[task]}. `;
  const length = Math.max(4, tokens * 4);
  const room = length - notice.length;
  const text = (
    room <= 0 ? notice.slice(0, length) : notice + filler.repeat(Math.ceil(room / filler.length))
  ).slice(0, length);
  return json ? JSON.stringify({ sandbox: true, answer: text.trimEnd() }) : text.trimEnd();
}

/** The text in pieces of about four tokens, as a stream brings it. Put together again they are the text. */
export function piecesOf(text: string): readonly string[] {
  return text.match(/[\s\S]{1,16}/g) ?? [];
}
