import { type ErrorCode, StudioError } from '@studio/contracts';
import type { z } from 'zod';

/** One reason why a request is refused; `loc` begins with where it was found: body, query, path or header. */
export interface Issue {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

export const invalidRequest = (
  issues: readonly Issue[],
  code: ErrorCode = 'request.invalid',
): StudioError =>
  new StudioError('invalid', code, issues[0]?.msg ?? 'The request is not valid', {
    extra: { issues },
  });

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );

const issueOf = (where: string, value: unknown, issue: z.core.$ZodIssue): Issue => {
  const loc = [where, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const missing = issue.code === 'invalid_type' && valueAt(value, issue.path) === undefined;
  // The value itself is not echoed: it may be what the person wants kept secret.
  return missing
    ? { type: 'missing', loc, msg: 'Field required' }
    : { type: issue.code, loc, msg: issue.message };
};

const mostIssues = 100;

/** The value as the schema sees it; else `request.invalid` with an issue for each mistake. */
export const parse = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: 'body' | 'query' | 'path' | 'header' = 'body',
): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, mostIssues);
  throw invalidRequest(issues.map((issue) => issueOf(where, value, issue)));
};
