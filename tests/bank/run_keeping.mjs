// Prints what the page's rules say to each case: node run_keeping.mjs CALIBRATION MASTERY CASES
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , calibration, mastery, file] = process.argv;
const { calibrate } = await import(pathToFileURL(calibration).href);
const { judge, known } = await import(pathToFileURL(mastery).href);
const cases = JSON.parse(readFileSync(file, "utf8"));
const results = {
  calibration: cases.calibration.map(({ statements }) =>
    calibrate(statements.map(([confidence, right]) => ({ confidence, right }))),
  ),
  mastery: cases.mastery.map(({ items, events, enough }) => {
    const given = events.map(([item, source, at, credit]) => ({ item, source, at, credit }));
    return judge(items, known(given), enough);
  }),
};
process.stdout.write(JSON.stringify(results));
