import { it } from '@jest/globals';
import type { KeyId, UserEvent } from '@studio/contracts';

import { specificationFor } from '../testing/specification.ts';
import { user, type UserCommand } from './user.ts';

const given = specificationFor(user);
const keyId = 'key-1' as KeyId; // a made-up key
const now = '2026-01-01T00:00:00.000Z';
const account = { userId: 'ada', email: 'ada@example.org', keyId, personalWorkspaceId: 'home' };
const signIn: UserCommand = { type: 'SignIn', data: { ...account, now } };
const registered: UserEvent = {
  type: 'UserRegistered',
  data: { userId: 'ada', keyId, personalWorkspaceId: 'home', email: 'ada@example.org' },
};
const signedIn: UserEvent = { type: 'UserSignedIn', data: { userId: 'ada', signedInAt: now } };
const named: UserEvent = {
  type: 'UserProfileChanged',
  data: { userId: 'ada', fullName: 'Ada', avatarUrl: null },
};

it('registers an account by its first sign-in', () =>
  given([]).when(signIn).then([registered, signedIn]));
it('registers an account once', () => given([registered]).when(signIn).then([signedIn]));
it('has nobody to sign out before the first sign-in', () =>
  given([])
    .when({ type: 'SignOut', data: { userId: 'ada' } })
    .thenNothing());
it('signs out whoever is registered', () =>
  given([registered])
    .when({ type: 'SignOut', data: { userId: 'ada' } })
    .then([{ type: 'UserSignedOut', data: { userId: 'ada' } }]));
it('keeps what a change of profile leaves out', () =>
  given([registered, named])
    .when({ type: 'ChangeProfile', data: { userId: 'ada', avatarUrl: 'https://a.example/a.png' } })
    .then([
      {
        type: 'UserProfileChanged',
        data: { userId: 'ada', fullName: 'Ada', avatarUrl: 'https://a.example/a.png' },
      },
    ]));
it('takes the same profile again for no change', () =>
  given([registered, named])
    .when({ type: 'ChangeProfile', data: { userId: 'ada', fullName: 'Ada' } })
    .thenNothing());
