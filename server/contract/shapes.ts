import { z } from 'zod';
import { Policy } from '#engine/policy/index.ts';

/** Nothing goes in here: no parameters, no query, no body. */
export const Nothing = z.strictObject({});
export const PolicyParams = z.strictObject({ id: z.string() });

/** Every error of `/api` and of the gateway's own: a code for programs, a sentence for people. */
export const ApiError = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    /** With `policy_invalid`: what is wrong with it. */
    diagnostics: z.array(z.unknown()).optional(),
    /** With `invalid_request`: each field of the body that is wrong, by its place. */
    fields: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
    /** With `revision_conflict`: the revision that is there now. */
    revision: z.number().int().optional(),
  }),
});
export type ApiError = z.output<typeof ApiError>;

export const DiagnosticShape = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  node: z.string().optional(),
  port: z.string().optional(),
  field: z.string().optional(),
  message: z.string(),
  /** What would mend it. */
  hint: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  range: z.object({ start: z.number(), end: z.number() }).optional(),
});

/** An immutable published policy, without its document. */
export const VersionSummary = z.strictObject({
  version: z.number().int().min(1),
  hash: z.string(),
  note: z.string(),
  author: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** The kept what-if it was judged by. */
  simulation: z.string().optional(),
});
export type VersionSummary = z.output<typeof VersionSummary>;

/** A draft that took a policy over as a sub-policy. */
export const PolicyUse = z.strictObject({
  policy: z.string(),
  name: z.string(),
  /** The version it was taken from; `null`: it was not published then. */
  version: z.number().int().nullable(),
});
export type PolicyUse = z.output<typeof PolicyUse>;

/** A policy as the server keeps it: the draft, its revision, what is published. */
export const PolicyEnvelope = z.strictObject({
  policy: Policy,
  /** Grows with every write; a write names the revision it was made from. */
  revision: z.number().int(),
  hash: z.string(),
  updatedAt: z.string(),
  /** `file` policies come from the configured folder and are read-only here. */
  origin: z.enum(['studio', 'file']),
  /** Newest first. */
  versions: z.array(VersionSummary),
  /** Aliases whose deployment points at this policy. */
  aliases: z.array(z.string()),
  /** Drafts that took it over as a sub-policy. */
  usedIn: z.array(PolicyUse),
});
export type PolicyEnvelope = z.output<typeof PolicyEnvelope>;
