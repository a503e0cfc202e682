// Print which values ajv accepts by a JSON Schema: node ajv.mjs FOLDER < {"schema": …, "values": […]}
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "node_modules", "x.js"));
const Ajv = require("ajv/dist/2020").default;
const { schema, values } = JSON.parse(readFileSync(0, "utf8"));
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
process.stdout.write(JSON.stringify(values.map((value) => validate(value))));
