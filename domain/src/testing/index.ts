export { type Outcome, specificationFor } from './specification.ts';
