// What MDX makes of documents: a JSON list of texts on standard input, a list of programs on
// standard output. The argument is a folder with @mdx-js/mdx in its node_modules.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = join(process.argv[2], "node_modules", "@mdx-js", "mdx");
const { compile } = await import(pathToFileURL(join(folder, "index.js")));
const programs = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  programs.push(String(await compile(text, { development: false })));
}
process.stdout.write(JSON.stringify(programs));
