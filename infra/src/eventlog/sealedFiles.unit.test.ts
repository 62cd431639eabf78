import { expect, it } from '@jest/globals';
import type { RecordedEvent } from '@studio/contracts';

import { sealedFilesOf } from './sealedFiles.ts';

const ref = (digit: string): string => `workspace/${digit.repeat(64)}`;
const event = (type: string, data: object): RecordedEvent =>
  ({ type, data, stream: 'execution-1', revision: 3 }) as unknown as RecordedEvent; // as much as is looked at
const inFile = (digit: string) => ({
  $sealed: { v: 1, key: 'k', iv: 'i', ref: ref(digit), sha256: digit.repeat(64), bytes: 70_000 },
});
const inline = { $sealed: { v: 1, key: 'k', iv: 'i', text: 'YQ==' } };

it('names the files of sealed values, at any depth, and none that may be shared', () => {
  const started = {
    definition: { $claim: { ref: ref('c'), sha256: 'c'.repeat(64), bytes: 70_000 } },
    ...{ trigger: inFile('a'), context: inline },
  };
  const failed = { code: 'x', error: { code: 'x', transient: false, message: inFile('b') } };
  expect(sealedFilesOf([event('WorkflowStarted', started), event('NodeFailed', failed)])).toEqual([
    ref('a'),
    ref('b'),
  ]);
});

it('passes by what only looks sealed, in a field that nobody sealed', () => {
  const planted = { nodeId: inFile('d'), instanceId: 'n', output: inline, handle: inFile('e') };
  expect(sealedFilesOf([event('NodeCompleted', planted)])).toEqual([]);
  expect(sealedFilesOf([event('OfTomorrow', { trigger: inFile('f') })])).toEqual([]);
});
