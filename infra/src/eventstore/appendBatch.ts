import type { QueryConfig } from 'pg';

import {
  framedArray,
  hashArray,
  int4Array,
  int8Array,
  textArray,
  uuidArray,
} from '../postgres/binaryArrays.ts';
import type { PreparedAppend, PreparedEvent } from './preparedAppend.ts';

/** What the log said of each append of a batch, in the batch's order. */
export interface BatchAnswer {
  /** Position of the last event before this batch; the accepted ones follow it without gaps. */
  readonly lastPosition: bigint;
  readonly accepted: readonly boolean[];
  /** Head revision that each append met; -1 when the stream did not exist. */
  readonly foundRevisions: readonly number[];
}

const bytes = ({ framed }: PreparedEvent): Buffer => framed.bytes;
const typeAt = ({ framed }: PreparedEvent): number => framed.typeAt;
const dataAt = ({ framed }: PreparedEvent): number => framed.dataAt;
const metadataAt = ({ framed }: PreparedEvent): number => framed.metadataAt;
const endAt = ({ framed }: PreparedEvent): number => framed.bytes.length;

/** Values stay the text that the server sent: no parser of the application's is asked. */
const asText = { getTypeParser: () => (value: string) => value };

/** The one statement of group commit, its arguments as binary arrays. */
export const appendBatchQuery = (batch: readonly PreparedAppend[]): QueryConfig => {
  const events: PreparedEvent[] = [];
  const ordinals: number[] = [];
  const revisions: number[] = [];
  batch.forEach((append, index) => {
    append.events.forEach((event, at) => {
      events.push(event);
      ordinals.push(index + 1);
      revisions.push(append.expectedRevision + 1 + at);
    });
  });
  return {
    name: 'append_batch',
    text: 'select * from log.append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    types: asText,
    values: [
      textArray(batch.map((append) => append.stream)),
      int8Array(batch.map((append) => append.expectedRevision)),
      hashArray(batch.map((append) => append.expectedHash)),
      int4Array(ordinals),
      int8Array(revisions),
      uuidArray(events.map(({ event }) => event.eventId)),
      framedArray(events, { bytes, start: typeAt, end: dataAt }),
      framedArray(events, { bytes, start: dataAt, end: metadataAt }),
      framedArray(events, { bytes, start: metadataAt, end: endAt }),
      hashArray(events.map(({ hash }) => hash)),
    ],
  };
};

interface AnswerRow {
  readonly last_position: string;
  /** `{t,f,…}` */
  readonly accepted: string;
  /** `{3,-1,…}` */
  readonly found_revisions: string;
}

const elements = (array: string): string[] => array.slice(1, -1).split(',');

export const readBatchAnswer = (rows: readonly unknown[]): BatchAnswer => {
  const row = rows[0] as AnswerRow; // the function's out parameters, always one row
  return {
    lastPosition: BigInt(row.last_position),
    accepted: elements(row.accepted).map((flag) => flag === 't'),
    foundRevisions: elements(row.found_revisions).map(Number),
  };
};
