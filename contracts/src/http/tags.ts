import type { Tag } from './operation.ts';

/** The chapters of the document, in the order of a first use. */
export const tags: readonly { readonly name: Tag; readonly description: string }[] = [
  { name: 'Auth', description: 'Sign in by a code, stay signed in, sign out.' },
  { name: 'Workflows', description: 'Graphs that people edit. Every save is a version.' },
  { name: 'Agents', description: 'Settings of the agents of a workflow.' },
  { name: 'Executions', description: 'Runs: start, follow, settle, replay, erase.' },
  { name: 'Approvals', description: 'What runs ask of people.' },
  { name: 'Webhooks', description: 'Start runs from elsewhere by a secret URL.' },
  { name: 'Kill switches', description: 'Halt a workflow or a workspace as a whole.' },
  { name: 'Retention', description: 'How long what runs hold is kept.' },
  { name: 'Node kinds', description: 'What a node can be.' },
  { name: 'Sockets', description: 'What the own sockets listen to.' },
  { name: 'Operations', description: 'The log from above, for administrators of the studio.' },
  { name: 'Service', description: 'Health, keys and this document.' },
];
