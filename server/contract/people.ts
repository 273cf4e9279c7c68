import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Role } from './permissions.ts';
import { Nothing } from './shapes.ts';

/** A role everywhere (`team: null`) or in one team. */
export const GrantShape = z.strictObject({ role: Role, team: z.string().min(1).max(120).nullable() });

const Email = z
  .string()
  .trim()
  .max(254, 'is longer than 254 characters')
  .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'must be an e-mail address, such as ann@example.com');
const PersonName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'is longer than 120 characters')
  .regex(/^\P{Cc}*$/u, 'must not hold control characters');
/** How long it has to be and what it may not be is judged where it is set; here only what would be a burden. */
const Password = z.string().min(1, 'must not be empty').max(1_024, 'is longer than 1024 characters');
const Grants = z.array(GrantShape).max(200);

/** Who looks at the studio. */
export const SessionView = z.strictObject({
  /** `open`: nobody has to sign in here yet; `signed_in` with the admin token has the id `admin` and no e-mail. */
  state: z.enum(['open', 'signed_out', 'signed_in']),
  me: z
    .strictObject({ id: z.string(), name: z.string(), email: z.string(), grants: z.array(GrantShape) })
    .nullable(),
  /** To be sent as `x-waybill-csrf` with everything but GET. */
  csrf: z.string().nullable(),
  /** Single sign-on, where it is set up: what its button says. */
  signOn: z.strictObject({ name: z.string() }).nullable(),
});
export type SessionView = z.output<typeof SessionView>;

export const AccountView = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  /** Those that the caller may read: all, or those in the caller's teams. */
  grants: z.array(GrantShape),
  state: z.enum(['active', 'invited', 'deactivated']),
  signsInBy: z.enum(['password', 'sign_on']),
  /** ISO 8601. */
  lastSignInAt: z.string().nullable(),
  revision: z.number().int(),
});
export type AccountView = z.output<typeof AccountView>;

const AccountParams = z.strictObject({ id: z.string() });
const none = { params: Nothing, query: Nothing, body: Nothing } as const;
const WithLink = z.strictObject({
  account: AccountView,
  /** Good once, for 7 days; shown only now. */
  link: z.string(),
});

export const readSession = defineCall({
  ...none,
  method: 'GET',
  path: '/api/session',
  needs: 'anyone',
  summary: 'Who is signed in, or that nobody is, or that nobody has to be.',
  response: SessionView,
});

export const signIn = defineCall({
  ...none,
  method: 'POST',
  path: '/api/session',
  needs: 'anyone',
  summary: 'Signs in with e-mail and password.',
  body: z.strictObject({ email: z.string().max(254), password: Password }),
  response: SessionView,
});

export const signOut = defineCall({
  ...none,
  method: 'DELETE',
  path: '/api/session',
  needs: 'signed_in',
  summary: 'Ends this session.',
  response: Nothing,
});

export const changePassword = defineCall({
  ...none,
  method: 'PUT',
  path: '/api/session/password',
  needs: 'signed_in',
  summary: 'Changes the own password. Every other session of the account ends, and this one gets a new id.',
  body: z.strictObject({ current: Password, password: Password }),
  response: SessionView,
});

export const createOwner = defineCall({
  ...none,
  method: 'POST',
  path: '/api/owner',
  needs: 'anyone',
  summary:
    'Makes the first owner: from a studio that is still open on this machine, or with the admin token. From then on everybody signs in.',
  body: z.strictObject({ email: Email, name: PersonName, password: Password }),
  response: SessionView,
});

export const listAccounts = defineCall({
  ...none,
  method: 'GET',
  path: '/api/accounts',
  needs: 'people.read',
  summary: 'People with their roles. Who may read them in one team sees those with a role in it.',
  response: z.strictObject({ accounts: z.array(AccountView) }),
});

export const inviteAccount = defineCall({
  ...none,
  method: 'POST',
  path: '/api/accounts',
  needs: 'people.manage',
  summary: 'Invites somebody by a link that is good once. Nobody gives more than they hold.',
  body: z.strictObject({
    name: PersonName,
    email: Email,
    grants: Grants.min(1, 'must hold one role at least'),
  }),
  response: WithLink,
});

export const linkAccount = defineCall({
  ...none,
  method: 'POST',
  path: '/api/accounts/:id/link',
  needs: 'people.manage',
  summary:
    'A new link to set a password with: for an invitation that ran out or a password that is forgotten.',
  params: AccountParams,
  response: WithLink,
});

export const writeAccount = defineCall({
  ...none,
  method: 'PUT',
  path: '/api/accounts/:id',
  needs: 'people.manage',
  summary:
    'Names somebody anew, changes their roles, deactivates or reactivates them. `grants` are those the caller may read; others stay.',
  params: AccountParams,
  body: z.strictObject({
    name: PersonName,
    grants: Grants,
    active: z.boolean(),
    revision: z.number().int().min(0),
  }),
  response: AccountView,
});

const InviteParams = z.strictObject({ token: z.string().max(100) });

export const readInvite = defineCall({
  ...none,
  method: 'GET',
  path: '/api/invites/:token',
  needs: 'anyone',
  summary: 'Whose a link is, and whether it sets a first password or a new one.',
  params: InviteParams,
  response: z.strictObject({ name: z.string(), email: z.string(), sets: z.enum(['first', 'new']) }),
});

export const acceptInvite = defineCall({
  ...none,
  method: 'POST',
  path: '/api/invites/:token',
  needs: 'anyone',
  summary: 'Sets a password with a link, and signs in.',
  params: InviteParams,
  body: z.strictObject({ password: Password }),
  response: SessionView,
});

export const listSessions = defineCall({
  ...none,
  method: 'GET',
  path: '/api/accounts/:id/sessions',
  needs: 'signed_in',
  summary: 'Where somebody is signed in: oneself, or whoever one may read.',
  params: AccountParams,
  response: z.strictObject({
    sessions: z.array(
      z.strictObject({
        id: z.string(),
        device: z.string(),
        current: z.boolean(),
        /** ISO 8601, five minutes exact. */
        lastSeenAt: z.string(),
      }),
    ),
  }),
});

export const revokeSession = defineCall({
  ...none,
  method: 'DELETE',
  path: '/api/sessions/:id',
  needs: 'signed_in',
  summary: 'Ends a session: an own one, or that of somebody one may manage.',
  params: z.strictObject({ id: z.string() }),
  response: Nothing,
});
