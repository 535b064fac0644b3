#!/usr/bin/env node
import { ignoreHangupUnderNohup } from '../base/index.ts';
import { processConsole, settledCode } from './console.ts';
import { leaveTerminal } from './leave-terminal.ts';
import { main } from './program.ts';

ignoreHangupUnderNohup();
leaveTerminal();
const console = processConsole(process);
process.exitCode = await settledCode(await main(process.argv.slice(2), console), console);
