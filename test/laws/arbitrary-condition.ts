import fc from 'fast-check';

/**
 * Texts that records hold and conditions ask for, so that both answers happen. The library strays from CEL's definition
 * in two places that are kept out of its way here: it upper-cases letters beyond ASCII, and reads `int("")` as 0.
 */
export const words = [
  '',
  'a',
  'b',
  'Auto',
  'code',
  'search',
  'gpt-5-mini',
  '日',
  '😀',
  '7',
  '-3',
  '2.5',
] as const;
/** Keys of maps, one of them the name of something every object inherits. */
export const keys = ['plan', 'tier', 'constructor'] as const;
export const numbers = [-2, 0, 1, 2, 3, 7, 100, 60_000] as const;
export const shares = [0, 0.1, 0.25, 0.5, 0.55, 0.9, 1] as const;

const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const quoted = fc.constantFrom(...words).map((word) => JSON.stringify(word));
const whole = fc.constantFrom(...numbers).map(String);
const decimal = fc.constantFrom(...shares).map((share) => share.toFixed(2));

const intSignal = fc.constantFrom(
  'request.input_tokens',
  'request.tools',
  'request.turns',
  'time.hour',
  'time.weekday',
);
const doubleSignal = fc.constantFrom('draw', 'task.confidence', 'task.difficulty');
const textSignal = fc.constantFrom(
  'request.model',
  'task.label',
  'caller.team',
  'caller.user',
  'session.id',
  'request.reasoning_effort',
);
const truthSignal = fc.constantFrom('request.stream', 'request.json_output');
const entry = fc.oneof(
  fc.constantFrom(...keys).map((key) => `request.metadata.${key}`),
  fc.constantFrom(...keys).map((key) => `request.metadata[${JSON.stringify(key)}]`),
);

const text = fc.oneof(
  { weight: 5, arbitrary: textSignal },
  { weight: 2, arbitrary: entry },
  fc.constantFrom('0', '1', '5').map((index) => `caller.tags[${index}]`),
  textSignal.map((signal) => `${signal}.lowerAscii()`),
  entry.map((signal) => `${signal}.upperAscii()`),
  fc.tuple(textSignal, quoted).map(([signal, word]) => `(${signal} + ${word})`),
  intSignal.map((signal) => `string(${signal})`),
  truthSignal.map((signal) => `string(${signal})`),
);

const { int, double } = fc.letrec<{ int: string; double: string }>((tie) => ({
  int: fc.oneof(
    { maxDepth: 2 },
    { weight: 6, arbitrary: intSignal },
    text.map((of) => `size(${of})`),
    fc.constant('size(caller.tags)'),
    fc.constant('size(request.metadata)'),
    text.map((of) => `int(${of} == "" ? "x" : ${of})`),
    tie('int').map((of) => `(-${of})`),
    tie('double').map((of) => `int(${of} * 10.0)`),
    fc
      .tuple(tie('int'), fc.constantFrom('+', '-', '*', '/', '%'), whole)
      .map(([left, by, right]) => `(${left} ${by} ${right})`),
  ),
  double: fc.oneof(
    { maxDepth: 2 },
    { weight: 6, arbitrary: doubleSignal },
    tie('int').map((of) => `double(${of})`),
    text.map((of) => `double(${of})`),
    fc
      .tuple(tie('double'), fc.constantFrom('+', '-', '*', '/'), decimal)
      .map(([left, by, right]) => `(${left} ${by} ${right})`),
  ),
}));

/** Tests of one text: the column of a signal, an element of a list, an entry of a map. */
const textTest = (of: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(of, comparison, quoted).map((parts) => parts.join(' ')),
    fc
      .tuple(of, fc.constantFrom('startsWith', 'endsWith', 'contains'), quoted)
      .map(([left, method, word]) => `${left}.${method}(${word})`),
    fc
      .tuple(of, fc.constantFrom('^[a-z]+$', 'o', '^$', '[0-9]'))
      .map(([left, pattern]) => `${left}.matches(${JSON.stringify(pattern)})`),
    fc
      .tuple(of, fc.array(quoted, { minLength: 1, maxLength: 3 }))
      .map(([left, list]) => `${left} in [${list}]`),
  );

const atom = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(intSignal, comparison, whole).map((parts) => parts.join(' ')) },
  { weight: 2, arbitrary: fc.tuple(doubleSignal, comparison, decimal).map((parts) => parts.join(' ')) },
  { weight: 3, arbitrary: textTest(text) },
  fc.tuple(int, comparison, whole).map((parts) => parts.join(' ')),
  fc.tuple(whole, comparison, int).map((parts) => parts.join(' ')),
  fc.tuple(int, comparison, int).map((parts) => parts.join(' ')),
  fc.tuple(double, comparison, decimal).map((parts) => parts.join(' ')),
  fc
    .tuple(intSignal, fc.array(whole, { minLength: 1, maxLength: 3 }))
    .map(([left, list]) => `${left} in [${list}]`),
  fc.tuple(textSignal, comparison, textSignal).map((parts) => parts.join(' ')),
  truthSignal,
  fc.tuple(truthSignal, fc.boolean()).map(([left, right]) => `${left} == ${right}`),
  fc
    .tuple(quoted, fc.constantFrom('caller.tags', 'request.metadata'))
    .map(([word, of]) => `${word} in ${of}`),
  fc.constantFrom(...keys).map((key) => `has(request.metadata.${key})`),
  fc
    .tuple(fc.constantFrom('exists', 'all', 'exists_one'), textTest(fc.constant('tag')))
    .map(([fold, body]) => `caller.tags.${fold}(tag, ${body})`),
  fc.constantFrom('1 < 2', 'time.at > 1790000000000', '1790000500000 >= time.at', '"x" == "y"', '1 / 0 > 1'),
);

/** A condition that type-checks: every operator, method and signal type the language has. */
export const arbitraryCondition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: atom },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
        .map(([left, by, right]) => `(${left} ${by} ${right})`),
    },
    tie('condition').map((of) => `!(${of})`),
    fc
      .tuple(tie('condition'), tie('condition'), tie('condition'))
      .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
  ),
})).condition;
