import { z } from 'zod';

import { Text } from '../text.ts';
import { WebhookAcceptedView } from './webhook.ts';

/** A file that is uploaded, at most, in bytes. */
export const mostFileBytes = 10 * 1024 * 1024;

/** Settings of a file-trigger node. */
export const FileTriggerConfig = z.object({
  mediaTypes: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^[\w.+-]+\/(?:\*|[\w.+-]+)$/, {
          error: 'A media type, such as text/csv or image/*',
        }),
    )
    .min(1)
    .max(50)
    .optional()
    .describe('The media types that are taken, such as text/csv or image/*; without it any'),
  maxBytes: z.number().int().min(1).max(mostFileBytes).default(mostFileBytes),
});
export type FileTriggerConfig = z.infer<typeof FileTriggerConfig>;

/** A file's name without the folders that some senders put before it. */
const FileName = Text.min(1)
  .max(255)
  .transform((name) => name.split(/[/\\]/).at(-1) ?? '')
  .refine((name) => name.trim() !== '', { error: 'A file has a name' });

/** How a file is called whose body is sent as it is. */
export const UploadFileQuery = z.object({
  name: FileName.default('file').describe('Its name, where the body is the file itself'),
});

/** What is known of a file beside its content. */
export const FileView = z.object({
  name: z.string(),
  /** Its media type, as it was sent. */
  type: z.string(),
  /** In bytes. */
  size: z.number().int(),
  /** Hexadecimal, of its bytes. */
  sha256: z.string(),
});
export type FileView = z.infer<typeof FileView>;

/** 202: the file is on record with the run that it starts. */
export const FileAcceptedView = WebhookAcceptedView.extend({ file: FileView });
export type FileAcceptedView = z.infer<typeof FileAcceptedView>;
