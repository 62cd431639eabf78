import { FactsView, type FactView } from '@studio/contracts';

import type { Api } from './api.ts';
import { columns } from './columns.ts';

/** Where facts are asked for. */
export type FactSource = Pick<Api, 'get' | 'token'>;

const pageSize = 1_000;

/** The facts of a run from a revision on, as they stand now. */
export async function* readFacts(api: FactSource, id: string, from = 0): AsyncGenerator<FactView> {
  for (let next = from; ; next += pageSize) {
    const path = `/executions/${id}/events?from=${next}&limit=${pageSize}`;
    const { items, total } = FactsView.parse(await api.get(path));
    yield* items;
    if (next + pageSize >= total) return;
  }
}

/** Members of an event's data that tell most, the first one that is there. */
const telling = ['error', 'message', 'output', 'answer', 'reason', 'dueAt', 'trigger'];
const longestText = 100;

const shortened = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;

const membersOf = (data: unknown): Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}; // not null

const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** One line about a fact: revision, time, what happened, where, and the gist of it. */
export const factLine = ({ revision, metadata, type, data }: FactView): string => {
  const members = membersOf(data);
  const gist = telling.map((name) => members[name]).find((value) => value !== undefined);
  return (
    columns([
      [
        String(revision).padStart(4),
        metadata.occurredAt.slice(11, 23),
        type.padEnd(18),
        textOf(members['instanceId']).padEnd(12),
        shortened(textOf(gist)),
      ],
    ])[0] ?? ''
  );
};
