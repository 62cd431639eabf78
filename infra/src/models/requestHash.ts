import { createHash } from 'node:crypto';

import type { ModelRequest } from '@studio/contracts';

/** SHA-256 of the request's JSON text, its members in a fixed order; 64 lower-case hex characters. */
export const requestHash = ({
  model,
  system,
  prompt,
  temperature,
  maxTokens,
}: ModelRequest): string =>
  createHash('sha256')
    .update(JSON.stringify({ model, system, prompt, temperature, maxTokens }))
    .digest('hex');
