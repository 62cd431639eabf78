import { parseStream } from '@studio/contracts';

import { el } from './elements.ts';
import { formatOpsRoute, streamRoute } from './opsRoute.ts';
import { formatRoute, runRoute } from './route.ts';
import { visible } from './words.ts';

/** Leads to an event in its stream, or to the stream's newest events. */
export const streamLink = (stream: string, at: number | null, words: string): HTMLElement =>
  el('a', { href: formatOpsRoute(streamRoute(stream, at)) }, visible(words));

/** Leads to the run whose stream it is, at the fact of that number; null for another stream. */
export const runLink = (stream: string, at: number | null): HTMLElement | null => {
  const named = parseStream(stream);
  if (named?.category !== 'execution') return null;
  return el('a', { href: formatRoute({ ...runRoute(named.id), at }) }, 'Run');
};
