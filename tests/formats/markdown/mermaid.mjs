// What mermaid reads and draws: a JSON list of diagrams on standard input, on standard output one
// of {sections, tasks, drawn} each, or {error}. The first argument is a folder with mermaid and
// jsdom in its node_modules, the second how many are drawn too, which takes long. jsdom lays
// nothing out, so every text is a point in size.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const require = createRequire(join(process.argv[2], "package.json"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!DOCTYPE html><body></body>", { pretendToBeVisual: true });
globalThis.window = window;
globalThis.document = window.document;
for (const name of ["Element", "HTMLElement", "Node", "SVGElement", "DOMParser", "CSSStyleSheet"]) {
  globalThis[name] ??= window[name];
}
window.SVGElement.prototype.getBBox = () => ({ x: 0, y: 0, width: 1, height: 1 });
window.SVGElement.prototype.getComputedTextLength = () => 1;

const mermaid = (await import(pathToFileURL(require.resolve("mermaid")))).default;
mermaid.initialize({ startOnLoad: false });
const read = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));
const results = [];
for (const [index, text] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const sections = db.getSections().map(read);
    const tasks = db.getTasks().map(({ section, task, events }) => [section, task, ...events]);
    const result = { sections, tasks: tasks.map((task) => task.map((one) => read(one).trim())) };
    if (index < Number(process.argv[3])) {
      const { svg } = await mermaid.render(`d${index}`, text);
      const texts = new JSDOM(svg).window.document.querySelectorAll("svg text");
      result.drawn = [...texts].map((one) => one.textContent);
    }
    results.push(result);
  } catch (error) {
    results.push({ error: String(error.message ?? error) });
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
