import { DomainError, nodeKind, StudioError } from '@studio/contracts';
import { z } from 'zod';

export const notify = nodeKind({
  kind: 'notify',
  major: 1,
  type: 'integration',
  title: 'Notify',
  description: 'Posts a text to a channel; the receiver drops what it has had under the same key.',
  config: z.object({
    url: z.url({ protocol: /^https?$/ }),
    channel: z.string().min(1),
    text: z.string().min(1).max(4_000),
  }),
  effect: 'idempotent',
  outputs: ['output'],
  run: async ({ config: { url, channel, text }, http, signal, idempotencyKey }) => {
    const { status } = await http.request({
      ...{ method: 'POST', url, signal, timeoutMs: 10_000 },
      headers: { 'Idempotency-Key': idempotencyKey },
      body: { channel, text },
    });
    // Another try may mend the one; the other is final.
    if (status === 429 || status >= 500)
      throw new StudioError('unavailable', 'http.status', `The channel answered ${status}`);
    if (status >= 400) throw new DomainError('http.status', `The channel answered ${status}`);
    return { output: { channel, status } };
  },
});
