import type { RunName } from '@studio/contracts';

import type { Hmac } from './auth/hmac.ts';

/** Stands for what a run is named, where the name itself must not: the same name in another workspace has another one. */
export const nameHash = (hmac: Hmac, workspaceId: string, { by, value }: RunName): string =>
  hmac(JSON.stringify([workspaceId, by, value])).toString('hex');
