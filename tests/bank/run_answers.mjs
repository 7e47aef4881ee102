// Prints what the page keeps after two tries at an item: node run_answers.mjs ANSWERS TRIES
import { pathToFileURL } from "node:url";

const [, , answers, tries] = process.argv;
const { asAnswer, nextAnswer } = await import(pathToFileURL(answers).href);
let kept = null;
for (const { quiz, response, score } of JSON.parse(tries))
  kept = asAnswer(JSON.parse(JSON.stringify(nextAnswer(quiz, kept, response, score, []))));
process.stdout.write(JSON.stringify(kept));
