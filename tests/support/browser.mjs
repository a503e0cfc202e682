// Open pages in one browser and report what a reader would notice.
//
//   node browser.mjs FOLDER CHROMIUM < JOBS
//
// FOLDER has `node_modules` with playwright-core and axe-core. JOBS are JSON: a list of
// {file, script, clock, zone, views: [{width, scheme, axe}], pdf, evaluate}. The reports are printed
// as JSON, one for each job.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, executablePath] = process.argv.slice(2);
const require = createRequire(`${folder}/node_modules/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const jobs = JSON.parse(readFileSync(0, "utf8"));

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function audit(page) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    // Of what passes, only the first element of each rule is described, which takes less time.
    const options = { runOnly: tags, resultTypes: ["violations"] };
    const { violations } = await window.axe.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
  }, TAGS);
}

async function report(job) {
  const url = pathToFileURL(job.file).href;
  const context = await browser.newContext({ javaScriptEnabled: job.script, timezoneId: job.zone ?? "Europe/Berlin" });
  const page = await context.newPage();
  const result = { messages: [], requests: [], wide: [], violations: [] };
  page.on("console", (message) => result.messages.push(message.text()));
  page.on("pageerror", (error) => result.messages.push(String(error)));
  page.on("dialog", (dialog) => { result.messages.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== url && !request.url().startsWith("data:")) result.requests.push(request.url()); });
  if (job.clock) await page.clock.setFixedTime(new Date(job.clock));
  await page.setViewportSize({ width: job.views[0].width, height: 900 });
  await page.goto(url);
  for (const { width, scheme, axe: isAudited } of job.views) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) result.wide.push(`${width} ${scheme}: ${wide} px`);
    if (isAudited) result.violations.push(...(await audit(page)).map((text) => `${width} ${scheme} ${text}`));
  }
  if (job.evaluate) result.value = await page.evaluate(`(${job.evaluate})()`);
  // The diagram has most names, too, so the list is counted alone.
  if (job.pdf) await page.evaluate(() => document.querySelector(".plot")?.remove());
  if (job.pdf) await page.pdf({ path: job.pdf, format: "A4" });
  await context.close();
  return result;
}

const reports = [];
for (const job of jobs) reports.push(await report(job));
await browser.close();
console.log(JSON.stringify(reports));
