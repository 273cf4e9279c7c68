import { z } from 'zod';
import { Role } from '../../contract/permissions.ts';

const Grant = z.strictObject({ role: Role, team: z.string().nullable() });

/** Somebody with an account. The password is kept as argon2id hash, the token of a link as SHA-256. */
export const StoredAccount = z.strictObject({
  id: z.string(),
  /** As it was typed; compared in lower case. Never changed: the audit names people by it. */
  email: z.string(),
  name: z.string(),
  grants: z.array(Grant).readonly(),
  passwordHash: z.string().nullable(),
  /** Whom the identity provider knows them as. */
  signOn: z
    .strictObject({
      issuer: z.string(),
      subject: z.string(),
      /** Its roles are those of its groups, anew at every sign-in. */
      fromGroups: z.boolean(),
    })
    .nullable(),
  link: z.strictObject({ tokenSha256: z.string(), expiresAt: z.string() }).nullable(),
  deactivatedAt: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  lastSignInAt: z.string().nullable(),
  revision: z.number().int(),
});
export type StoredAccount = Readonly<z.output<typeof StoredAccount>>;

/** A browser that is signed in. The token is only in its cookie. */
export const StoredSession = z.strictObject({
  id: z.string(),
  account: z.string(),
  tokenSha256: z.string(),
  device: z.string(),
  address: z.string(),
  createdAt: z.string(),
  /** Written every five minutes at most. */
  seenAt: z.string(),
});
export type StoredSession = Readonly<z.output<typeof StoredSession>>;

/** Single sign-on by OpenID Connect. */
export const StoredSignOn = z.strictObject({
  enabled: z.boolean(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** Sealed with the master key; `null` for a public client. */
  sealedSecret: z.string().nullable(),
  domains: z.array(z.string()).readonly(),
  groups: z.array(z.strictObject({ group: z.string(), role: Role, team: z.string().nullable() })).readonly(),
  revision: z.number().int(),
});
export type StoredSignOn = Readonly<z.output<typeof StoredSignOn>>;
