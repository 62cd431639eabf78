export { checkOwnKind as checkKind } from '../checkOwnKind.ts';
export { type Asked, contextOf, type World } from './context.ts';
export { type Trial, tryKind } from './tryKind.ts';
