import type { z } from 'zod';
import type { Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One call between studio and server: what goes in, what comes out. Routes, client and API description grow from it. */
export interface Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  readonly method: Method;
  /** Express form: `/api/policies/:id`. */
  readonly path: string;
  /** The permission it takes; `signed_in`: whoever is let in, `anyone`: also who is not. */
  readonly needs: Permission | 'signed_in' | 'anyone';
  /** One sentence for the API description. */
  readonly summary: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly response: R;
  /** Status of a success; 200 unless said. */
  readonly status?: number;
}

export type AnyCall = Call<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
export type ParamsOf<C extends AnyCall> = z.output<C['params']>;
export type QueryOf<C extends AnyCall> = z.output<C['query']>;
export type BodyOf<C extends AnyCall> = z.output<C['body']>;
export type ResponseOf<C extends AnyCall> = z.output<C['response']>;

/** Declares a call and keeps its types. */
export function defineCall<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(call: Call<P, Q, B, R>): Call<P, Q, B, R> {
  return Object.freeze(call);
}
