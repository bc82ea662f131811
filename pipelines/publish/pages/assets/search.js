// Searching in the browser: of the index only the shards of the query's words are fetched, newest month first.
"use strict";
(() => {
  const PAGE = 30;
  const AT_ONCE = 6;
  const BLOCK = 64;
  const CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff";
  const RUN = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}])+`, "gu");
  const HAS_CJK = new RegExp(`^[${CJK}]`, "u");
  const root = document.querySelector('link[rel="search"]').href.replace("search.html", "");
  const form = document.querySelector("form.search");
  const results = document.getElementById("results");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const kept = new Map();
  const signs = document.currentScript.dataset.simplified;

  const fetched = (path) => {
    if (!kept.has(path)) {
      kept.set(path, fetch(root + path).then((answer) => {
        if (answer.ok) return answer.json();
        if (answer.status === 404) return null;
        throw new Error(`${answer.status} for ${path}`);
      }).catch((error) => { kept.delete(path); throw error; }));
    }
    return kept.get(path);
  };

  const table = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const crc32 = (text) => {
    let sum = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  };

  // The same folding and cutting as pages/search.py. Which simplified sign a traditional one stands for is fetched when needed.
  const bare = (text) => text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  let simplified;
  const fold = async (text) => {
    const folded = [...bare(text)];
    if (!folded.some((sign) => HAS_CJK.test(sign))) return folded.join("");
    if (!simplified) {
      const [from, to] = (await fetched(signs)).map((row) => [...row]);
      simplified = new Map(from.map((sign, n) => [sign, to[n]]));
    }
    return folded.map((sign) => simplified.get(sign) ?? sign).join("");
  };
  const stem = (word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word);
  const words = (run) => {
    const letters = [...run];
    if (!HAS_CJK.test(run)) return [stem(letters.slice(0, 24).join(""))];
    return letters.length === 1 ? letters : [...new Set(letters.slice(1).map((letter, n) => letters[n] + letter))];
  };

  async function query() {
    const asked = new FormData(form);
    const runs = ((await fold(asked.get("q") ?? "")).match(RUN) ?? []).map(words);
    const facets = [];
    for (const [field, mark] of [["site", "s"], ["language", "l"], ["topic", "t"], ["day", "d"]]) {
      if (asked.get(field)) facets.push([`=${mark}:${asked.get(field)}`]);
    }
    if (asked.get("source")) facets.push([`=c:${await fold(asked.get("source").trim())}`]);
    return { groups: [...runs, ...facets], day: asked.get("day") };
  }

  async function rowsWith(month, shards, term) {
    const shard = await fetched(`search/${month}/${crc32(term) % shards}.json`);
    const steps = shard && Object.hasOwn(shard, term) ? shard[term].slice(1) : [];
    let at = -1;
    return steps.map((step) => (at += step));
  }

  // Numbers of the rows that have every word, newest first. A long run of Chinese is words without spaces between them:
  // loosely, a row need only have most of its pairs.
  async function rowsOf(month, shards, groups, loosely) {
    const sets = await Promise.all(groups.map(async (terms) => {
      const need = loosely ? Math.ceil(terms.length * 0.6) : terms.length;
      const times = new Map();
      for (const list of await Promise.all(terms.map((term) => rowsWith(month, shards, term)))) {
        for (const row of list) times.set(row, (times.get(row) ?? 0) + 1);
      }
      return new Set([...times].filter(([, count]) => count >= need).map(([row]) => row));
    }));
    const [first, ...others] = sets.sort((a, b) => a.size - b.size);
    return [...first].filter((row) => others.every((set) => set.has(row))).sort((a, b) => b - a);
  }

  async function read(month, numbers) {
    const rows = await Promise.all(numbers.map(async (number) => {
      const block = await fetched(`search/${month}/rows-${Math.floor(number / BLOCK)}.json`);
      return block?.[number % BLOCK];
    }));
    return rows.filter(Boolean).sort((a, b) => (a[5] < b[5] ? 1 : -1));
  }

  const element = (name, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };

  function entry([id, title, site, source, sourcePath, , language, machine, seen, copies], sites) {
    const time = element("time", { dateTime: machine });
    const dated = machine.length > 10;
    time.textContent = new Intl.DateTimeFormat("en-GB", {
      day: machine.length > 7 ? "numeric" : undefined, month: "short", year: "numeric",
      timeZone: dated && /Z$|[+-]\d\d:\d\d$/.test(machine) ? undefined : "UTC",
    }).format(new Date(dated && !/Z$|[+-]\d\d:\d\d$/.test(machine) ? `${machine}Z` : machine));
    const about = element("p", { className: "entry-about" }, element("a", { href: `${root}sites/${site}.html`, textContent: sites[site] ?? site }));
    if (source) {
      const name = element(sourcePath ? "a" : "bdi", { textContent: source, lang: language });
      if (sourcePath) name.href = root + sourcePath;
      about.append(element("span", { className: "credit" }, "credits ", name));
    }
    if (copies) about.append(element("span", { className: "copies", textContent: copies === 1 ? "1 copy" : `${copies} copies` }));
    if (language) about.append(element("span", { className: "language", textContent: language }));
    const link = element("a", { href: `${root}stories/${id.slice(0, 2)}/${id}.html`, textContent: title, lang: language });
    const when = element("div", { className: "entry-when" }, time);
    if (seen) when.append(element("span", { className: "note", textContent: "first seen" }));
    return element("li", { className: "entry" }, when, element("div", { className: "entry-what" }, element("h2", { dir: "auto" }, link), about));
  }

  const monthName = (month) => new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01`));

  let searching = 0;
  async function search() {
    const mine = searching += 1;
    results.replaceChildren();
    more.hidden = true;
    found.textContent = "Searching …";
    try {
      const { groups, day } = await query();
      if (mine !== searching) return;
      if (!groups.length) {
        found.textContent = "";
        return;
      }
      const index = await fetched("search/index.json");
      const near = day && [-1, 0, 1].map((n) => new Date(Date.parse(day) + n * 864e5).toISOString().slice(0, 7));
      const months = (index?.months ?? []).filter(([name]) => !near || near.includes(name));
      let at = 0;
      let count = 0;
      let loosely = false;
      const further = async () => {
        more.hidden = true;
        const until = count + PAGE;
        while (at < months.length && count < until && mine === searching) {
          const batch = months.slice(at, at + AT_ONCE);
          const hits = await Promise.all(batch.map(([name, , shards]) => rowsOf(name, shards, groups, loosely)));
          for (const [n, numbers] of hits.entries()) {
            const rows = await read(batch[n][0], numbers.slice(0, 4 * PAGE));
            if (mine !== searching) return;
            results.append(...rows.map((row) => entry(row, index.sites)));
            count += rows.length;
          }
          at += batch.length;
          if (at >= months.length && !count && !loosely && groups.some((terms) => terms.length > 2)) {
            loosely = true;
            at = 0;
          }
        }
        if (mine !== searching) return;
        const back = at < months.length ? `, back to ${monthName(months[at - 1][0])}` : "";
        found.textContent = `${count || "No"} ${count === 1 ? "story" : "stories"} found${back}${loosely && count ? ", with most of these words" : ""}.`;
        more.hidden = at >= months.length;
      };
      more.onclick = further;
      await further();
    } catch (error) {
      if (mine === searching) found.textContent = `The index could not be fetched (${error.message}); try again.`;
    }
  }

  function remember() {
    const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", said.size ? `?${said}` : location.pathname);
  }

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { remember(); search(); }, 250);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    remember();
    search();
  });
  form.addEventListener("input", soon);
  search();
  if (!location.search) document.getElementById("q").focus();
})();
