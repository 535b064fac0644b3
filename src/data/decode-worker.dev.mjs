// The worker's entry in a clone: it runs TypeScript by tsx. The package has decode-worker.js alone.
import { register } from 'tsx/esm/api';

register();
await import('./decode-worker.ts');
