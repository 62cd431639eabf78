import { StudioError } from '@studio/contracts';
import type { Request } from 'express';

/** The version that an If-Match header asks for; null when there is none, or any will do. */
export const expectedVersion = (request: Request): number | null => {
  const header = request.get('If-Match')?.trim();
  if (header === undefined || header === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new StudioError(
      'conflict',
      'workflow.version_mismatch',
      'If-Match names no version of this workflow',
    );
  return Number(version);
};
