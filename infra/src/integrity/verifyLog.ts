import type { EventStore, StoredEvent, StreamName } from '@studio/contracts';

import { wholeLog } from '../eventstore/wholeLog.ts';
import { type ChainCheck, createChainCheck } from './chainCheck.ts';
import { createFileCheck, type FileCheck, type FileCheckParts } from './fileCheck.ts';
import { createLogDigest, logStart } from './logDigest.ts';
import type { LogHead } from './signedHead.ts';

export interface VerifyParts {
  readonly store: EventStore;
  /** True where positions count from 1 without gaps. */
  readonly gapless: boolean;
  /** Null: files are not looked at. */
  readonly files: FileCheckParts | null;
  /** What was signed of this log; null: nothing to compare its end with. */
  readonly head: LogHead | null;
}

/** What was found. `at` is the first event that is not what was written; null when it is about what is not there. */
export type Verdict =
  | { readonly problem: string; readonly at: StoredEvent | null }
  | {
      readonly problem: null;
      readonly events: number;
      readonly streams: number;
      readonly files: number;
      readonly erasedFiles: number;
    };

const pageSize = 500;

async function* wholeStream(store: EventStore, stream: StreamName): AsyncGenerator<StoredEvent> {
  for (let from = 0; ; from += pageSize) {
    const events = await store.readStream(stream, { from, limit: pageSize });
    yield* events;
    if (events.length < pageSize) return;
  }
}

interface HeadCheck {
  next(event: StoredEvent): string | null;
  /** At the end of the log. */
  end(): string | null;
}

const createHeadCheck = (storeId: string, head: LogHead | null): HeadCheck => {
  const digest = createLogDigest(logStart(storeId));
  let reached = 0n;
  const rewritten = ({ position, signedAt }: LogHead): string =>
    `what lies up to position ${position} is not what was signed at ${signedAt}: streams were removed, put in, rewritten or reordered`;
  return {
    next: (event) => {
      reached = event.position;
      if (!head || event.position > head.position) return null;
      digest.add([event]);
      const mismatch = event.position === head.position && digest.digest() !== head.digest;
      return mismatch ? rewritten(head) : null;
    },
    end: () => {
      if (!head || digest.digest() === head.digest) return null;
      return reached < head.position
        ? `the end is missing: the log reaches position ${reached}, at ${head.signedAt} it reached ${head.position}`
        : rewritten(head);
    },
  };
};

interface Checks {
  readonly chain: ChainCheck;
  readonly head: HeadCheck;
  readonly files: FileCheck | null;
}

type Finding = Exclude<Verdict, { problem: null }>;

const firstFinding = async (
  events: AsyncIterable<StoredEvent>,
  { chain, head, files }: Checks,
): Promise<Finding | null> => {
  for await (const event of events) {
    const problem = chain.next(event) ?? head.next(event) ?? (await files?.next(event)) ?? null;
    if (problem !== null) return { problem, at: event };
  }
  const problem = head.end();
  return problem === null ? null : { problem, at: null };
};

const verify = async (events: AsyncIterable<StoredEvent>, checks: Checks): Promise<Verdict> => {
  const finding = await firstFinding(events, checks);
  if (finding) return finding;
  const { chain, files } = checks;
  const counts = { events: chain.events(), streams: chain.streams() };
  return {
    problem: null,
    ...counts,
    files: files?.files() ?? 0,
    erasedFiles: files?.erased() ?? 0,
  };
};

const filesOf = ({ files }: VerifyParts): FileCheck | null => files && createFileCheck(files);

/** Reads the raw texts of the whole log and checks chains, positions, files and the signed head. */
export const verifyLog = (parts: VerifyParts): Promise<Verdict> =>
  verify(wholeLog(parts.store), {
    chain: createChainCheck(parts.gapless),
    head: createHeadCheck(parts.store.storeId, parts.head),
    files: filesOf(parts),
  });

/** The same for one stream. Whether its own end was cut off, only the whole log can tell. */
export const verifyStream = (parts: VerifyParts, stream: StreamName): Promise<Verdict> =>
  verify(wholeStream(parts.store, stream), {
    chain: createChainCheck(false),
    head: createHeadCheck(parts.store.storeId, null),
    files: filesOf(parts),
  });
