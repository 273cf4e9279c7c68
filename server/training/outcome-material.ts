/**
 * Tasks of LLMRouter's outcomes that difficulty is fitted to. Left out: `agentverse-mgsm`, which is GSM8K's test set in
 * another wrapping; `natural_qa`, `trivia_qa` and `commongen`, whose scores are word overlaps and not right or wrong.
 */
export const trainedTasks: readonly string[] = [
  'openbook_qa',
  'arc_challenge',
  'commonsense_qa',
  'gpqa',
  'math',
  'mbpp',
  'human_eval',
  'agentverse-logicgrid',
];

/** Rows of those tasks that share a run of ten words with GSM8K (train and test) or with MMLU (as far as we had its text). */
export const overlappingRows: readonly string[] = [
  'llmrouter-train-2101',
  'llmrouter-train-2386',
  'llmrouter-train-3024',
  'llmrouter-train-4131',
  'llmrouter-train-4138',
  'llmrouter-train-4168',
  'llmrouter-train-4194',
  'llmrouter-train-4198',
  'llmrouter-train-4203',
  'llmrouter-train-4207',
  'llmrouter-train-4212',
  'llmrouter-train-4218',
  'llmrouter-train-4227',
  'llmrouter-train-4245',
  'llmrouter-train-4275',
  'llmrouter-train-4278',
  'llmrouter-train-4310',
  'llmrouter-train-4317',
  'llmrouter-train-4442',
  'llmrouter-train-4486',
  'llmrouter-train-4497',
  'llmrouter-train-5387',
  'llmrouter-train-5428',
  'llmrouter-train-5543',
  'llmrouter-test-324',
];
