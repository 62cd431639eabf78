import { StudioError } from '@studio/contracts';
import { type Caller, parsePosition } from '@studio/infra';
import type { Request } from 'express';

import type { QueryApiDeps } from './deps.ts';

type Deps = Pick<QueryApiDeps, 'log' | 'positions' | 'sessionPositions' | 'patience'>;

/** True when the rows of the projection know everything that the caller has written, or has asked for. */
export type IsFresh = (request: Request, caller: Caller, projection: string) => Promise<boolean>;

const later = (a: bigint | null, b: bigint | null): bigint | null => {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
};

/** Read your writes (design.md 7): waits for the session's last position, or for `Studio-Min-Position`. */
export const createFreshness = (deps: Deps): IsFresh => {
  const { log, positions, sessionPositions } = deps;
  const patienceMs = deps.patience?.freshnessMs ?? 2_000;

  const asked = (request: Request): bigint | null => {
    const text = request.get('Studio-Min-Position');
    return text === undefined ? null : parsePosition(log.storeId, text);
  };

  /** A position that the log never handed out would be waited for in vain. */
  const refuseUnknown = async (position: bigint): Promise<void> => {
    if (position > (await log.lastPosition()))
      throw new StudioError('refused', 'position.unknown', 'The log has not come to that position');
  };

  const lagsTooFar = async (projection: string): Promise<boolean> => {
    const known = (await positions.positions()).find((each) => each.projection === projection);
    return !known || known.lagMs > patienceMs;
  };

  return async (request, caller, projection) => {
    const given = asked(request);
    const wanted = later(given, sessionPositions.last(caller.sessionId));
    if (wanted === null || (await positions.waitFor(projection, wanted, 0))) return true;
    if (given !== null) await refuseUnknown(given);
    if (await lagsTooFar(projection)) return false;
    return positions.waitFor(projection, wanted, patienceMs);
  };
};
