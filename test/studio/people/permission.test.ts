import { describe, expect, it } from 'vitest';
import { permissions, permissionsOf, roles } from '../../../server/contract/permissions.ts';
import { refusalInWords, roleTable } from '../../../studio/people/role-words.ts';
import { allowanceOf } from '../../../studio/people/use-permission.ts';

const viewerOfSearch = { id: 'kim', grants: [{ role: 'viewer', team: 'search' }] } as const;
const adminOfSearch = { id: 'sam', grants: [{ role: 'admin', team: 'search' }] } as const;

describe('what a control asks before it is switched on', () => {
  it('is nothing where there are no accounts', () =>
    expect(allowanceOf(null, 'people.manage', null)).toEqual({ allowed: true, reason: '' }));

  it('is the role, where it holds', () => {
    expect(allowanceOf(adminOfSearch, 'keys.manage', 'search').allowed).toBe(true);
    expect(allowanceOf(adminOfSearch, 'keys.manage', 'support').allowed).toBe(false);
    expect(allowanceOf(adminOfSearch, 'teams.manage', null).allowed).toBe(false);
    expect(allowanceOf(viewerOfSearch, 'keys.manage', 'search').allowed).toBe(false);
  });

  it('is the role everywhere for what belongs to no team', () =>
    expect(allowanceOf(adminOfSearch, 'policies.publish')).toEqual({
      allowed: false,
      reason:
        'To publish policies takes the role owner, admin or publisher everywhere. Yours: admin of search.',
    }));

  it('says why not, and who may', () => {
    expect(refusalInWords('policies.publish', viewerOfSearch.grants)).toBe(
      'To publish policies takes the role owner, admin or publisher. Yours: viewer of search.',
    );
    expect(refusalInWords('keys.manage', adminOfSearch.grants, 'support')).toBe(
      'To make and change keys takes the role owner or admin of support. Yours: admin of search.',
    );
  });
});

describe('the table of roles in words', () => {
  it('says of every role exactly what the permission table gives it', () => {
    expect(roleTable.map(({ permission }) => permission)).toEqual(permissions);
    for (const role of roles) {
      const shown = roleTable.filter(({ held }) => held.includes(role)).map(({ permission }) => permission);
      expect(new Set(shown)).toEqual(new Set(permissionsOf[role]));
    }
  });
});
