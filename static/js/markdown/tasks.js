// @ts-check
// Replaces the boxes of a task list by signs: nobody can tick them.

/**
 * Replace the check boxes of a document by ☑ and ☐.
 *
 * @param {ParentNode} fragment
 */
export function tick(fragment) {
  for (const box of fragment.querySelectorAll("input")) {
    box.parentElement?.classList.add("task");
    box.replaceWith(box.hasAttribute("checked") ? "☑" : "☐");
  }
}
