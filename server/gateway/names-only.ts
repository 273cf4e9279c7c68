import type { NeutralRequest } from '#engine/signals/index.ts';

/** Characters of a name: of a user, a session, a model, a key or a value of metadata. Agents' own have up to 160. */
export const longestName = 200;
const effort = /^[\w.-]{0,32}$/;

/**
 * A request as it is measured and logged: what a client names stays, as long as it can be a name. What is longer is a text,
 * and texts are in no log; the upstream gets the body as it came. Of metadata the key stays, so that a policy can tell.
 */
export function namesOnly(request: NeutralRequest): NeutralRequest {
  const { user, session, metadata, reasoningEffort } = request;
  const fits = user.length <= longestName && session.length <= longestName && effort.test(reasoningEffort);
  if (fits && isOfNames(metadata)) return request;
  return {
    ...request,
    user: nameOr(user),
    session: nameOr(session),
    reasoningEffort: effort.test(reasoningEffort) ? reasoningEffort : '',
    metadata: Object.fromEntries(
      Object.entries(metadata)
        .filter(([key]) => key.length <= longestName)
        .map(([key, value]) => [key, nameOr(value)]),
    ),
  };
}

function isOfNames(metadata: NeutralRequest['metadata']): boolean {
  for (const key in metadata)
    if (key.length > longestName || (metadata[key] ?? '').length > longestName) return false;
  return true;
}

function nameOr(text: string): string {
  return text.length <= longestName ? text : '';
}
