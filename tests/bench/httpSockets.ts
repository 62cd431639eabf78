import { createHash, type Hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import WebSocket from 'ws';

import { canvasNode, chain, save } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { type BenchLine, benchLine, newMeasured } from './benchLine.ts';
import { residentMb } from './resident.ts';

const runs = 200;
const socketsPerRun = 10;
const openedAtOnce = 50;
/** Long enough for every socket to be open before its run goes on. */
const pauseMs = 20_000;
/** TimerSet is the last, beside those of the trigger. */
const factsBeforeThePause = 4;
const patienceMs = 120_000;

const workflow = chain(
  canvasNode('begin', 'manual-trigger'),
  canvasNode('wait', 'delay', { durationMs: pauseMs }),
  ...Array.from({ length: 10 }, (_, index) => canvasNode(`step${index}`, 'noop')),
);

interface Started {
  readonly id: string;
  /** Of its first fact: sockets ask for what comes after it. */
  readonly position: string;
}

interface Heard {
  readonly end: Promise<void>;
  /** Of all that came, in the order in which it came. */
  readonly digest: Hash;
  readonly latenciesMs: number[];
  messages: number;
  close(): void;
}

interface Message {
  readonly type: string;
  readonly revision?: number;
  readonly event?: { readonly type: string; readonly metadata: { readonly occurredAt: string } };
}

/** Hears a run to its end; a fact that is missing or out of order is an error. */
const listen = async (
  studio: StudioProcess,
  person: Person,
  { id, position }: Started,
): Promise<Heard> => {
  const address = `${studio.origin().replace('http', 'ws')}/api/v1/ws/executions/${id}`;
  const socket = new WebSocket(`${address}?after=${position}`, ['bearer', person.token]);
  const [digest, latenciesMs] = [createHash('sha256'), [] as number[]];
  let revision = 0;
  const { promise: end, resolve, reject } = Promise.withResolvers<undefined>();
  end.catch(() => undefined); // awaited once all sockets are open
  const heard: Heard = { end, digest, latenciesMs, messages: 0, close: () => socket.terminate() };
  const takeFact = ({ event, ...message }: Message): void => {
    revision += 1;
    if (message.revision !== revision)
      reject(new Error(`run ${id}: fact ${message.revision} came in place of ${revision}`));
    // What happened before the socket was there tells nothing of how fast it hears.
    if (revision > factsBeforeThePause && event)
      latenciesMs.push(Date.now() - Date.parse(event.metadata.occurredAt));
    if (event?.type === 'WorkflowCompleted') resolve(undefined);
  };
  const take = (message: Message, text: string): void => {
    if (message.type === 'connection' || message.type === 'subscription') return; // names the socket
    digest.update(text);
    heard.messages += 1;
    if (message.type === 'fact') takeFact(message);
  };
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    take(JSON.parse(text) as Message, text); // the messages of the contract
  });
  socket.on('close', (code) => reject(new Error(`run ${id}: the socket closed with ${code}`)));
  await new Promise((opened, refused) => {
    socket.once('open', opened);
    socket.once('error', refused);
  });
  return heard;
};

const startRuns = async (person: Person): Promise<Started[]> => {
  const workflow_id = await save(person, workflow);
  const started: Started[] = [];
  for (let count = 0; count < runs; count += 1) {
    const { body, headers } = await person.call('POST', '/executions', { workflow_id });
    started.push({ id: String(body.id), position: headers.get('studio-position') ?? '' });
  }
  return started;
};

const openSockets = async (
  studio: StudioProcess,
  person: Person,
  started: readonly Started[],
): Promise<readonly Heard[]> => {
  const wanted = started.flatMap((run) => Array.from({ length: socketsPerRun }, () => run));
  const heard: Heard[] = [];
  for (let at = 0; at < wanted.length; at += openedAtOnce)
    heard.push(
      ...(await Promise.all(
        wanted.slice(at, at + openedAtOnce).map((run) => listen(studio, person, run)),
      )),
    );
  return heard;
};

/** Sockets of one run were told the same, in the same order. */
const expectAgreement = (heard: readonly Heard[]): void => {
  const digests = heard.map(({ digest }) => digest.digest('hex'));
  for (let run = 0; run < runs; run += 1) {
    const own = new Set(digests.slice(run * socketsPerRun, (run + 1) * socketsPerRun));
    if (own.size !== 1) throw new Error(`the sockets of run ${run} were told different things`);
  }
};

/** Looks again and again, until stopped. */
const watchMemory = (pid: number) => {
  let most = 0;
  const look = setInterval(() => {
    void residentMb(pid).then((now) => (most = Math.max(most, now)));
  }, 100);
  return {
    stop: (): number => {
      clearInterval(look);
      return most;
    },
  };
};

/** 2,000 sockets follow 200 runs: every message arrives, in order; what that costs in memory. */
export const socketsFollowRuns = async (report: (line: BenchLine) => void): Promise<void> => {
  const studio = await createStudio({ env: { RATE_LIMIT_PER_HOUR: '0' } });
  try {
    await studio.start();
    const person = await signIn(studio, 'bench@example.com');
    const started = await startRuns(person);
    const before = await residentMb(studio.pid());
    const memory = watchMemory(studio.pid());
    const begun = performance.now();
    const heard = await openSockets(studio, person, started);
    const opened = performance.now() - begun;
    if (opened > pauseMs) throw new Error(`opening took ${opened} ms: no run was live by then`);
    await Promise.race([
      Promise.all(heard.map(({ end }) => end)),
      sleep(patienceMs, undefined, { ref: false }).then(() => {
        throw new Error('messages are missing');
      }),
    ]);
    const most = memory.stop();
    expectAgreement(heard);
    const ours = newMeasured();
    ours.latenciesMs.push(...heard.flatMap(({ latenciesMs }) => latenciesMs));
    ours.rates.push(heard.reduce((sum, { messages }) => sum + messages, 0));
    const line = benchLine({
      ...{ bench: 'http', case: 'sockets', concurrency: heard.length, unit: 'messages' },
      ...{ baseline: `${runs} runs; all messages, in order`, ours, theirs: ours },
    });
    report({ ...line, rss_mb: most, added_rss_mb: most - before });
    for (const each of heard) each.close();
  } finally {
    await studio.remove();
  }
};
