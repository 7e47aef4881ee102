/**
 * Applies the reader's colour scheme before the first paint. The page's one blocking script.
 */
import { applyScheme, storedScheme } from "./scheme";

applyScheme(storedScheme());
