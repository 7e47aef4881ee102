/** The reader's colour scheme: automatic follows the system. */

export type Scheme = "automatic" | "light" | "dark";

export const SCHEMES: readonly Scheme[] = ["automatic", "light", "dark"];
const KEY = "pg-scheme";

export const systemIsDark = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

/** Reads the choice; a browser that refuses storage gets the automatic scheme. */
export function storedScheme(): Scheme {
  try {
    const stored = localStorage.getItem(KEY);
    return SCHEMES.find((scheme) => scheme === stored) ?? "automatic";
  } catch {
    return "automatic";
  }
}

/** Keeps the choice where the browser allows it; it holds for this page in any case. */
export function storeScheme(scheme: Scheme): void {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    return;
  }
}

/** Shows the page in `scheme`. */
export function applyScheme(scheme: Scheme): void {
  const automatic = systemIsDark().matches ? "dark" : "light";
  document.documentElement.dataset["theme"] = scheme === "automatic" ? automatic : scheme;
}
