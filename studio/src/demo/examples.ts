import { readFile } from 'node:fs/promises';

import { dataOf, type Shape } from '@studio/contracts/client';

import type { Visitor } from './visitor.ts';

/** A workflow of `examples/`, saved. */
export interface Example {
  readonly id: string;
  readonly name: string;
  /** The titles of its nodes by their ids, in the order of the file. */
  readonly titles: ReadonlyMap<string, string>;
}

export const saveExample = async ({ client }: Visitor, file: string): Promise<Example> => {
  const path = new URL(`../../../examples/${file}.json`, import.meta.url);
  const body = JSON.parse(await readFile(path, 'utf8')) as Shape<'CreateWorkflowRequest'>; // a test runs each file
  const { id, name } = await dataOf(client.POST('/api/v1/workflows', { body }));
  return { id, name, titles: new Map(body.nodes?.map((node) => [node.id, node.title ?? node.id])) };
};

/** Starts a run by hand and returns its id. */
export const startExample = async (
  { client }: Visitor,
  { id }: Example,
  trigger_data: Record<string, unknown>,
): Promise<string> => {
  const body = { workflow_id: id, trigger_data };
  return (await dataOf(client.POST('/api/v1/executions', { body }))).id;
};
