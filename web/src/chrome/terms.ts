/** Fetch what shows definitions when a page's first term comes near the viewport. */

const NEAR = "300px";

export function watchTerms(): void {
  const links = document.querySelectorAll("a.pg-term");
  if (links.length === 0) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      import("../terms/card").then(
        ({ start }) => start(),
        () => undefined, // the links lead to the glossary all the same
      );
    },
    { rootMargin: NEAR },
  );
  for (const link of links) observer.observe(link);
}
