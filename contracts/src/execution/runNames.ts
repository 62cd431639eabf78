import { z } from 'zod';

import { Text } from '../text.ts';

const most = 20;

/** Names are lower-case and without white space around them, where runs are started and where they are looked for. */
export const RunTag = Text.max(100)
  .transform((tag) => tag.trim().toLowerCase())
  .refine((tag) => tag !== '', { error: 'A tag must not be empty' });

const LabelKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/, {
  error: 'A label has a key of 1 to 63 letters, digits, dots, dashes, underscores and slashes',
});

/** What is given with a start. */
export const runNamesGiven = {
  /** What the caller knows the run's matter by, such as the number of an order. */
  business_key: Text.min(1).max(255).nullish(),
  tags: z
    .array(RunTag)
    .max(most)
    .transform((tags) => [...new Set(tags)])
    .default([]),
  labels: z
    .record(LabelKey, Text.min(1).max(255))
    .refine((labels) => Object.keys(labels).length <= most, {
      error: `A run has at most ${most} labels`,
    })
    .default({}),
};

/** What whoever started a run calls it, to find it again. */
export const RunNames = z.object({
  businessKey: z.string().nullable(),
  tags: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
});
export type RunNames = z.infer<typeof RunNames>;

/** A label as it is looked for: `key:value`. No key holds a colon. */
export const LabelFilter = Text.max(319).refine(
  (text) => /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}:./s.test(text),
  { error: 'A label is looked for as key:value' },
);

/** One thing that a run is found by; a label is `key:value`. */
export interface RunName {
  readonly by: 'business_key' | 'tag' | 'label';
  readonly value: string;
}

export const namesOfRun = ({ businessKey, tags, labels }: RunNames): RunName[] => [
  ...(businessKey === null ? [] : [{ by: 'business_key' as const, value: businessKey }]),
  ...tags.map((value) => ({ by: 'tag' as const, value })),
  ...Object.entries(labels).map(([key, value]) => ({
    ...{ by: 'label' as const, value: `${key}:${value}` },
  })),
];

/** As every answer about the run says it. */
export const shownNames = (names: RunNames | undefined) => ({
  business_key: names?.businessKey ?? null,
  tags: names?.tags ?? [],
  labels: names?.labels ?? {},
});
