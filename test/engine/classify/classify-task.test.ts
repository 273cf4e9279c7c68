import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTask, type TaskLabel, type TaskResult, taskLabels } from '#engine/classify/index.ts';

const plainPrompts: readonly (readonly [TaskLabel, string])[] = [
  ['conversation', 'hello there, how was your day?'],
  ['conversation', 'I feel so alone since my wife left, I just need someone to talk to'],
  ['conversation', 'danke, bis morgen!'],
  [
    'summarization',
    'Please summarize this report in five bullet points:\n\nSales of bicycles fell in spring but recovered in June.',
  ],
  [
    'summarization',
    'Kannst du diesen Artikel kurz zusammenfassen? Die Bahn baut bis 2031 eine neue Strecke.',
  ],
  ['code', 'Write a Rust function that counts the vowels of a string'],
  ['code', 'AttributeError: module has no attribute "load" - why does my python script crash?'],
  ['code', 'pourquoi mon composant React se recharge à chaque clic ?'],
  [
    'data_analysis',
    'Write an SQL query that shows average revenue per region from the table sales(region, amount)',
  ],
  ['data_analysis', 'Plot a histogram of the column age in my pandas dataframe'],
  ['agent_tools', 'Set an alarm for 7 am and send Maria a message that I will be late'],
  ['agent_tools', 'book a flight to Madrid for next Tuesday'],
  ['math_reasoning', 'Solve for x: 4x - 9 = 23'],
  [
    'math_reasoning',
    'Ella has 30 stickers, gives away a fifth and buys 12 more. How many stickers does she have now?',
  ],
  ['translation', 'Translate into Italian: the shop opens at nine'],
  ['translation', '请把这句话翻译成英文：我明天不来上班'],
  ['translation', 'Wie sagt man "guten Appetit" auf Französisch?'],
  [
    'extraction',
    'Extract all phone numbers and names from this email:\n\nCall Piet on 020 555 0101 or Saskia on 020 555 0199.',
  ],
  ['extraction', 'Is the sentiment of this review positive or negative? "Never again, the food was cold"'],
  ['creative_writing', 'Write a poem about autumn leaves'],
  ['creative_writing', 'Rewrite this email so that it sounds more polite: send me the file now'],
  ['creative_writing', 'Escribe un cuento sobre una niña y un robot'],
  ['knowledge_qa', 'Who discovered penicillin?'],
  ['knowledge_qa', 'Explain how tides work'],
  ['knowledge_qa', '¿Cuál es la capital de Canadá?'],
];

describe('the task of a request', () => {
  it.each(plainPrompts)('is %s for: %s', (label, text) => {
    expect(classifyTask({ text }).task).toBe(label);
  });

  it('is more likely a matter of tools when the request declares tools', () => {
    const text = 'Find out how much disk space is left and tell me';
    const without = classifyTask({ text }).scores.agent_tools;
    const withTools = classifyTask({ text, tools: 5 }).scores.agent_tools;
    expect(withTools).toBeGreaterThan(without + 0.2);
  });

  it('follows a system prompt that says what to do with a bare text', () => {
    const text = 'Das Fenster bitte nicht öffnen.';
    const system = 'You are a translator. Translate the text of the user into English.';
    const bare = classifyTask({ text });
    const led = classifyTask({ text, system });
    expect(led.task).toBe('translation');
    expect(led.scores.translation).toBeGreaterThan(bare.scores.translation);
  });

  it('reads the end of a long text, where the question stands', () => {
    const novel = 'The evening was quiet and the boats lay still in the harbour. '.repeat(200);
    const result = classifyTask({ text: `${novel}\n\nTranslate the text above into German.` });
    expect(result.task).toBe('translation');
  });

  it('ignores what stands between the first 1,000 and the last 500 characters', () => {
    const head = 'a'.repeat(1_000);
    const tail = 'b'.repeat(500);
    const one = classifyTask({ text: `${head}${'solve x '.repeat(100)}${tail}` });
    const other = classifyTask({ text: `${head}${'poem of '.repeat(100)}${tail}` });
    expect(one).toEqual(other);
  });
});

describe('a result', () => {
  it('is the same for the same input', () => {
    for (const [, text] of plainPrompts) expect(classifyTask({ text })).toEqual(classifyTask({ text }));
  });

  it('does not depend on what was classified before', () => {
    const before = classifyTask({ text: 'integrate x^2' });
    classifyTask({ text: 'write a story', system: 'You are a poet', tools: 9 });
    expect(classifyTask({ text: 'integrate x^2' })).toEqual(before);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['a megabyte of one letter', 'a'.repeat(1_000_000)],
    ['a megabyte of brackets', '({['.repeat(350_000)],
    ['a megabyte of commas', `${','.repeat(999_999)}\n`],
    ['emoji', '😀👩‍👩‍👧‍👦🏳️‍🌈'.repeat(50)],
    ['lone surrogates', '\ud800 \udfff\ud800 abc \udc00'],
    ['NUL', '\u0000\u0000code\u0000'],
    ['text that grows when lower-cased', 'İ'.repeat(2_000)],
    ['names of object properties', '__proto__ constructor toString'],
  ])('is sound for %s', (_, text) => {
    expectSound(classifyTask({ text }));
    expectSound(classifyTask({ text: 'hi', system: text }));
  });

  it('is sound for any text, system prompt and counts', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 3_000 });
    const anyCount = fc.oneof(fc.integer(), fc.double());
    fc.assert(
      fc.property(anyText, anyText, anyCount, anyCount, anyCount, (text, system, tools, images, messages) => {
        expectSound(classifyTask({ text, system, tools, images, messages }));
      }),
    );
  });
});

describe('difficulty', () => {
  it('is higher for a proof with conditions than for a greeting', () => {
    const proof =
      'Prove rigorously that the algorithm is optimal. You must state every step, without using induction, and give the asymptotic complexity for at least two edge cases.';
    expect(classifyTask({ text: proof }).difficulty).toBeGreaterThan(
      classifyTask({ text: 'hi' }).difficulty + 0.3,
    );
  });

  it('rises with images and earlier messages', () => {
    const alone = classifyTask({ text: 'hello', messages: 1 }).difficulty;
    expect(classifyTask({ text: 'hello', messages: 12, images: 2 }).difficulty).toBeGreaterThan(alone);
  });
});

function expectSound({ task, confidence, difficulty, scores }: TaskResult): void {
  const values = taskLabels.map((label) => scores[label]);
  expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(confidence).toBe(scores[task]);
  expect(confidence).toBe(Math.max(...values));
  expect(confidence).toBeLessThanOrEqual(1);
  expect(difficulty).toBeGreaterThanOrEqual(0);
  expect(difficulty).toBeLessThanOrEqual(1);
}
