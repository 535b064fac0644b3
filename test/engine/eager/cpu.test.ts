import { cpuEngine } from '../../../src/engine/index.ts';
import { conformsToEngine } from '../conformance.ts';

conformsToEngine('cpu', cpuEngine);
