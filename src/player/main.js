/**
 * The player of a page that is a file.
 */

import { start } from "./start.js";

start({});
