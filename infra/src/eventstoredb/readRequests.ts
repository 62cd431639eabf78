import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

const { Empty, StreamIdentifier } = shared;
const { ReadReq } = streams;
const { Options } = ReadReq;
type Request = InstanceType<typeof ReadReq>;
type RequestOptions = InstanceType<typeof Options>;

const request = (options: RequestOptions): Request => {
  const ids = new Options.UUIDOption();
  ids.setString(new Empty());
  options.setUuidOption(ids);
  options.setNoFilter(new Empty());
  const whole = new ReadReq();
  whole.setOptions(options);
  return whole;
};

const towards = (backwards: boolean) =>
  backwards ? Options.ReadDirection.BACKWARDS : Options.ReadDirection.FORWARDS;

export interface StreamRead {
  /** The stream's name on the server. */
  readonly name: string;
  /** Null: from the end that `backwards` names. */
  readonly from: number | null;
  readonly count: number;
  readonly backwards: boolean;
}

export const streamRequest = ({ name, from, count, backwards }: StreamRead): Request => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(new Uint8Array(Buffer.from(name)));
  const stream = new Options.StreamOptions();
  stream.setStreamIdentifier(identifier);
  if (from !== null) stream.setRevision(String(from));
  else if (backwards) stream.setEnd(new Empty());
  else stream.setStart(new Empty());
  const options = new Options();
  options.setStream(stream);
  options.setReadDirection(towards(backwards));
  options.setCount(String(count));
  return request(options);
};

const allFrom = (position: bigint): InstanceType<typeof Options.AllOptions> => {
  const at = new Options.Position();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position)); // every event's is its commit position
  const all = new Options.AllOptions();
  all.setPosition(at);
  return all;
};

/** `$all` forwards from an event on, that event included. */
export const allRequest = (from: bigint, count: number): Request => {
  const options = new Options();
  options.setAll(allFrom(from));
  options.setCount(String(count));
  return request(options);
};

/** `$all` backwards from its end. */
export const lastRequest = (count: number): Request => {
  const all = new Options.AllOptions();
  all.setEnd(new Empty());
  const options = new Options();
  options.setAll(all);
  options.setReadDirection(towards(true));
  options.setCount(String(count));
  return request(options);
};

/** Everything behind an event, and then what comes. */
export const followRequest = (after: bigint): Request => {
  const options = new Options();
  options.setAll(allFrom(after));
  options.setSubscription(new Options.SubscriptionOptions());
  return request(options);
};
