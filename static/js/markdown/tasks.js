// @ts-check
// The boxes of a task list as signs: nobody can tick them, so they need no control.

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
