import type { Catalogue } from '../../catalogue/index.ts';
import type { Estimates } from './estimates.ts';
import {
  alikeDoubt,
  enoughRows,
  foreignSigma,
  priorAnswerSigma,
  priorInputSigma,
  priorPerEstimate,
  priorSpread,
} from './priors.ts';
import { countsAlike } from './tokenizers.ts';

/** Tokens of a row at another target, as factors of those that were logged. */
export interface TokenFactors {
  readonly input: number;
  /** By code of the task; reasoning alike. */
  readonly output: readonly number[];
}

/** A move from one target to another. */
export interface Carried {
  /** `null`: the same tokens. */
  readonly factors: TokenFactors | null;
  /** The length of answers comes from both targets' history. */
  readonly fitted: boolean;
  /** How doubtful the total is, as a multiple of the doubt about a target that nothing is known of. */
  readonly doubt: number;
}

/** Relative doubt about the tokens of a move: of the mean, which all rows share, and of single rows beyond it. */
export interface MoveDoubt {
  readonly input: { readonly shared: number; readonly own: number };
  readonly output: { readonly shared: number; readonly own: number };
}

export interface Estimator {
  readonly carry: (from: string, to: string) => Carried;
  readonly doubt: (from: string, to: string, task: string) => MoveDoubt;
}

/** Answers what becomes of tokens on a move. `tasks` are the names by code. */
export function makeEstimator(
  estimates: Estimates,
  catalogue: Catalogue,
  tasks: readonly string[],
): Estimator {
  const book = lookUp(estimates, catalogue);
  const known = new Map<string, Carried>();
  return {
    carry: (from, to) => {
      const key = `${from} ${to}`;
      const found = known.get(key) ?? carry(book, estimates, catalogue, tasks, from, to);
      known.set(key, found);
      return found;
    },
    doubt: (from, to, task) => doubtOf(book, catalogue, from, to, task),
  };
}

type Book = ReturnType<typeof lookUp>;

function lookUp({ input, answers, pairs }: Estimates, catalogue: Catalogue) {
  const inputs = new Map(input.map((one) => [one.target, one]));
  const lengths = new Map(answers.map((one) => [`${one.target} ${one.task}`, one]));
  const together = new Map(
    pairs.flatMap(({ one, other, task, of, correlation }) => [
      [`${of} ${one} ${other} ${task}`, correlation] as const,
      [`${of} ${other} ${one} ${task}`, correlation] as const,
    ]),
  );
  return {
    perEstimate: (target: string) =>
      inputs.get(target) ?? {
        per_estimate: priorPerEstimate(catalogue.find(target)),
        sigma: priorInputSigma,
        spread: 0,
      },
    answers: (target: string, task: string) =>
      lengths.get(`${target} ${task}`) ?? lengths.get(`${target} `) ?? null,
    /** By task where the target has any, else the target in general. */
    tasksOf: (target: string) => {
      const own = answers.filter((one) => one.target === target);
      const byTask = own.filter(({ task }) => task !== '');
      return byTask.length > 0 ? byTask : own;
    },
    isKnown: (target: string) => (lengths.get(`${target} `)?.rows ?? 0) >= enoughRows,
    correlation: (of: 'input' | 'answers', one: string, other: string, task: string) =>
      together.get(`${of} ${one} ${other} ${task}`) ?? 0,
  };
}

function carry(
  book: Book,
  { kind }: Estimates,
  catalogue: Catalogue,
  tasks: readonly string[],
  from: string,
  to: string,
): Carried {
  const alike = countsAlike(to, from, catalogue);
  if (from === to) return { factors: null, fitted: false, doubt: 0 };
  if (kind === 'same_tokens') return { factors: null, fitted: false, doubt: alike ? 0 : 1 };
  const input = alike ? 1 : book.perEstimate(to).per_estimate / book.perEstimate(from).per_estimate;
  const fitted = book.isKnown(from) && book.isKnown(to);
  if (!fitted) {
    const factors = input === 1 ? null : { input, output: tasks.map(() => input) };
    return { factors, fitted, doubt: alike ? alikeDoubt : 1 };
  }
  const output = tasks.map((task) =>
    Math.exp((book.answers(to, task)?.relative ?? 0) - (book.answers(from, task)?.relative ?? 0)),
  );
  const sigma = usualDoubt(book, catalogue, from, to);
  return { factors: { input, output }, fitted, doubt: sigma / foreignSigma };
}

/** The larger of both doubts, over the tasks that a target serves as often as it serves them. */
function usualDoubt(book: Book, catalogue: Catalogue, from: string, to: string): number {
  let [sum, rows] = [0, 0];
  for (const own of book.tasksOf(from)) {
    const doubt = doubtOf(book, catalogue, from, to, own.task);
    sum += own.rows * Math.max(doubt.input.shared, doubt.output.shared);
    rows += own.rows;
  }
  return rows === 0 ? foreignSigma : sum / rows;
}

function doubtOf(book: Book, catalogue: Catalogue, from: string, to: string, task: string): MoveDoubt {
  const [one, other] = [book.perEstimate(from), book.perEstimate(to)];
  const alongInput = book.correlation('input', from, to, '');
  const alike = countsAlike(to, from, catalogue);
  const [was, is] = [book.answers(from, task), book.answers(to, task)];
  const along = book.correlation('answers', from, to, task);
  return {
    input: alike
      ? { shared: 0, own: 0 }
      : {
          shared: difference(one.sigma, other.sigma, alongInput),
          own: difference(one.spread, other.spread, alongInput),
        },
    output: {
      shared: difference(was?.sigma ?? priorAnswerSigma, is?.sigma ?? priorAnswerSigma, along),
      own: difference(was?.spread ?? priorSpread, is?.spread ?? priorSpread, along),
    },
  };
}

/** Standard deviation of a difference of two that go together to some degree. */
function difference(one: number, other: number, correlation: number): number {
  return Math.sqrt(Math.max(0, one * one + other * other - 2 * correlation * one * other));
}
