// js-yaml and ics. It knows no zones: times with one are written as times in UTC would be.
const { readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const peers = createRequire(process.env.BENCHMARK_NODE + "/");
const { load } = peers("js-yaml");
const ics = peers("ics");

const parts = (text) => text.split(/[-T:]/).map(Number).slice(0, 5);
const data = load(readFileSync(process.argv[2], "utf8"));
const { error, value } = ics.createEvents(
  data.events.map((item) => ({
    uid: item.uid,
    title: item.summary,
    start: parts(item.start),
    end: parts(item.end),
    startInputType: "utc",
    endInputType: "utc",
    location: item.location,
    description: item.description,
    ...(item.rrule ? { recurrenceRule: item.rrule } : {}),
  })),
);
if (error) throw error;
writeFileSync(process.argv[3], value);
