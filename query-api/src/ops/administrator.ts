import { StudioError } from '@studio/contracts';
import { type Caller, callerOf } from '@studio/infra';
import type { Request } from 'express';

import type { QueryApiDeps } from '../deps.ts';

/** Who asks, if they look after the instance. Errors: those of the authenticator; `auth.not_allowed`. */
export type Administrator = (request: Request) => Promise<Caller>;

export const createAdministrator =
  ({
    authenticator,
    administrators,
  }: Pick<QueryApiDeps, 'authenticator' | 'administrators'>): Administrator =>
  async (request) => {
    const caller = await callerOf(authenticator, request);
    if (await administrators.isAdministrator(caller.userId)) return caller;
    throw new StudioError('forbidden', 'auth.not_allowed', 'For administrators of the studio');
  };
