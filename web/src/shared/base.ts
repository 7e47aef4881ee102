/** The folder that the site serves as `_static/proxygap/`, whichever chunk asks. */
export const BASE = new URL(import.meta.url.includes("/chunks/") ? "../" : "./", import.meta.url);

/** Return the address of a file in that folder. */
export function served(path: string): string {
  return new URL(path, BASE).href;
}
