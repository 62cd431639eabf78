import { describe, expect, it } from '@jest/globals';
import {
  type ExecutionId,
  executionStream,
  type KeyId,
  type Metadata,
  type NewEvent,
  type RecordedEvent,
} from '@studio/contracts';
import {
  createEventLog,
  createInMemoryEventStore,
  createInMemoryFileStorage,
  createInMemoryKeyRing,
  createOpener,
  newId,
  sealedAt,
} from '@studio/infra';
import fc from 'fast-check';

const keys = createInMemoryKeyRing();
const files = createInMemoryFileStorage();
const log = createEventLog({ store: createInMemoryEventStore(), keys, files });
const opener = createOpener({ keys, files });

const metadata: Metadata = {
  correlationId: 'c',
  causationId: 'c',
  commandId: 'c',
  actor: { kind: 'system', id: 's' },
  workspaceId: 'w',
  schemaVersion: 1,
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const completed = (output: unknown): NewEvent => ({
  type: 'WorkflowCompleted',
  eventId: newId(),
  data: { output },
  metadata,
});

/** One run with one output, as it lies in the log, and its key. */
const record = async (output: unknown): Promise<{ event: RecordedEvent; key: KeyId }> => {
  const stream = executionStream(newId() as ExecutionId); // a run that only this case knows
  const key = await keys.reserve();
  await log.append(stream, 'no_stream', [completed(output)], { run: key });
  const [event] = await log.readStream(stream, {}, 'sealed');
  if (!event) throw new Error('nothing was recorded');
  return { event, key };
};

const imitations = fc.constantFrom(
  { $sealed: { v: 1, key: 'k', iv: '', text: '' } },
  { $claim: { ref: 'w/x', sha256: 'x', bytes: 1 } },
  { $erased: { key: 'k' } },
);
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)),
});
const anyValue = fc.oneof(
  fc.jsonValue(),
  imitations,
  anyText,
  fc.dictionary(anyText, fc.jsonValue()),
);
/** What JSON can carry of a value: -0 is 0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a sealed value', () => {
  it('comes back equal, whatever JSON it is', () =>
    fc.assert(
      fc.asyncProperty(anyValue, async (value) => {
        const { event } = await record(value);
        const [open] = await log.readStream(event.stream);
        expect((open?.data as { output: unknown }).output).toEqual(asJson(value));
      }),
    ));

  it('shows nothing of a name in the log', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ minLength: 8 }), async (name) => {
        const { event } = await record({ name });
        expect(JSON.stringify(event.data)).not.toContain(JSON.stringify(name).slice(1, -1));
      }),
    ));

  it('opens only where it was written', () =>
    fc.assert(
      fc.asyncProperty(
        anyValue,
        fc.constantFrom('stream', 'eventId', 'pointer'),
        async (value, member) => {
          const at = sealedAt((await record(value)).event, ['output']);
          expect(await opener.open([at])).toEqual([asJson(value)]);
          const moved = opener.open([{ ...at, [member]: `${at[member as 'stream']}0` }]);
          await expect(moved).rejects.toMatchObject({ code: 'log.corrupt' });
        },
      ),
    ));

  it('does not open when one bit of it is another', () =>
    fc.assert(
      fc.asyncProperty(anyValue, fc.nat(), async (value, bit) => {
        const at = sealedAt((await record(value)).event, ['output']);
        const { $sealed } = at.value as { $sealed: { text: string } }; // sealed a line above
        const bytes = Buffer.from($sealed.text, 'base64');
        const index = bit % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit % 8));
        const changed = { $sealed: { ...$sealed, text: bytes.toString('base64') } };
        const opening = opener.open([{ ...at, value: changed }]);
        await expect(opening).rejects.toMatchObject({ code: 'log.corrupt' });
      }),
    ));

  it('is Erased once its key is forgotten', () =>
    fc.assert(
      fc.asyncProperty(anyValue, async (value) => {
        const { event, key } = await record(value);
        await keys.forget(key);
        const [open] = await log.readStream(event.stream);
        expect(open?.data).toEqual({ output: { $erased: { key } } });
      }),
    ));
});
