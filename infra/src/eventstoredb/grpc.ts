import type { EventStoreDBClient } from '@eventstore/db-client';
import grpcServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js';

export type ReadCall = ClientReadableStream<ReadResp>;
export type BatchCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

/**
 * The calls of the server, below the client's own methods (ADR 0008): those parse and print the JSON of every event,
 * so that bytes do not come back as they went in, and end the process when a batch of appends breaks at a bad moment.
 * What is used of the client is what it keeps for its subclasses: finding the leader, connecting anew, credentials.
 */
export interface Grpc {
  /** Without a limit of time it may follow for ever. */
  read(request: ReadReq, timeoutMs?: number): Promise<ReadCall>;
  /** Opens a stream of appends; `prepare` listens before anything can come. */
  batchAppend(prepare: (call: BatchCall) => unknown): Promise<BatchCall>;
  dispose(): Promise<void>;
}

const { StreamsClient } = grpcServices;

/** A node that is not the leader may not have yet what was acknowledged, so it is asked for nothing. */
const requiresLeader = true;

export const createGrpc = (client: EventStoreDBClient): Grpc => {
  /** The newest; those that broke the client has closed. */
  let channel: { close(): void } | null = null;
  return {
    read: (request, timeoutMs) =>
      client['GRPCStreamCreator'](StreamsClient, 'read', (streams) => {
        channel = streams.getChannel();
        const deadline = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
        return streams.read(request, ...client['callArguments']({ requiresLeader }, { deadline }));
      })(),
    batchAppend: (prepare) =>
      client['GRPCStreamCreator'](StreamsClient, 'batchAppend', (streams) => {
        channel = streams.getChannel();
        const forEver = { deadline: Infinity };
        const [metadata, options] = client['callArguments']({ requiresLeader }, forEver);
        const call = streams.batchAppend(metadata, options);
        prepare(call);
        return call;
      })(),
    dispose: async () => {
      await client.dispose();
      channel?.close(); // the client ends its calls and leaves the connection open
    },
  };
};
