/** Messages to begin with, as JSON Lines: each with the task it is for the built-in classifier. */
const samples: readonly (readonly [text: string, task: string])[] = [
  ['hey, how was your weekend?', 'conversation'],
  ['my sister and I had a fight and I do not know how to make up', 'conversation'],
  ['tl;dr of the meeting notes below please', 'summarization'],
  ['Fix this: TypeError: Cannot read properties of undefined (reading "map")', 'code'],
  ['write a bash script that deletes log files older than 30 days', 'code'],
  ['SELECT says 0 rows but I know there are orders in March, what is wrong with my join?', 'data_analysis'],
  ['book the meeting room for tomorrow at ten and invite the team', 'agent_tools'],
  ['What is the derivative of x^2 * sin(x)?', 'math_reasoning'],
  ['Translate to Spanish: where is the station?', 'translation'],
  ['pull the invoice number, date and total out of this text as JSON', 'extraction'],
  ['a limerick about a cat who hates Mondays', 'creative_writing'],
  ['why is the sky blue?', 'knowledge_qa'],
  ['how do i get my money back for the broken lamp', 'knowledge_qa'],
];

/** For the built-in classifier with the task expected of each; for others the bare messages. */
export function sampleMessages(isBuiltIn: boolean): string {
  if (!isBuiltIn) return samples.map(([text]) => text).join('\n');
  return samples.map(([text, label]) => JSON.stringify({ text, label })).join('\n');
}
