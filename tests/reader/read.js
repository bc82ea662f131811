// Prints, for each feed file that is named, what a JavaScript reader finds in it: one JSON object a line.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const entry = {
  atom: (e) => ({ id: e.id, title: e.title?.value ?? e.title, link: e.links?.find((l) => !l.rel || l.rel === "alternate")?.href, content: e.content?.value ?? e.content, source: e.dc?.sources?.[0] ?? e.dc?.source }),
  rss: (e) => ({ id: e.guid?.value, title: e.title, link: e.link, content: e.content?.encoded, source: e.dc?.sources?.[0] ?? e.dc?.source }),
  json: (e) => ({ id: e.id, title: e.title, link: e.url, content: e.content_html }),
};

for (const path of process.argv.slice(2)) {
  const { format, feed } = parseFeed(readFileSync(path, "utf8"));
  const entries = feed.entries ?? feed.items ?? [];
  console.log(JSON.stringify({ path, format, entries: entries.map(entry[format]) }));
}
