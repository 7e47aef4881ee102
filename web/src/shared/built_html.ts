/**
 * The one place where text becomes HTML.
 *
 * Only for markup that the build wrote into the page. Nothing that a learner typed, a file that was
 * loaded or an answer from Python may ever come here; tests/test_architecture.py keeps watch.
 */
export function builtNodes(markup: string): ChildNode[] {
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  return [...parsed.body.childNodes];
}
