/** What a thread can be asked: by name, one argument, one answer. */
export type Methods = { readonly [name: string]: (argument: never) => Promise<unknown> };
export type ArgumentOf<M extends Methods, N extends keyof M> = Parameters<M[N]>[0];
export type AnswerOf<M extends Methods, N extends keyof M> = Awaited<ReturnType<M[N]>>;

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answer =
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'error'; readonly error: unknown };
