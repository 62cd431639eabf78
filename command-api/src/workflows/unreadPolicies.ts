import { type CanvasNode, ExhaustedPolicy, InDoubtPolicy, RetryPolicy } from '@studio/contracts';

const policies = [
  ['retry', RetryPolicy],
  ['onInDoubt', InDoubtPolicy],
  ['onExhausted', ExhaustedPolicy],
] as const;

/** The canvas saves an empty text where nothing was typed. */
const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const settingsIn = ({ data }: CanvasNode, field: string): unknown[] => {
  const config = data['config'];
  const inConfig: unknown =
    typeof config === 'object' && config !== null ? Reflect.get(config, field) : undefined;
  return [data[field], inConfig].filter(isSaid);
};

/** What a node says of failures and doubts in a form that nothing reads, in words. */
export const unreadPolicies = (node: CanvasNode): string[] =>
  policies
    .filter(([field, schema]) => {
      const said = settingsIn(node, field);
      return said.length > 0 && !said.some((value) => schema.safeParse(value).success);
    })
    .map(([field]) => `Node '${node.id}': its '${field}' cannot be read and counts as not written`);
