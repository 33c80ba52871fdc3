// open_pages.js OUT: opens OUT/*/report.html in light, dark, narrow and as printed, prints one JSON object a page and
// look, and exits with 1 where anything is found. Screenshots go beside the reports.
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  { name: 'light', scheme: 'light', width: 1200 },
  { name: 'dark', scheme: 'dark', width: 1200 },
  { name: 'narrow', scheme: 'light', width: 400 },
];
const mostBytes = 2_000_000;

// What is wrong with the page as it is laid out. Without scripts of its own this is all that can be asked of it.
const faultsOfLayout = () => {
  const faults = [];
  for (const picture of document.querySelectorAll('svg[role=img], img')) {
    const box = picture.getBoundingClientRect();
    if (!picture.closest('details:not([open])') && (box.width < 100 || box.height < 10)) faults.push('a picture without size');
    if (!picture.querySelector('path, rect, line')) faults.push('an empty picture');
  }
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push('wider than the window');
  if (!document.querySelector('h1')?.textContent.trim()) faults.push('no title');
  return faults;
};

// In print everything is open, and no picture is wider than the sheet.
const faultsOfPrint = () => {
  const faults = [];
  for (const details of document.querySelectorAll('details'))
    if (details.lastElementChild.getBoundingClientRect().height === 0) faults.push('folded in print');
  for (const svg of document.querySelectorAll('svg[role=img]'))
    if (svg.getBoundingClientRect().right > window.innerWidth + 1) faults.push('a picture cut in print');
  return [...new Set(faults)];
};

async function violations(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.slice(0, 3).map((node) => node.target.join(' ')) }));
}

async function open(browser, file, look) {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) faults.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => { if (!/^(file|about|data):/.test(request.url())) faults.push(`loads ${request.url()}`); });
  await page.setBypassCSP(true); // for axe-core, which is a script
  await page.setViewport({ width: look.width, height: 1560 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.scheme }]);
  await page.goto(`file://${file}`);
  faults.push(...(await page.evaluate(faultsOfLayout)));
  await page.screenshot({ path: path.join(path.dirname(file), `${look.name}.png`) });
  await page.screenshot({ path: path.join(path.dirname(file), `${look.name}-whole.png`), fullPage: true });
  const found = await violations(page);
  await page.close();
  return { faults, axe: found };
}

async function print(browser, file) {
  const page = await browser.newPage();
  await page.setViewport({ width: 760, height: 1075 });
  await page.emulateMediaType('print');
  await page.goto(`file://${file}`);
  const faults = await page.evaluate(faultsOfPrint);
  await page.pdf({ path: path.join(path.dirname(file), 'report.pdf'), format: 'A4' });
  await page.close();
  return { faults, axe: [] };
}

// The policy of the page itself, which axe-core has to go round above, must not be violated either.
async function openAsItIs(browser, file) {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  await page.setJavaScriptEnabled(false);
  await page.goto(`file://${file}`);
  await page.close();
  if (fs.statSync(file).size > mostBytes) faults.push(`larger than ${mostBytes} bytes`);
  return { faults, axe: [] };
}

const isBad = ({ faults, axe: found }) => faults.length > 0 || found.some(({ impact }) => ['serious', 'critical'].includes(impact));

(async () => {
  const out = path.resolve(process.argv[2]);
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--hide-scrollbars'],
  });
  let bad = 0;
  const tell = (report, look, found) => {
    bad += isBad(found);
    console.log(JSON.stringify({ report, look, ...found }));
  };
  const reports = fs.readdirSync(out).filter((name) => fs.existsSync(path.join(out, name, 'report.html'))).sort();
  for (const report of reports) {
    const file = path.join(out, report, 'report.html');
    for (const look of looks) tell(report, look.name, await open(browser, file, look));
    tell(report, 'print', await print(browser, file));
    tell(report, 'without scripts', await openAsItIs(browser, file));
  }
  await browser.close();
  console.error(`${reports.length} reports, ${bad} looks with faults; screenshots are in ${out}`);
  process.exit(bad > 0 || reports.length === 0 ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(2); });
