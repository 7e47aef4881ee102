/**
 * What must be known before the first paint. The page's one blocking script.
 */
import { applyScheme, storedScheme } from "./scheme";

applyScheme(storedScheme());
// Who comes for one section must not see it move when those above it are laid out (sections.ts).
if (location.hash) document.documentElement.dataset["whole"] = "";
