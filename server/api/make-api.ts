import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import { type AnyCall, type CallName, calls, mayCall, type Principal } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import { principalOf } from './actor.ts';
import type { Handler } from './handler.ts';
import { handlers } from './index.ts';
import type { Installation } from './installation.ts';
import { visitOf } from './visit.ts';

/** The calls that who is not let in may make too: to find out that they are not, and to sign in. */
export function makeOpenApi(installation: Installation): Router {
  return mount(installation, ({ needs }) => needs === 'anyone', json({ limit: '16kb' }));
}

/** Mounts a handler for every call of the contract, each with what goes in and out held to the call's schemas. */
export function makeApi(installation: Installation): Router {
  return mount(installation, () => true);
}

function mount(
  installation: Installation,
  isMounted: (call: AnyCall) => boolean,
  ...before: readonly RequestHandler[]
): Router {
  const router = Router();
  for (const name of Object.keys(calls) as CallName[]) {
    const call: AnyCall = calls[name];
    const handler = handlers[name] as Handler<AnyCall>;
    if (isMounted(call))
      router[methodOf(call)](call.path, ...before, answer(name, call, handler, installation));
  }
  return router;
}

function methodOf({ method }: AnyCall): 'get' | 'post' | 'put' | 'delete' {
  return method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
}

function answer(
  name: CallName,
  call: AnyCall,
  handler: Handler<AnyCall>,
  installation: Installation,
): RequestHandler {
  return async (request: Request, response: Response) => {
    const principal = principalOf(response);
    requirePermission(call, principal);
    const result = await handler(
      {
        params: parse(call.params, request.params, 'path'),
        query: parse(call.query, request.query, 'query'),
        body: parse(call.body, request.body ?? {}, 'body'),
        actor: principal.id,
        principal,
        visit: visitOf(request, response),
      },
      installation,
    );
    if (installation.checkResponses) requireContract(name, call, result);
    response.status(call.status ?? 200).json(result);
  };
}

/** @throws {ApiFailure} `not_permitted`. */
function requirePermission({ needs, summary }: AnyCall, principal: Principal): void {
  if (needs === 'anyone' || needs === 'signed_in' || mayCall(principal, needs)) return;
  throw new ApiFailure(
    403,
    'not_permitted',
    `This needs the permission ${needs}, which your roles do not have (${summary}).`,
  );
}

/** @throws {ApiFailure} `invalid_request`, saying what is wrong and where. */
function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3).map((issue) => {
    const place = [where, ...issue.path.map(String)].join('.');
    return `${place}: ${issue.message.replace(/^Invalid input: /, '')}`;
  });
  const fields = parsed.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message: message.replace(/^Invalid input: /, ''),
  }));
  throw new ApiFailure(400, 'invalid_request', `${problems.join('; ')}.`, where === 'body' ? { fields } : {});
}

function requireContract(name: CallName, call: AnyCall, result: unknown): void {
  const parsed = call.response.safeParse(JSON.parse(JSON.stringify(result)));
  if (!parsed.success) throw new Error(`${name} answered against its contract: ${parsed.error.message}`);
}
