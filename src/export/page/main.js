import { agentPage } from './agent.js';
import { element } from './dom.js';
import { Bank, differenceFrom, openModel } from './model.js';
import { samplerPage } from './sampler.js';

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function start() {
  const { title, about, facts, kind } = weirModel;
  document.title = title;
  byId('title').textContent = title;
  byId('about').textContent = about;
  const run = await openModel();
  const bank = new Bank();
  const difference = await differenceFrom(run, bank);
  globalThis.weirPage = { difference, run };
  byId('main').append(...(kind === 'agent' ? agentPage(run) : samplerPage(run, bank)));
  byId('main').hidden = false;
  byId('state').hidden = true;
  const lines = [
    ...facts,
    `Largest difference from the engine that trained it, here in this browser: ${difference.toExponential(1)}.`,
  ];
  byId('facts').append(...lines.map((line) => element('p', {}, line)));
}

start().catch((error) => {
  byId('state').className = 'wrong';
  byId('state').textContent = `The model does not start here: ${error}`;
  console.error(error);
});
