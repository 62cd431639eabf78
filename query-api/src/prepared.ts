import { hash } from 'node:crypto';

import type { Database } from '@studio/infra';

type Values = Record<string, unknown>;

/** Runs a statement that each connection parses and plans once: for those that every page of the API asks. */
export type Prepared = <Row extends Values>(
  text: string,
  values: readonly unknown[],
) => Promise<readonly Row[]>;

/** Texts are few: what differs from request to request is a value. */
export const createPrepared = (pool: Database): Prepared => {
  const names = new Map<string, string>();
  return async <Row extends Values>(text: string, values: readonly unknown[]) => {
    const name = names.get(text) ?? hash('sha256', text).slice(0, 32);
    names.set(text, name);
    return (await pool.query<Row>({ name, text, values: [...values] })).rows;
  };
};
