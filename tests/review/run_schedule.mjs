// Answers each line of JSON with the page's schedule: node run_schedule.mjs SCHEDULE WORDS
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [, , schedule, words] = process.argv;
const { isDue, outlook, schedule: plan } = await import(pathToFileURL(schedule).href);
const { outlookSentence } = await import(pathToFileURL(words).href);

function answer({ events, now }) {
  const places = plan(events.map((event) => ({ ...event, at: Date.parse(event.at) })));
  const at = Date.parse(now);
  const ahead = outlook(places, at);
  return {
    places: places.map(({ item, due }) => ({
      item,
      due: new Date(due).toISOString(),
      isDue: isDue({ item, due }, at),
    })),
    outlook: ahead,
    sentence: outlookSentence(ahead, at),
  };
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
