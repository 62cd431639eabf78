import {
  type DefinedNode,
  type Definition,
  DomainError,
  FileTriggerConfig,
  StudioError,
} from '@studio/contracts';

import type { UploadedFile } from './uploadedFile.ts';

const isFileTrigger = ({ kind }: DefinedNode): boolean => kind === 'file-trigger@1';

const whyNot = ({ id, config }: DefinedNode): string[] => {
  const { error } = FileTriggerConfig.safeParse(config);
  const [issue] = error?.issues ?? [];
  return issue
    ? [`The file trigger of node '${id}' cannot be set: ${issue.path.join('.')}: ${issue.message}`]
    : [];
};

/** A sentence for each node whose file trigger publishing will refuse. */
export const unkeptFileTriggers = ({ nodes }: Definition): string[] =>
  nodes.filter(isFileTrigger).flatMap(whyNot);

/** Error: `trigger.invalid`, naming the node. */
export const refuseUnkeptFileTriggers = (definition: Definition): void => {
  const [why] = unkeptFileTriggers(definition);
  if (why !== undefined) throw new DomainError('trigger.invalid', why);
};

/** The settings of that file trigger. Errors: `trigger.not_found`, `trigger.invalid`. */
export const fileTriggerIn = (definition: Definition, nodeId: string): FileTriggerConfig => {
  const node = definition.nodes.find((each) => each.id === nodeId && isFileTrigger(each));
  if (!node)
    throw new StudioError(
      'not_found',
      'trigger.not_found',
      'The published version has no file-trigger of that name',
    );
  refuseUnkeptFileTriggers({ nodes: [node], connections: [] });
  return FileTriggerConfig.parse(node.config);
};

const isTaken = (type: string, mediaTypes: readonly string[]): boolean =>
  mediaTypes.some((each) => each === type || each === `${type.split('/')[0] ?? ''}/*`);

/** Errors: `request.too_large`, `file.type_not_taken`. */
export const refuseOtherFile = (
  { mediaTypes, maxBytes }: FileTriggerConfig,
  { view: { type, size } }: UploadedFile,
): void => {
  if (size > maxBytes)
    throw new StudioError('too_large', 'request.too_large', `A file has at most ${maxBytes} bytes`);
  if (mediaTypes && !isTaken(type, mediaTypes)) {
    const msg = `Only these media types are taken: ${mediaTypes.join(', ')}`;
    throw new StudioError('invalid', 'file.type_not_taken', msg, {
      extra: { issues: [{ type: 'value_error', loc: ['header', 'content-type'], msg }] },
    });
  }
};
