// The worker's entry in a clone: it runs TypeScript by tsx. The package has evaluation-worker.js alone.
import { register } from 'tsx/esm/api';

register();
await import('./evaluation-worker.ts');
