const triggers: ReadonlySet<string> = new Set([
  ...['manual-trigger@1', 'webhook-trigger@1', 'schedule-trigger@1', 'event-trigger@1'],
  'file-trigger@1',
]);

/** True for kinds that a run begins with. */
export const isTrigger = (kind: string): boolean => triggers.has(kind);
