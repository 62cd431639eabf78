import { saveExample, startExample } from '../examples.ts';
import { watchNodes } from '../watchNodes.ts';
import type { Tour } from './tour.ts';

const tickets = [
  { customer: 'Acme', subject: 'Urgent: nobody can log in', text: 'Since nine this morning.' },
  { customer: 'Initech', subject: 'A typo on the invoice', text: 'It says Intech.' },
];

/** Two tickets, of which one is urgent. */
export const triage = async ({ stage, visitor, world }: Tour): Promise<void> => {
  stage.act('Support tickets: an agent sorts them, and the right desk is called');
  const example = await saveExample(visitor, 'support-ticket-triage');
  for (const ticket of tickets) {
    stage.say(`A ticket of ${ticket.customer}: ${ticket.subject}`);
    const body = { ...ticket, baseUrl: world.url };
    const run = await startExample(visitor, example, { body });
    await watchNodes(stage, visitor, example, run);
  }
  const calledFor = (route: string): string[] =>
    world.calls().flatMap((call) => (call.route === route ? [call.about] : []));
  stage.claim(
    calledFor('POST /pages').join() === 'Acme' && calledFor('POST /tickets').join() === 'Initech',
    'Acme was paged once, Initech was queued once: the other server counted',
  );
};
