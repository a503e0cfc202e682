// js-yaml and ical-generator.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.env.BENCHMARK_NODE + "/");
const { load } = require("js-yaml");
const { ICalCalendar } = require("ical-generator");

const data = load(readFileSync(process.argv[2], "utf8"));
const calendar = new ICalCalendar({ name: "Benchmark" });
for (const item of data.events) {
  calendar.createEvent({
    id: item.uid,
    summary: item.summary,
    // A text is written as the clock shows it, in the event's zone.
    start: item.zone === "UTC" ? new Date(item.start + "Z") : item.start,
    end: item.zone === "UTC" ? new Date(item.end + "Z") : item.end,
    allDay: !item.zone,
    timezone: item.zone && item.zone !== "UTC" ? item.zone : null,
    location: item.location,
    description: item.description,
    repeating: item.rrule ? "RRULE:" + item.rrule : null,
  });
}
writeFileSync(process.argv[3], calendar.toString());
