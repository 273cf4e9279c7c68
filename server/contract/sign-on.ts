import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Role } from './permissions.ts';
import { Nothing } from './shapes.ts';

/** Where a browser begins single sign-on, with `?return=/path`. Not a call of the studio: a page that redirects. */
export const signOnStartPath = '/api/sign-on/start';
/** Where the identity provider sends the browser back to. */
export const signOnCallbackPath = '/api/sign-on/callback';

const settings = {
  enabled: z.boolean(),
  /** What the button says: "Continue with …". */
  name: z.string().trim().min(1, 'must not be empty').max(60),
  issuer: z.string().trim().max(500),
  clientId: z.string().trim().max(500),
  /** Domains of e-mail addresses that are let in; empty: all. */
  domains: z.array(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'must be a domain, such as example.com'),
  ),
  /** Roles by group, from the claim `groups`; given anew at every sign-in. */
  groups: z.array(
    z.strictObject({
      group: z.string().trim().min(1, 'must name a group').max(200),
      role: Role,
      team: z.string().nullable(),
    }),
  ),
} as const;

const SignOnView = z.strictObject({
  ...settings,
  hasSecret: z.boolean(),
  /** To be registered at the identity provider. */
  callback: z.string(),
  /** 0 where it was never set. */
  revision: z.number().int(),
});
export type SignOnView = z.output<typeof SignOnView>;

export const readSignOn = defineCall({
  method: 'GET',
  path: '/api/sign-on',
  needs: 'people.read',
  summary: 'How single sign-on by OpenID Connect is set, without its secret.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: SignOnView,
});

export const writeSignOn = defineCall({
  method: 'PUT',
  path: '/api/sign-on',
  needs: 'people.manage',
  summary:
    'Sets single sign-on. The issuer is asked for its configuration first. Without `clientSecret` the one that is kept stays.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    ...settings,
    clientSecret: z.string().min(1).max(1_000).optional(),
    revision: z.number().int().min(0),
  }),
  response: SignOnView,
});
