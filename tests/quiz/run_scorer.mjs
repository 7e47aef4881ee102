// Prints what the page's scorer says to each case: node run_scorer.mjs SCORER CASES
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scorer, cases] = process.argv;
const { score } = await import(pathToFileURL(scorer).href);
const results = JSON.parse(readFileSync(cases, "utf8")).map((one) => score(one.rule, one.response));
process.stdout.write(JSON.stringify(results));
