import { CausalityView, type CausalLinkView } from '@studio/contracts';

import { createApi } from './api.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import type { Shell } from './shell.ts';

const line = (
  indent: number,
  { type, stream, revision, occurred_at, actor }: CausalLinkView,
): string =>
  `${'  '.repeat(indent)}${type}  ${stream} ${revision}  ${occurred_at}  by ${actor.kind}`;

/** Effects below what caused them; a chain, in which each has one effect, stays in its column. */
const effectLines = (effects: readonly CausalLinkView[], event: CausalLinkView): string[] => {
  const byCause = Map.groupBy(effects, ({ caused_by }) => caused_by);
  const lines: string[] = [];
  const open: { link: CausalLinkView; indent: number }[] = [{ link: event, indent: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { link, indent } = next;
    if (link !== event) lines.push(line(indent, link));
    const children = byCause.get(link.eventId) ?? [];
    const below = children.length > 1 || link === event ? indent + 1 : indent;
    open.push(...children.map((child) => ({ link: child, indent: below })).reverse());
  }
  return lines;
};

/** What led to an event above it, what followed from it below. */
export const showCausality = async (shell: Shell, given: Given): Promise<ExitCode> => {
  const id = encodeURIComponent(given.word(1, 'EVENT'));
  const answer = await createApi(shell).get(`/ops/events/${id}/causality`);
  const { event, origin, causes, effects, truncated } = CausalityView.parse(answer);
  shell.result(answer, () => [
    ...(origin === null ? [] : [`request ${origin}`]),
    ...causes.map((cause) => line(0, cause)),
    `> ${line(0, event)}`,
    ...effectLines(effects, event),
    ...(truncated ? ['There is more than was looked at.'] : []),
  ]);
  return exitCodes.ok;
};
