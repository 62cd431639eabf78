import type { RunName, RunNamesSought } from '@studio/contracts';

/** What a list of runs is asked for by name. */
export const namesSought = ({ business_key, tag = [], label = [] }: RunNamesSought): RunName[] => [
  ...(business_key === undefined ? [] : [{ by: 'business_key' as const, value: business_key }]),
  ...tag.map((value) => ({ by: 'tag' as const, value })),
  ...label.map((value) => ({ by: 'label' as const, value })),
];
