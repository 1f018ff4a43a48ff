// @ts-check
// Shows the summaries of a page.

import { showSummaries } from "../summaries/folds.js";
import { typesetIn } from "./formulas.js";

showSummaries(document, typesetIn);
