// Loaded before the program (`node --import`): writes what still keeps the event loop alive when it runs empty, apart from stdout
// and stderr themselves. A process that ends in any other way (process.exit, an error that nobody caught) writes nothing.
import { writeFileSync } from 'node:fs';

const file = process.env.WEIR_TEST_AT_END;
const outputs = [process.stdout, process.stderr].map(() => 'PipeWrap');
process.once('beforeExit', () => {
  const left = process.getActiveResourcesInfo();
  for (const output of outputs) left.splice(left.indexOf(output), left.includes(output) ? 1 : 0);
  writeFileSync(file, JSON.stringify(left));
});
