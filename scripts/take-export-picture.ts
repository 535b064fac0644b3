// Takes the picture of docs/exporting.md, of a page of weir export:
// tsx scripts/take-export-picture.ts PAGE [FILE]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser, watchedPage } from '../test/support/browser.ts';

const [folder = 'page', file = join(import.meta.dirname, '../docs/exported-page.png')] =
  process.argv.slice(2);
const browser = await openBrowser();
try {
  const viewport = { width: Number(process.env.WIDTH ?? 760), height: 900 };
  const { page, wrong } = await watchedPage(browser, { viewport });
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  await page.locator('main').waitFor({ state: 'visible' });
  const classes = page.getByLabel('class');
  if ((await classes.count()) > 0) await classes.selectOption({ index: 1 });
  await page.waitForFunction("document.querySelectorAll('canvas')[1]?.dataset.drawn > 1");
  await page.screenshot({ path: file, fullPage: true });
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
} finally {
  await browser.close();
}
