// What a script adds to the page: which day it is, what is on and what is next, the reader's own
// clock, and a button that copies. The page is complete without it. It makes no request, stores
// nothing, and its words come from the page and from Intl.
//
// A line that is a comment is not in the page; nothing else is removed.
(() => {
  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("words").textContent);
  const lang = (root.lang === "en" ? "en-GB" : root.lang) + "-u-hc-h23-nu-latn";
  const DAY = 864e5;
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const isTime = (bound) => bound.length > 10;
  // A day is the same day everywhere; a time is a moment.
  const at = (bound) => Date.parse(isTime(bound) ? bound : bound + "T00:00Z");
  const clock = (bound) => (isTime(bound) ? +now : today);
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const dayOf = (bound) => (isTime(bound) ? midnight(new Date(bound)) : at(bound));
  const known = (bound) => bound !== "-" && bound !== "..";
  const all = (selector) => [...document.querySelectorAll(selector)];

  // The bounds of an event: its first and its last possible start, then those of its end.
  const boundsOf = (text) => {
    const parts = text.split(" ");
    const [from, since, till, to] = parts.length === 4 ? parts : [parts[0], parts[0], parts.at(-1), parts.at(-1)];
    return { from, since, till, to };
  };
  // The instances of a series, of runs: the first instance, how many there are, and days between them.
  const instancesOf = (text) =>
    text.split(" ").flatMap((run) => {
      const [first, count = 1, step] = run.split("*");
      const moved = (bound, days) => (known(bound) ? new Date(at(bound.slice(0, 10)) + days * DAY).toISOString().slice(0, 10) + bound.slice(10) : bound);
      return Array.from({ length: count }, (_, number) =>
        boundsOf(first.split("/").map((bound) => moved(bound, number * step || 0)).join(" ")));
    });
  const stateOf = ({ from, since, till, to }) => {
    if (known(from) && clock(from) < at(from)) return "ahead";
    if (known(to) && clock(to) > at(to)) return "over";
    const goesOn = till === ".." || (known(till) && clock(till) <= at(till));
    return known(since) && clock(since) >= at(since) && goesOn ? "on" : "maybe";
  };

  const relative = new Intl.RelativeTimeFormat(lang, { numeric: "always" });
  const distance = (days) => {
    if (days < 1) return words.today;
    if (days < 2) return words.tomorrow;
    return relative.format(days, "day");
  };
  const dayOfSpan = ({ from, since, till, to }) => {
    if (from !== since || till !== to || isTime(from) || isTime(to) || !known(to)) return "";
    const count = (at(to) - at(from)) / DAY + 1;
    if (count < 2 || count > 99) return "";
    return words.day.replace("{number}", (today - at(from)) / DAY + 1).replace("{count}", count);
  };
  const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

  // The date of an instance, on the author's clock.
  const wordsOf = ({ from, to }) => {
    const day = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(Date.parse(from.slice(0, 10)));
    const times = [from, to].filter(isTime).map((bound) => bound.slice(11, 16));
    return times.length ? words.moment.replace("{day}", day).replace("{time}", [...new Set(times)].join("–")) : day;
  };
  const OUTERMOST = ".month > ol > .event, .part:not(:has(.month), .undated) .loose > .event";

  const showStates = () => {
    const on = [], ahead = [], outer = [];
    let past = 0;
    const events = all(".event");
    for (const event of events) {
      if (!event.dataset.at) continue;
      const bounds = boundsOf(event.dataset.at);
      const state = stateOf(bounds);
      if (event.matches(OUTERMOST) && known(bounds.from)) outer.push([event, state]);
      // A series is over with its last instance; what is on or next is an instance of it.
      const instances = event.dataset.series ? instancesOf(event.dataset.series) : [];
      const number = instances.findIndex((one) => stateOf(one) !== "over");
      const instance = instances[number];
      const shown = instance ? { ...instance, isInstance: true } : bounds;
      const seen = state === "over" || !event.dataset.series ? state : instance ? stateOf(instance) : "maybe";
      event.classList.add("is-" + seen);
      past += seen === "over";
      if (number > 0) {
        const label = seen === "on" ? words.current : words.next;
        (event.querySelector(":scope > .what > .meta") ?? event.querySelector(".name")).after(element("p", label + " " + wordsOf(instance), "rule"));
      }
      const whole = event.parentElement.closest(".event");
      const isWhole = whole && whole.dataset.at === event.dataset.at;
      if (event.classList.contains("cancelled") || isWhole) continue;
      if (seen === "on") on.push([event, shown]);
      if (seen === "ahead" && known(shown.since) && dayOf(shown.from) === dayOf(shown.since)) ahead.push([event, shown]);
    }
    const length = ({ from, to }) => (known(from) && known(to) ? dayOf(to) - dayOf(from) : Infinity);
    on.sort(([, a], [, b]) => length(a) - length(b));
    ahead.sort(([, a], [, b]) => dayOf(a.from) - dayOf(b.from) || at(a.from) - at(b.from));
    const list = (name, entries, note) => {
      const box = document.querySelector(".now ." + name);
      box.hidden = !entries.length;
      box.querySelector("ul").append(...entries.slice(0, 3).map(([event, bounds]) => {
            const item = document.createElement("li");
            const link = element("a", event.querySelector(".name > [dir]").textContent);
            link.href = event.querySelector(".self").getAttribute("href");
            link.dir = "auto";
            item.append(link, element("p", [note(bounds), bounds.isInstance ? wordsOf(bounds) : event.dataset.words].filter(Boolean).join(" · ")));
            return item;
          }));
    };
    list("on", on, dayOfSpan);
    list("next", ahead, ({ from }) => distance(Math.round((dayOf(from) - today) / DAY)));
    document.querySelector(".now").hidden = !(on.length || ahead.length);
    for (const [event] of on) event.querySelector(".name > [dir]").after(element("span", words.on, "chip on"));

    const begun = outer.filter(([, state]) => state !== "ahead");
    if (begun.length && begun.length < outer.length) {
      const date = new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(now);
      const line = element("li", words.line.replace("{date}", date), "today-line");
      line.id = "today";
      begun.at(-1)[0].after(line);
      const year = line.closest("details");
      if (year) year.open = true;
    }
    const label = document.getElementById("past")?.closest("label");
    if (label && past && past < events.length) {
      label.querySelector(".count").textContent = past;
      label.hidden = false;
      root.classList.add("fold");
    }
    // The line is at the start of the day, so that what the day has is to come; where the axis
    // starts later, at the start of the axis.
    for (const lines of all(".lines")) {
      const first = at(lines.dataset.first), last = at(lines.dataset.last);
      if (today + DAY <= first || today >= last) continue;
      const part = Math.max(0, today - first) / (last - first);
      const line = element("i", "", "today" + (part < 0.05 ? " at-start" : part > 0.95 ? " at-end" : ""));
      line.dataset.word = words.today;
      line.style.setProperty("--a", (100 * part).toFixed(2));
      lines.append(line);
    }
  };

  // The clock of a reader in another zone, beside the author's.
  const showClocks = () => {
    const format = (moment, other) => {
      const options = { hour: "2-digit", minute: "2-digit" };
      if (midnight(moment) !== other) options.weekday = "short";
      return new Intl.DateTimeFormat(lang, options).format(moment);
    };
    for (const note of all(".when small")) {
      const times = [...note.querySelectorAll("time")].filter((time) => time.dateTime.length > 16);
      if (!times.length) continue;
      const moments = times.map((time) => new Date(time.dateTime));
      const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(times[0].dateTime);
      const offset = (sign + 1) * (60 * hours + +minutes);
      if (-moments[0].getTimezoneOffset() === offset) continue;
      const shown = times.map((time) => at(time.dateTime.slice(0, 10)));
      const text = moments.map((moment, index) => format(moment, index ? midnight(moments[0]) : shown[0])).join("–");
      note.after(element("small", words.mine.replace("{time}", text), "mine"));
    }
  };

  if (!root.dataset.asOf) showStates();
  showClocks();
  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
        button.textContent = words.copied;
      });
  }
  })();
