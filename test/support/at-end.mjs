// Loaded before the program (`node --import`): writes what still keeps the event loop alive when it runs empty. A process that
// ends in any other way (process.exit, an error that nobody caught) writes nothing.
import { writeFileSync } from 'node:fs';

const file = process.env.WEIR_TEST_AT_END;
process.once('beforeExit', () => writeFileSync(file, JSON.stringify(process.getActiveResourcesInfo())));
