/*
 * What ical.js (Thunderbird, Nextcloud) reads in feeds, as JSON.
 *
 *   icaljs.mjs MODULE read LIMIT DAYS FEED...   a line a feed: its errors, its events, their instances
 *   icaljs.mjs MODULE offsets FEED QUERIES      a line a query `TZID TIME`: the offset of that time
 *
 * A moment is [wall, zone, UTC], for days [day, null, null]. Only the zones of the feed count.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , module, mode, ...words] = process.argv;
const { default: ICAL } = await import(pathToFileURL(module));

function read(path) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar;
}

// Its own toString writes the year 2 with one digit.
const wall = (time) => time.toString().replace("Z", "").replace(/^\d+/, (year) => year.padStart(4, "0"));

const utc = (time) =>
  time.isDate ? wall(time) : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");

function moment(time) {
  if (!time) return null;
  if (time.isDate) return [wall(time), null, null];
  return [wall(time), time.zone.tzid, utc(time)];
}

const moments = (component, name) =>
  component.getAllProperties(name).flatMap((property) => property.getValues().map(moment));

function instances(component, limit, days) {
  if (component.hasProperty("recurrence-id")) return [];
  const uid = component.getFirstPropertyValue("uid");
  // Left to itself it takes the instances of every series for those of this one.
  const exceptions = component.parent
    .getAllSubcomponents("vevent")
    .filter((each) => each.hasProperty("recurrence-id") && each.getFirstPropertyValue("uid") === uid);
  const event = new ICAL.Event(component, { exceptions });
  const last = event.startDate.clone();
  last.adjust(days, 0, 0, 0);
  const found = [];
  const iterator = event.iterator();
  for (let next; found.length < limit && (next = iterator.next()) && next.compare(last) <= 0; ) {
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    found.push([utc(next), utc(startDate), utc(endDate)]);
  }
  return found;
}

function seen(component, limit, days) {
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: value("uid"),
    summary: value("summary"),
    start: moment(value("dtstart")),
    end: moment(value("dtend")),
    rule: value("rrule")?.toString() ?? null,
    rdate: moments(component, "rdate"),
    exdate: moments(component, "exdate"),
    status: value("status"),
    recurrence_id: moment(value("recurrence-id")),
    instances: instances(component, limit, days),
  };
}

function readFeed(path, limit, days) {
  try {
    const events = read(path).getAllSubcomponents("vevent");
    return { errors: [], events: events.map((event) => seen(event, limit, days)) };
  } catch (error) {
    return { errors: [String(error)], events: [] };
  }
}

if (mode === "read") {
  const [limit, days, ...paths] = words;
  for (const path of paths) console.log(JSON.stringify(readFeed(path, Number(limit), Number(days))));
} else {
  const [feed, queries] = words;
  read(feed);
  const offsets = readFileSync(queries, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [zone, time] = line.split(" ");
      return ICAL.TimezoneService.get(zone).utcOffset(ICAL.Time.fromString(time));
    });
  console.log(offsets.join("\n"));
}
