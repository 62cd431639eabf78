import type { Clock, EventLog, NewId, RecordedEvent } from '@studio/contracts';
import type {
  Administrators,
  AppliedRow,
  Authenticator,
  Database,
  Hmac,
  Logger,
  Opener,
  ProjectionPositions,
  SessionPositions,
  SubscriberRow,
} from '@studio/infra';
import type { NodeKinds } from '@studio/kinds';

/** Folds one stream to rows, by the projection that fills the tables; sealed values stay sealed. */
export type RowsOf = (
  projection: 'workflows' | 'executions',
  events: readonly RecordedEvent[],
) => ReadonlyMap<string, readonly AppliedRow[]>;

/** All that the query side needs. */
export interface QueryApiDeps {
  readonly pool: Database;
  readonly log: EventLog;
  /** What `GET /node-kinds` lists. */
  readonly kinds: Pick<NodeKinds, 'catalogue'>;
  /** Opens what the read models hold sealed. */
  readonly opener: Opener;
  readonly authenticator: Authenticator;
  readonly administrators: Administrators;
  /** What the addresses of callbacks are made of. */
  readonly callbackHmac: Hmac;
  /** By what runs are found that somebody named. */
  readonly nameHmac: Hmac;
  /** Every subscriber of the log in all processes, those of this one as they are now. */
  readonly subscribers: () => Promise<readonly SubscriberRow[]>;
  readonly positions: ProjectionPositions;
  readonly sessionPositions: SessionPositions;
  readonly rowsOf: RowsOf;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  /** Such as `/api/v1`. */
  readonly apiPrefix: string;
  /** The product's version, for `GET /`. */
  readonly version: string;
  /** Milliseconds; the default of each is what the contract says. */
  readonly patience?: {
    /** How long a read waits for its writer's position; default 2,000. */
    readonly freshnessMs?: number;
    /** How often a socket's session is looked up again; default 5,000. */
    readonly sessionCheckMs?: number;
  };
}
