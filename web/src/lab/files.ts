/** Files: a button that saves one, a field that reads one. Nothing leaves the machine. */
import { h, setText, uniqueId } from "../shared/dom";
import { saveText } from "../shared/save";
import type { BlockView, Context } from "./blocks";
import type { DownloadBlock, UploadBlock } from "./types";

export function download(first: DownloadBlock, context: Context): BlockView<DownloadBlock> {
  let block = first;
  const save = (): void => {
    saveText(block.file_name, block.media_type, block.text);
    context.announce(`Saved as ${block.file_name}.`);
  };
  const label = h("span");
  const name = h("span", { class: "pg-download-name" });
  return {
    node: h("button", { type: "button", class: "pg-button pg-download", onclick: save }, label, " ", name),
    update(next): void {
      block = next;
      setText(label, next.label);
      setText(name, next.file_name);
    },
  };
}

export function upload(first: UploadBlock, context: Context): BlockView<UploadBlock> {
  let block = first;
  const ids = { input: uniqueId("file"), hint: uniqueId("hint"), problem: uniqueId("problem") };
  const problem = h("p", { class: "pg-field-problem", id: ids.problem, role: "status" });
  const input = h("input", {
    type: "file", id: ids.input, class: "pg-upload-input", accept: first.accept,
    "aria-describedby": `${ids.hint} ${ids.problem}`,
  });
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const wrong = file.size > block.largest ? tooLarge(file, block.largest) : "";
    setText(problem, wrong);
    input.value = ""; // so that the same file, mended, can be chosen again
    if (wrong) return;
    try {
      context.send({ type: block.action, id: block.id, value: await file.text() });
    } catch {
      setText(problem, `“${file.name}” cannot be read. Check that it is still there, then choose it again.`);
    }
  };
  input.addEventListener("change", () => void take(input.files?.[0]));
  const node = h("div", { class: "pg-upload" }, h("label", { for: ids.input }, first.label),
    h("p", { class: "pg-field-hint", id: ids.hint }, first.hint), input, problem);
  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files[0]);
  });
  return {
    node,
    update(next): void {
      block = next;
      setText(problem, next.problem);
    },
  };
}

function tooLarge({ name, size }: File, largest: number): string {
  const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return `“${name}” has ${mega(size)} MB; at most ${mega(largest)} MB can be read here. Nothing was changed.`;
}
