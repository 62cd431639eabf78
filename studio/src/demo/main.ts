import { parseArgs } from 'node:util';

import { verifyChain } from './acts/chain.ts';
import { busyArticles, takeOrders } from './acts/orders.ts';
import { replayRun } from './acts/replays.ts';
import { research } from './acts/research.ts';
import type { Tour } from './acts/tour.ts';
import { triage } from './acts/triage.ts';
import { openOutsideWorld } from './outsideWorld.ts';
import { createOwnStudio, type OwnStudio } from './ownStudio.ts';
import { createStage, type Stage } from './stage.ts';
import { signIn } from './visitor.ts';

const email = 'ada@example.com';
const mostMs = 300_000;

const help = `npm run demo [-- --keep]

A tour of the studio in the terminal: it starts one of its own in a temporary folder, runs the workflows of examples/,
kills it in the middle, and shows what is left. Ends with 0 if everything was as it says, else with 1.

  --keep   leaves the folder behind, and says how to look around in it
`;

const begin = async (stage: Stage, studio: OwnStudio): Promise<Tour> => {
  stage.act('A studio of its own');
  stage.say('In a temporary folder, with its own Postgres; nothing of yours is touched.');
  const tookMs = await studio.start();
  stage.say(
    `Up at ${studio.origin()} after ${(tookMs / 1000).toFixed(1)} s, process ${studio.pid()}.`,
  );
  const visitor = await signIn(studio, email);
  stage.say(`Signed in as ${email}, by the code in ${studio.dataDir}/outbox.`);
  return { stage, studio, visitor, world: await openOutsideWorld(busyArticles) };
};

const perform = async (stage: Stage, studio: OwnStudio): Promise<void> => {
  const tour = await begin(stage, studio);
  try {
    await research(tour);
    await triage(tour);
    const run = await takeOrders(tour);
    await replayRun(tour, run);
    await verifyChain(tour);
  } finally {
    await tour.world.close();
  }
};

const whereNext = (stage: Stage): void => {
  stage.act('Where to look next');
  for (const line of [
    'npm start                     a studio that stays; then, in a browser or a second terminal:',
    '  http://127.0.0.1:8000/      runs live, as timelines, with a slider through their facts',
    '  http://127.0.0.1:8000/docs  every endpoint, to be tried out',
    '  npm run studio -- help      the command line: login, run, watch, replay, verify, …',
    'README.md                     a first run in five minutes',
    'examples/, docs/workflows.md  these workflows, and how to build one',
  ])
    stage.say(line);
};

const result = (stage: Stage): number => {
  const [kept, broken] = [stage.kept(), stage.broken()];
  stage.say('');
  stage.say(
    broken === 0 ? `All ${kept} claims hold.` : `${broken} of ${kept + broken} claims do not hold.`,
  );
  return broken === 0 ? 0 : 1;
};

const leave = async (stage: Stage, studio: OwnStudio, keep: boolean): Promise<void> => {
  if (!keep) return studio.remove();
  await studio.close();
  stage.say(`Kept: DATA_DIR=${studio.dataDir} npm start, and sign in as ${email}.`);
};

const tooLate = (): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Error(`The tour took longer than ${mostMs / 1000} s`));
    }, mostMs).unref();
  });

const interrupted = (): Promise<never> =>
  new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        reject(new Error('Stopped.'));
      });
  });

const guide = async (keep: boolean): Promise<number> => {
  const stage = createStage(process.stdout);
  const studio = await createOwnStudio();
  try {
    await Promise.race([perform(stage, studio), tooLate(), interrupted()]);
    whereNext(stage);
    return result(stage);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    for (const line of message.trim().split('\n')) stage.say(line);
    stage.claim(false, 'The tour came to its end');
    return 1;
  } finally {
    await leave(stage, studio, keep);
  }
};

const { values } = parseArgs({
  options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) process.stdout.write(help);
else process.exit(await guide(values.keep ?? false));
