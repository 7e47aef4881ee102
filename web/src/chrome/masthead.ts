/** The two things in the masthead that need a script: the scheme button and closing the menu. */
import { applyScheme, SCHEMES, storedScheme, storeScheme, systemIsDark, type Scheme } from "./scheme";

function after(scheme: Scheme): Scheme {
  const next = (SCHEMES.indexOf(scheme) + 1) % SCHEMES.length;
  return SCHEMES[next] ?? "automatic";
}

function label(button: HTMLButtonElement, scheme: Scheme): void {
  button.dataset["scheme"] = scheme;
  button.title = `Colours: ${scheme}`;
  button.setAttribute("aria-label", `Colours: ${scheme}. Change to ${after(scheme)}.`);
}

function schemeButton(button: HTMLButtonElement): void {
  let scheme = storedScheme();
  label(button, scheme);
  button.addEventListener("click", () => {
    scheme = after(scheme);
    storeScheme(scheme);
    applyScheme(scheme);
    label(button, scheme);
  });
  systemIsDark().addEventListener("change", () => applyScheme(scheme));
}

function closingMenu(menu: HTMLDetailsElement): void {
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
}

/** Mark the section that is being read in the outline beside the text. */
function followReader(outline: HTMLElement): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of outline.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = links.get(target);
        if (isIntersecting) link?.setAttribute("aria-current", "location");
        else link?.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-30% 0px -70% 0px" }, // one line across the page, where eyes usually rest
  );
  for (const section of links.keys()) observer.observe(section);
}

export function startMasthead(): void {
  const button = document.querySelector<HTMLButtonElement>(".pg-scheme");
  const menu = document.querySelector<HTMLDetailsElement>(".pg-contents");
  if (button) schemeButton(button);
  const outline = document.querySelector<HTMLElement>(".pg-outline");
  if (menu) closingMenu(menu);
  if (outline) followReader(outline);
}
