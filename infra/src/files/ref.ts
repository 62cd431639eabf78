import { createHash } from 'node:crypto';

import { StudioError } from '@studio/contracts';

const form = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/([0-9a-f]{64})$/;

/** The two parts of `<workspace>/<sha256>`. Anything else, such as a path upwards, is `request.invalid`. */
export const parseRef = (ref: string): { workspace: string; sha256: string } => {
  const [, workspace, sha256] = form.exec(ref) ?? [];
  if (workspace === undefined || sha256 === undefined)
    throw new StudioError('invalid', 'request.invalid', 'a file is named <workspace>/<sha256>');
  return { workspace, sha256 };
};

/** `request.invalid` when the bytes are not those that the name stands for. */
export const refuseOtherBytes = (ref: string, bytes: Uint8Array): void => {
  if (createHash('sha256').update(bytes).digest('hex') !== parseRef(ref).sha256)
    throw new StudioError('invalid', 'request.invalid', 'a file is named by its own sha256');
};
