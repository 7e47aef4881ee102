/** The items of a chapter, as the build wrote them: fetched when one of them is due. */

import { ItemView, type Surroundings } from "../quiz/item";
import { type ItemData, takeParts } from "../quiz/parts";
import { served } from "../shared/base";
import { builtNodes } from "../shared/built_html";
import { h } from "../shared/dom";

export interface Chapter {
  slug: string;
  title: string;
  href: string;
  /** Where its items lie, below the folder of the bundle. */
  file: string;
  items: string[];
}

interface ItemsFile {
  quiz: string;
  items: (ItemData & { html: string })[];
  beliefs: Record<string, string>;
  /** Style sheets that the items need. */
  sheets: string[];
}

function addSheet(name: string): void {
  const href = served(name);
  if (document.querySelector(`link[rel="stylesheet"][href^="${href}"]`)) return;
  document.head.append(h("link", { rel: "stylesheet", href }));
}

/**
 * Return views of those items of a chapter that are `wanted`.
 *
 * @throws if the file cannot be fetched.
 */
export async function viewsOf(
  chapter: Chapter,
  wanted: ReadonlySet<string>,
  around: Omit<Surroundings, "quiz" | "beliefs">,
): Promise<ItemView[]> {
  const answer = await fetch(served(chapter.file));
  if (!answer.ok) throw new Error(`${chapter.file}: ${answer.status}`);
  const { quiz, items, beliefs, sheets } = (await answer.json()) as ItemsFile;
  for (const sheet of sheets) addSheet(sheet);
  return items
    .filter(({ id }) => wanted.has(id))
    .map(({ html, ...data }) => {
      const root = h("div", null, ...builtNodes(html));
      return new ItemView(takeParts(data, root), { ...around, quiz, beliefs });
    });
}
