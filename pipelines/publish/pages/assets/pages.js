// What every page gains from JavaScript: times in the reader's zone, addresses that copy themselves, "/" to search.
"use strict";
(() => {
  const two = (number) => String(number).padStart(2, "0");
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
  const whole = new Intl.DateTimeFormat("en-GB", {
    day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });
  const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
  const dayWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

  // Only a moment with a stated zone moves to the reader's; a day stays the day that the publisher printed.
  function localize(root) {
    for (const time of root.querySelectorAll("time[data-local]")) {
      const date = new Date(time.dateTime);
      if (Number.isNaN(date.getTime())) continue;
      time.textContent = time.hasAttribute("data-short") ? clock.format(date) : whole.format(date);
      time.title = `${whole.format(date)}; printed as ${time.title}`;
      const entry = time.closest(".entry");
      if (entry) entry.dataset.day = dayOf(date);
    }
  }

  // Entries move under the heading of the reader's own day.
  function regroup(list) {
    const days = new Map();
    for (const entry of list.querySelectorAll(".entry")) {
      const day = entry.dataset.day;
      days.set(day, [...(days.get(day) ?? []), entry]);
    }
    const sections = [...days.keys()].sort().reverse().map((day) => {
      const section = document.createElement("section");
      section.className = "day";
      const heading = document.createElement("h2");
      const time = document.createElement("time");
      const weekday = document.createElement("span");
      const date = new Date(`${day}T12:00:00Z`);
      time.dateTime = day;
      weekday.textContent = dayName.format(date);
      time.append(weekday, ` ${dayWords.format(date)}`);
      heading.append(time);
      const entries = document.createElement("ul");
      entries.className = "entries";
      entries.append(...days.get(day));
      section.append(heading, entries);
      return section;
    });
    list.replaceChildren(...sections);
  }

  function offerCopying(input) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      input.select();
      try {
        await navigator.clipboard.writeText(input.value);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Selected: copy it now";
      }
    });
    input.addEventListener("focus", () => input.select());
    input.closest("p").append(button);
  }

  // The names of all sources are fetched when somebody begins to choose one.
  function offerSources(input) {
    const asset = document.querySelector('link[rel="search"]').href.replace("search.html", "search/sources.json");
    input.addEventListener("focus", async () => {
      const answer = await fetch(asset);
      if (!answer.ok) return;
      const options = (await answer.json()).map(([name]) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      });
      document.getElementById("sources").replaceChildren(...options);
    }, { once: true });
  }

  localize(document);
  document.querySelectorAll(".by-day").forEach(regroup);
  document.querySelectorAll("input[data-copy]").forEach(offerCopying);
  document.querySelectorAll("input[list=sources]").forEach(offerSources);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const field = document.getElementById("q");
    event.preventDefault();
    if (field) field.focus();
    else location.href = document.querySelector('link[rel="search"]').href;
  });
  globalThis.newsloom = { localize };
})();
