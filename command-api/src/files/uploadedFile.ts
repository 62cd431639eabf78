import { createHash } from 'node:crypto';

import { type FileView, UploadFileQuery } from '@studio/contracts';
import { invalidRequest, parse } from '@studio/infra';
import type { Request } from 'express';

/** A file as it was sent. */
export interface UploadedFile {
  readonly view: FileView;
  readonly bytes: Uint8Array;
}

const mediaType = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

const typeIn = (text: string): string => {
  const [essence = ''] = text.split(';');
  const type = essence.trim().toLowerCase() || 'application/octet-stream';
  if (mediaType.test(type)) return type;
  const msg = 'Not a media type';
  throw invalidRequest([{ type: 'value_error', loc: ['header', 'content-type'], msg }]);
};

const viewOf = (name: string, type: string, bytes: Uint8Array): FileView => ({
  ...{ name, type, size: bytes.length },
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

const notOneFile = (msg: string) => invalidRequest([{ type: 'value_error', loc: ['body'], msg }]);

const formIn = async (contentType: string, body: Uint8Array<ArrayBuffer>): Promise<FormData> => {
  try {
    // Deprecated where it would gather a body of any size: this one is here, and bounded.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw notOneFile('The form cannot be read');
  }
};

const fileInForm = async (
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<UploadedFile> => {
  const parts = [...(await formIn(contentType, body)).values()];
  const [file, another] = parts.filter((part) => typeof part !== 'string');
  if (!file || another) throw notOneFile('The form has to hold one file');
  const { name } = parse(UploadFileQuery, { name: file.name === '' ? undefined : file.name });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { view: viewOf(name, typeIn(file.type), bytes), bytes };
};

/** The file that the request holds: its body, or the one file of a form. Error: `request.invalid`, also for an empty one. */
export const uploadedFile = async (
  request: Request,
  body: Uint8Array<ArrayBuffer>,
): Promise<UploadedFile> => {
  const contentType = request.get('content-type') ?? '';
  const { name } = parse(UploadFileQuery, request.query, 'query');
  const type = typeIn(contentType);
  const file =
    type === 'multipart/form-data'
      ? await fileInForm(contentType, body)
      : { view: viewOf(name, type, body), bytes: body };
  if (file.bytes.length === 0) throw notOneFile('The file is empty');
  return file;
};

const decoder = new TextDecoder('utf-8', { fatal: true });

const textOf = (bytes: Uint8Array): string | null => {
  try {
    const text = decoder.decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null; // it is no text
  }
};

/** The file as a run is told of it: its content as text where it is UTF-8, else in base64. */
export const toldOf = ({ view, bytes }: UploadedFile) => {
  const text = textOf(bytes);
  return { ...view, text, base64: text === null ? Buffer.from(bytes).toString('base64') : null };
};
