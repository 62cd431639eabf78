import { saveExample } from '../examples.ts';
import { watchNodes } from '../watchNodes.ts';
import { openWebhook } from '../webhook.ts';
import type { Tour } from './tour.ts';

const urgent = {
  customer: 'Acme',
  subject: 'Urgent: nobody can log in',
  text: 'Since nine this morning.',
};
const normal = { customer: 'Initech', subject: 'A typo on the invoice', text: 'It says Intech.' };

/** Two tickets by webhook, of which one is urgent and comes twice. */
export const triage = async (tour: Tour): Promise<void> => {
  const { stage, visitor, world } = tour;
  stage.act('Support tickets by webhook: an agent sorts them, and the right desk is called');
  const example = await saveExample(visitor, 'support-ticket-triage');
  const sender = await openWebhook(visitor, example);
  const bodyOf = (ticket: object) => ({ ...ticket, baseUrl: world.url });

  const forged = await sender.deliver('ticket-0', bodyOf(urgent), 'v1,Zm9yZ2Vk');
  stage.claim(forged.status === 401, 'A delivery with a forged signature is refused');

  stage.say(`${urgent.customer} writes: ${urgent.subject}`);
  const first = await sender.deliver('ticket-1', bodyOf(urgent));
  await watchNodes(stage, visitor, example, first.run);
  const again = await sender.deliver('ticket-1', bodyOf(urgent));
  stage.claim(
    first.run !== '' && again.run === first.run,
    'Delivered once more, as senders do when in doubt: the same run answers',
  );

  stage.say(`${normal.customer} writes: ${normal.subject}`);
  const second = await sender.deliver('ticket-2', bodyOf(normal));
  await watchNodes(stage, visitor, example, second.run);
  const calledFor = (route: string): string =>
    world
      .calls()
      .flatMap((call) => (call.route === route ? [call.about] : []))
      .join();
  stage.claim(
    calledFor('POST /pages') === 'Acme' && calledFor('POST /tickets') === 'Initech',
    'Acme was paged once and Initech queued once: the server that was called has counted',
  );
};
