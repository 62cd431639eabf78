import { namesOfRun, type RunNames } from '@studio/contracts';
import type { StartData } from '@studio/domain';
import { type Hmac, nameHash } from '@studio/infra';

/** A run's names as its first fact holds them; nothing for a run without any. */
export const namedBy = (
  hmac: Hmac,
  workspaceId: string,
  names: RunNames | undefined,
): Pick<StartData, 'named'> => {
  const hashes = names ? namesOfRun(names).map((name) => nameHash(hmac, workspaceId, name)) : [];
  return names && hashes.length > 0 ? { named: { names, hashes } } : {};
};
