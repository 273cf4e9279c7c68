import type { Config } from '../../config/config.ts';
import { type calls, type SignOnView, signOnCallbackPath } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { describeGrant, mayGrant } from '../../governance/people/grants.ts';
import { discoverIssuer, IssuerError } from '../../governance/people/sign-on/issuer.ts';
import type { StoredSignOn } from '../../governance/people/stored-people.ts';
import { signOnBound } from '../../governance/secrets/reseal.ts';
import type { Handler } from '../handler.ts';
import { requireIn } from '../require-in.ts';

export const readSignOn: Handler<typeof calls.readSignOn> = ({ principal, visit }, { store }) => {
  requireIn(principal, 'people.read', null);
  return viewOf(store.read().signOn, visit.origin);
};

function viewOf(stored: StoredSignOn | null, origin: string): SignOnView {
  const callback = `${origin}${signOnCallbackPath}`;
  if (stored === null)
    return {
      enabled: false,
      name: 'Single sign-on',
      issuer: '',
      clientId: '',
      domains: [],
      groups: [],
      hasSecret: false,
      callback,
      revision: 0,
    };
  const { sealedSecret, domains, groups, ...rest } = stored;
  return { ...rest, domains: [...domains], groups: [...groups], hasSecret: sealedSecret !== null, callback };
}

/** @throws {ApiFailure} `invalid_request` for the field that is wrong. */
async function requireIssuer(
  of: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string | null },
  config: Config,
): Promise<void> {
  try {
    await discoverIssuer({ ...of, allowPrivate: config.allowPrivateUpstreams === true });
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error;
    const { message } = error;
    const field = of.clientId === '' ? 'clientId' : 'issuer';
    throw new ApiFailure(400, 'invalid_request', message, { fields: [{ field, message }] });
  }
}

export const writeSignOn: Handler<typeof calls.writeSignOn> = async (
  { body, actor, principal, visit },
  { store, secrets, config },
) => {
  requireIn(principal, 'people.manage', null);
  const beyond = body.groups.find((grant) => !mayGrant(principal, grant));
  if (beyond !== undefined)
    throw new ApiFailure(
      403,
      'not_permitted',
      `The role ${describeGrant(beyond)} is more than you hold, so you cannot give it to a group.`,
    );
  const { revision, clientSecret, ...settings } = body;
  const present = store.read().signOn;
  // A secret is told to the issuer it was entered for, and to no other.
  const isSameIssuer = present?.issuer === body.issuer;
  const kept = isSameIssuer ? present.sealedSecret : null;
  const secret = clientSecret ?? (kept === null ? null : secrets.open(kept, signOnBound));
  if (body.enabled) await requireIssuer({ ...body, clientSecret: secret }, config);
  const sealed = clientSecret === undefined ? undefined : secrets.seal(clientSecret, signOnBound);
  const before = store.read().signOn;
  const { callback: _, ...shownBefore } = viewOf(before, '');
  const state = await store.update(
    {
      actor,
      action: 'sign_on.write',
      subject: 'single sign-on',
      before: before === null ? null : shownBefore,
      after: { ...settings, ...(clientSecret === undefined ? {} : { secret: 'replaced' }) },
      address: visit.address,
    },
    (now) => {
      const there = now.signOn?.revision ?? 0;
      if (there !== revision)
        throw new ApiFailure(
          409,
          'revision_conflict',
          `Single sign-on is at revision ${there}, and this was made from ${revision}.`,
          { revision: there },
        );
      const sealedSecret = sealed ?? (isSameIssuer ? (now.signOn?.sealedSecret ?? null) : null);
      return { ...now, signOn: { ...settings, sealedSecret, revision: revision + 1 } };
    },
  );
  return viewOf(state.signOn, visit.origin);
};
