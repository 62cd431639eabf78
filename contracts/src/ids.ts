/** A string that stands for one kind of thing and cannot be mistaken for another. */
export type Brand<Value, Name extends string> = Value & { readonly __brand: Name };

export type UserId = Brand<string, 'UserId'>;
export type WorkspaceId = Brand<string, 'WorkspaceId'>;
export type WorkflowId = Brand<string, 'WorkflowId'>;
export type ExecutionId = Brand<string, 'ExecutionId'>;
/** Names a data key in `state.data_keys`; every sealed value carries the id of its key. */
export type KeyId = Brand<string, 'KeyId'>;
/** A node as the canvas names it (a free client string). */
export type NodeId = string;
/** A node at one place of a run: the node id, with its iteration in loops (`node[3]`). */
export type InstanceId = string;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the 36 lower-case characters of a UUID of any version. */
export const isUuid = (text: string): boolean => uuid.test(text);
