// Loaded before the program (`node --import`): writes the most memory that the process has had, in
// bytes, as it ends. The threads of the process count in it.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  process.once('exit', () =>
    writeFileSync(process.env.WEIR_TEST_PEAK_MEMORY, String(1024 * process.resourceUsage().maxRSS)),
  );
