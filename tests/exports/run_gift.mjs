// Prints what gift-pegjs reads in a GIFT file, as JSON: node run_gift.mjs PARSER FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , parser, file] = process.argv;
const { parse } = createRequire(parser)(parser);
process.stdout.write(JSON.stringify(parse(readFileSync(file, "utf8"))));
