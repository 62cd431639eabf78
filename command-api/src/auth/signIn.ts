import {
  type KeyId,
  StudioError,
  type UserId,
  userStream,
  type WorkspaceId,
  workspaceStream,
} from '@studio/contracts';
import { type Cause, handle, type Loaded, type User, user, workspace } from '@studio/domain';

import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';

/** Uses the code up. Errors: `auth.invalid_code`, `auth.expired_code`. */
export const redeemCode = async (
  { auth, codeHash }: CommandApiDependencies,
  email: string,
  code: string,
): Promise<void> => {
  const stored = await auth.codes.attempt(email);
  const right = await codeHash.matches(stored?.hash, code);
  if (right && stored?.expired)
    throw new StudioError('unauthenticated', 'auth.expired_code', 'OTP code has expired');
  if (!right || !stored || !(await auth.codes.consume(email, stored.hash)))
    throw new StudioError('unauthenticated', 'auth.invalid_code', 'Invalid or expired OTP code');
};

/** A person's own workspace: made once, whatever happens between here and the first sign-in. */
const openPersonalWorkspace = async (
  dependencies: CommandApiDependencies,
  folds: Folds,
  cause: Cause,
): Promise<void> => {
  const { workspaceId, actor } = cause;
  const stream = workspaceStream(workspaceId as WorkspaceId); // made by deterministicId
  const known = await folds.load(workspace, stream);
  if (known.head) return;
  const data = { workspaceId, ownerId: actor.id, name: 'Personal', personal: true };
  await handle(dependencies, workspace, {
    ...{ stream, known, cause, keys: () => ({}) },
    command: { type: 'CreateWorkspace', data },
  });
};

const ownKey = (state: User): KeyId | null => (state.status === 'registered' ? state.keyId : null);

export interface SignedIn {
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
  readonly user: Loaded<User>;
}

/**
 * Signs in whoever proved that the address is theirs; registers them the first time. Every step is
 * one that a second try repeats without harm, so a crash between two of them costs a new code only.
 */
export const signIn = async (
  dependencies: CommandApiDependencies,
  folds: Folds,
  email: string,
  causeFor: (person: { userId: UserId; workspaceId: WorkspaceId }) => Cause,
): Promise<SignedIn> => {
  const { auth, keys, newId, deterministicId, clock } = dependencies;
  const userId = await auth.accounts.reserve(email, newId() as UserId); // here user ids come to be
  const workspaceId = deterministicId(['personal workspace', userId]) as WorkspaceId; // and those of their workspaces
  const cause = causeFor({ userId, workspaceId });
  await openPersonalWorkspace(dependencies, folds, cause);
  const stream = userStream(userId);
  const known = await folds.load(user, stream);
  const keyId = ownKey(known.state) ?? (await keys.reserve());
  const data = { userId, email, keyId, personalWorkspaceId: workspaceId, now: clock() };
  const signedIn = await handle(dependencies, user, {
    ...{ stream, known, cause, command: { type: 'SignIn', data } },
    keys: (state) => ({ user: ownKey(state) ?? keyId }),
  });
  return { userId, workspaceId, user: signedIn };
};
