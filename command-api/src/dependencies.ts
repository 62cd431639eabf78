import type {
  Clock,
  EventLog,
  FileStorage,
  KeyRing,
  Mailer,
  NewId,
  Occurrences,
  Singletons,
  StreamName,
  WorkflowId,
} from '@studio/contracts';
import type { Patience } from '@studio/domain';
import type {
  Auth,
  FindFailedRuns,
  FindOpenRuns,
  RateLimit,
  SessionPositions,
} from '@studio/infra';

import type { CodeHash } from './auth/otp.ts';
import type { RateLimits } from './auth/rateLimits.ts';

/** Everything that the write side needs of the world; the composition root brings it. */
export interface CommandApiDependencies {
  readonly log: EventLog;
  readonly keys: KeyRing;
  /** Where the log keeps its large values; here only to be rid of those whose key was deleted. */
  readonly files: Pick<FileStorage, 'remove'>;
  readonly auth: Auth;
  readonly mailer: Mailer;
  readonly positions: SessionPositions;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The UUIDv5 of what must exist once. */
  readonly deterministicId: (parts: readonly string[]) => string;
  /** Begins a row of waits, one after each race that is lost on the stream. */
  readonly patience: (stream: StreamName) => Patience;
  /** The kind of that name (`condition` or `condition@1`), if the studio has it. */
  readonly findKind: (
    name: string,
  ) => { readonly kind: string; readonly major: number } | undefined;
  /** The workflow in whose stream an agent lives. */
  readonly findAgent: (agentId: string) => Promise<WorkflowId | null>;
  /** The failed runs that an order for many is about. */
  readonly failedRuns: FindFailedRuns;
  /** The runs of a workflow that are to go by another version. */
  readonly openRuns: FindOpenRuns;
  /** Throws a StudioError for an expression that cannot be read. */
  readonly checkExpression: (expression: string) => void;
  readonly occurrences: Occurrences;
  readonly singletons: Singletons;
  /** So many runs of one workspace at the same time; absent: any number. */
  readonly mostRunsInWorkspace?: number | undefined;
  /** How codes to sign in are kept. */
  readonly codeHash: CodeHash;
  readonly rateLimits?: Partial<RateLimits>;
  /** Deliveries that one webhook takes; default 600 a minute. */
  readonly webhookLimit?: RateLimit;
  /** Default `/api/v1`. */
  readonly prefix?: string;
}
