import type { Erased, KeyId, UserEvent } from '@studio/contracts';

import type { Decider } from '../decider.ts';

/** A person's account. Personal texts may be Erased. */
export type User =
  | { readonly status: 'unregistered' }
  | {
      readonly status: 'registered';
      readonly userId: string;
      readonly keyId: KeyId;
      readonly personalWorkspaceId: string;
      readonly email: string | Erased;
      readonly fullName: string | null | Erased;
      readonly avatarUrl: string | null | Erased;
      readonly lastSignedInAt: string | null;
    };

/** `now` is an Instant. The first sign-in registers the account: a right code is all that it takes. */
export type UserCommand =
  | {
      type: 'SignIn';
      data: {
        userId: string;
        email: string;
        keyId: KeyId;
        personalWorkspaceId: string;
        now: string;
      };
    }
  | { type: 'SignOut'; data: { userId: string } }
  /** An absent member keeps what is there. */
  | { type: 'ChangeProfile'; data: { userId: string; fullName?: string; avatarUrl?: string } };

type SignIn = Extract<UserCommand, { type: 'SignIn' }>['data'];
type ChangeProfile = Extract<UserCommand, { type: 'ChangeProfile' }>['data'];

const initialState = (): User => ({ status: 'unregistered' });

const signIn = (
  { userId, email, keyId, personalWorkspaceId, now }: SignIn,
  state: User,
): UserEvent[] => {
  const signedIn: UserEvent = { type: 'UserSignedIn', data: { userId, signedInAt: now } };
  return state.status === 'registered'
    ? [signedIn]
    : [{ type: 'UserRegistered', data: { userId, keyId, personalWorkspaceId, email } }, signedIn];
};

/** An erased text stays so until the person gives another. */
const textOf = (value: string | null | Erased): string | null =>
  typeof value === 'string' ? value : null;

const changeProfile = (data: ChangeProfile, state: User): UserEvent[] => {
  if (state.status === 'unregistered') return [];
  const fullName = data.fullName ?? textOf(state.fullName);
  const avatarUrl = data.avatarUrl ?? textOf(state.avatarUrl);
  if (fullName === textOf(state.fullName) && avatarUrl === textOf(state.avatarUrl)) return [];
  return [{ type: 'UserProfileChanged', data: { userId: data.userId, fullName, avatarUrl } }];
};

const decide = ({ type, data }: UserCommand, state: User): UserEvent[] => {
  switch (type) {
    case 'SignIn':
      return signIn(data, state);
    case 'SignOut':
      return state.status === 'registered' ? [{ type: 'UserSignedOut', data }] : [];
    case 'ChangeProfile':
      return changeProfile(data, state);
  }
};

const register = (data: Extract<UserEvent, { type: 'UserRegistered' }>['data']): User => ({
  ...{ status: 'registered', userId: data.userId, email: data.email },
  keyId: data.keyId as KeyId, // the log holds the id as plain text
  personalWorkspaceId: data.personalWorkspaceId,
  ...{ fullName: null, avatarUrl: null, lastSignedInAt: null },
});

const evolve = (state: User, event: UserEvent): User => {
  if (event.type === 'UserRegistered') return register(event.data);
  if (state.status === 'unregistered') return state;
  switch (event.type) {
    case 'UserSignedIn':
      return { ...state, lastSignedInAt: event.data.signedInAt };
    case 'UserSignedOut':
      return state;
    case 'UserProfileChanged':
      return { ...state, fullName: event.data.fullName, avatarUrl: event.data.avatarUrl };
  }
};

export const user: Decider<User, UserCommand, UserEvent> = { initialState, decide, evolve };
