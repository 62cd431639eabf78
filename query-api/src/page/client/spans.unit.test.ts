import { describe, expect, it } from '@jest/globals';

import type { Fact } from './facts.ts';
import { createSpans, type Span } from './spans.ts';

const begun = Date.parse('2026-01-01T00:00:00.000Z');
const fact = (type: string, ms: number, instanceId?: string): Fact => ({
  ...{ eventId: '', type, revision: 0, position: '', hash: '' },
  data: instanceId === undefined ? {} : { instanceId },
  metadata: {
    ...{ correlationId: '', causationId: '', commandId: '', workspaceId: '', schemaVersion: 1 },
    ...{ actor: { kind: 'executor', id: '' }, occurredAt: new Date(begun + ms).toISOString() },
  },
});
const spansOf = (...facts: readonly Fact[]): Span[] => {
  const spanOf = createSpans();
  return facts.map(spanOf);
};

describe('how long things took', () => {
  it('is told by the fact that ends them', () => {
    expect(
      spansOf(
        fact('WorkflowStarted', 0),
        fact('NodeStarted', 10, 'a'),
        fact('NodeStarted', 20, 'b'),
        fact('ModelTurnCompleted', 40, 'a'),
        fact('NodeCompleted', 50, 'a'),
        fact('NodeFailed', 60, 'b'),
        fact('WorkflowFailed', 70),
      ),
    ).toEqual([
      ...[
        { from: 0, to: 0 },
        { from: 10, to: 10 },
        { from: 20, to: 20 },
      ],
      ...[
        { from: 10, to: 40 },
        { from: 10, to: 50 },
        { from: 20, to: 60 },
      ],
      { from: 0, to: 70 },
    ]);
  });
  it('counts waits for themselves, and each attempt anew', () => {
    const spans = spansOf(
      fact('WorkflowStarted', 0),
      fact('NodeStarted', 10, 'a'),
      fact('NodeFailed', 20, 'a'),
      fact('NodeRetryScheduled', 20, 'a'),
      fact('TimerFired', 120, 'a'),
      fact('NodeStarted', 130, 'a'),
      fact('NodeCompleted', 150, 'a'),
    );
    expect(spans.slice(4)).toEqual([
      ...[
        { from: 20, to: 120 },
        { from: 130, to: 130 },
        { from: 130, to: 150 },
      ],
    ]);
  });
  it('is never less than nothing, whatever the clocks say', () => {
    expect(spansOf(fact('WorkflowStarted', 5), fact('NodeCompleted', 3, 'a'))[1]).toEqual({
      from: 0,
      to: 0,
    });
  });
  it('is an instant for a kind of fact that is not known here', () => {
    expect(spansOf(fact('WorkflowStarted', 0), fact('SomethingNew', 9, 'a'))[1]).toEqual({
      from: 9,
      to: 9,
    });
  });
});
