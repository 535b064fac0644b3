#!/usr/bin/env node
import { ignoreHangupUnderNohup, onStopSignals } from '../base/index.ts';
import { processConsole, settledCode } from './console.ts';
import { leaveTerminal } from './leave-terminal.ts';
import { main } from './program.ts';

ignoreHangupUnderNohup();
leaveTerminal();
const console = processConsole(process);
const code = await main(process.argv.slice(2), console);
// The command is done: a signal that comes before the process has gone does not change how it
// ended.
onStopSignals(() => {});
process.exitCode = await settledCode(code, console);
