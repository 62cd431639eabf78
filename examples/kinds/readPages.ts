import { DomainError, nodeKind, StudioError } from '@studio/contracts';
import { z } from 'zod';

export const readPages = nodeKind({
  kind: 'read-pages',
  major: 1,
  type: 'integration',
  title: 'Read pages',
  description: 'Reads a list that comes in pages, and says how far it has come.',
  config: z.object({
    url: z.url({ protocol: /^https?$/ }),
    pages: z.number().int().min(1).max(1_000),
  }),
  effect: 'idempotent',
  outputs: ['output'],
  run: async ({ config: { url, pages }, http, signal, progress }) => {
    const read: unknown[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const { status, body } = await http.request({
        ...{ method: 'GET', url: `${url}?page=${page}`, headers: {}, signal, timeoutMs: 60_000 },
      });
      if (status >= 500)
        throw new StudioError('unavailable', 'http.status', `Page ${page}: ${status}`);
      if (status >= 400) throw new DomainError('http.status', `Page ${page}: ${status}`);
      read.push(body);
      progress({ fraction: page / pages, message: `page ${page} of ${pages}` });
    }
    return { output: read };
  },
});
