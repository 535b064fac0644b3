export { type MixtureQuality, mixtureQuality } from './mixture-quality.ts';
